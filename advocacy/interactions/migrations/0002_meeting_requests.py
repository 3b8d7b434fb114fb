from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("interactions", "0001_initial")]

    operations = []
