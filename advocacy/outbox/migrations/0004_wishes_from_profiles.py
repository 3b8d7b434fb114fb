"""What people switched off in their profile moves into their mail preferences."""

from django.db import migrations
from django.utils import timezone

_STREAMS = {"wants_digest": "optional", "wants_alerts": "alert", "wants_event_mail": "event"}


def move(apps, schema_editor):
    User = apps.get_model("accounts", "User")
    MailPreference = apps.get_model("outbox", "MailPreference")
    now = timezone.now()
    for field, stream in _STREAMS.items():
        people = User.objects.filter(**{field: False}).values_list("pk", flat=True)
        MailPreference.objects.bulk_create(
            (MailPreference(user_id=pk, stream=stream, is_off=True, changed_at=now) for pk in people),
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("outbox", "0003_preferences")]
    run_before = [("accounts", "0002_mail_preferences_move_out")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
