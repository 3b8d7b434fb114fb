from django.db import migrations

# PostgreSQL takes making a list of words for as cheap as adding two numbers, and so reads a table from one end to the
# other where a question has many answers. The function says what it costs. It is not written in SQL, because it would
# be unfolded into the statement and its cost with it; and it names its schema, because a dump is restored without one.
MAKE = [
    "CREATE FUNCTION legislation_words(words text) RETURNS tsvector LANGUAGE plpgsql"
    " IMMUTABLE STRICT PARALLEL SAFE COST 1000"
    " AS 'BEGIN RETURN pg_catalog.array_to_tsvector(pg_catalog.string_to_array(words, '' '')); END'",
    "DROP INDEX legislation_measuretext_words",
    "CREATE INDEX legislation_measuretext_words ON legislation_measuretext USING gin (legislation_words(words))",
    # How common each word is belongs to the index: without it every question seems to have few answers.
    "ANALYZE legislation_measuretext",
]
TAKE_BACK = [
    "DROP INDEX legislation_measuretext_words",
    "CREATE INDEX legislation_measuretext_words ON legislation_measuretext"
    " USING gin (array_to_tsvector(string_to_array(words, ' ')))",
    "DROP FUNCTION legislation_words",
]


def on_postgresql(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement, params=None)

    return run


class Migration(migrations.Migration):
    dependencies = [("legislation", "0016_record_repairs")]

    operations = [migrations.RunPython(on_postgresql(MAKE), on_postgresql(TAKE_BACK))]
