from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interactions", "0006_whip_count"),
        ("positions", "0008_materials"),
    ]

    operations = [
        migrations.AddField(
            model_name="interaction",
            name="materials",
            field=models.ManyToManyField(
                blank=True,
                related_name="interactions",
                to="positions.material",
                verbose_name="materials left",
            ),
        ),
        migrations.AlterField(
            model_name="interaction",
            name="materials_left",
            field=models.CharField(blank=True, max_length=300, verbose_name="other materials left"),
        ),
    ]
