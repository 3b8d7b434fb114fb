from django.db import migrations, models
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("legislation", "0014_measure_speed")]

    operations = [
        migrations.AddIndex(
            model_name="contactpoint",
            index=models.Index(
                Upper("value"),
                name="legislation_contact_by_email",
                condition=models.Q(("ended_on", None), ("kind", "email")),
            ),
        ),
    ]
