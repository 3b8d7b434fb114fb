from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0002_saved_places"), ("legislation", "0002_map_editions")]

    operations = [
        migrations.AddField(
            model_name="chapterterritory",
            name="divisions",
            field=models.ManyToManyField(
                blank=True,
                help_text="For part of a jurisdiction: districts that no table of postal codes tells.",
                related_name="+",
                to="legislation.division",
                verbose_name="districts",
            ),
        ),
    ]
