from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("interactions", "0002_meeting_requests")]

    operations = []
