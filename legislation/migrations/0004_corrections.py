from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("legislation", "0003_change_sets")]

    operations = []
