"""What an Advocacy Day reminds people of (DOMAIN.md §7)."""

from django.utils.translation import gettext_lazy as _

from advocacy.events import (
    attendee_mail,
    coming_reminders,
    debrief_reminders,
    recognition_reminders,
    survey_reminders,
)
from advocacy.kernel.reminder_rules import MailClass, Moves, ReminderRule, reminder_rule

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
reminder_rule(
    attendee_mail.REMINDER,
    ReminderRule(
        _("Advocacy Day to come"),
        # The letter itself goes in the class of Advocacy Days, which can be switched off by itself.
        MailClass.ALERT,
        coming_reminders.due_before_the_day,
        posts=coming_reminders.post_before_the_day,
        offsets=attendee_mail.REMINDED,
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    "events.checklist",
    ReminderRule(
        _("Step of an Advocacy Day’s checklist"),
        MailClass.DUTY,
        coming_reminders.due_of_steps,
        coming_reminders.steps_in_words,
        offsets=(-2, 1, 8),
    ),
)
reminder_rule(
    "events.recognition",
    ReminderRule(
        _("Recognition needed soon"),
        MailClass.DUTY,
        recognition_reminders.due,
        recognition_reminders.in_words,
        offsets=(-14, -3, 1),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    attendee_mail.SURVEY,
    ReminderRule(
        _("Survey after an Advocacy Day"),
        MailClass.ALERT,
        survey_reminders.due,
        posts=survey_reminders.post,
        offsets=(attendee_mail.ASKED,),
    ),
)
