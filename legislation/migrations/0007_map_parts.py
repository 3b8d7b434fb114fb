"""A part of an edition comes from a file for each state or province."""

import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_files(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The lines stay; whose they are by state is not known, so the next `load_record` reads its files again."""
    apps.get_model("legislation", "EditionFile").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("legislation", "0006_fact_checks"),
    ]

    operations = [
        migrations.RunPython(forget_files, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="editionfile",
            options={
                "ordering": ["edition", "part", "place"],
                "verbose_name": "file of a map edition",
                "verbose_name_plural": "files of map editions",
            },
        ),
        migrations.RemoveConstraint(
            model_name="editionfile",
            name="legislation_editionfile_is_the_last_of_its_part",
        ),
        migrations.AddField(
            model_name="editionfile",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="edition_files",
                to="legislation.jurisdiction",
                verbose_name="districts of",
            ),
        ),
        migrations.AddField(
            model_name="editionfile",
            name="version",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.AddConstraint(
            model_name="editionfile",
            constraint=models.UniqueConstraint(
                fields=("edition", "part", "place"),
                name="legislation_editionfile_is_the_last_of_its_part",
                violation_error_message="This part of the edition has its file already.",
            ),
        ),
    ]
