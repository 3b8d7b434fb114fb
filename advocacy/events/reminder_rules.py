"""What an Advocacy Day reminds people of (DOMAIN.md §7)."""

from django.utils.translation import gettext_lazy as _

from advocacy.events import debrief_reminders
from advocacy.kernel.reminder_rules import MailClass, ReminderRule, reminder_rule

reminder_rule(
    "events.debrief",
    ReminderRule(
        _("Debriefs missing at 17:00"),
        MailClass.DUTY,
        debrief_reminders.due_that_day,
        posts=debrief_reminders.post,
        urgent=True,
    ),
)
reminder_rule(
    "events.debrief_late",
    ReminderRule(
        _("Debriefs missing the day after"),
        MailClass.DUTY,
        debrief_reminders.due_next_day,
        debrief_reminders.in_words,
        offsets=(1,),
    ),
)
