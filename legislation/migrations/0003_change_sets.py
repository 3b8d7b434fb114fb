from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("legislation", "0002_map_editions")]

    operations = []
