from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0004_gate"),
        ("campaigns", "0005_letter_shapes"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="form_key",
            field=models.CharField(
                blank=True,
                db_index=True,
                help_text="Somebody who comes back writes to further offices with another form.",
                max_length=64,
                verbose_name="key of the form",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="told_at",
            field=models.DateTimeField(
                blank=True,
                help_text="When the supporter pressed “I sent it”. It stays self-reported.",
                null=True,
                verbose_name="said to be sent",
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="signed_as",
            field=models.CharField(
                blank=True,
                help_text="As they typed it; the contact keeps the name it had.",
                max_length=100,
                verbose_name="signed as",
            ),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(
                condition=models.Q(("confirmation", "waiting")),
                fields=["message"],
                name="campaigns_letter_waits",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("told_at", None),
                    models.Q(
                        models.Q(("method", "portal_email"), _negated=True), ("told_at__gte", models.F("at"))
                    ),
                    _connector="OR",
                ),
                name="campaigns_letter_told_is_not_by_the_portal",
                violation_error_message="Only what supporters send themselves is told by them.",
            ),
        ),
    ]
