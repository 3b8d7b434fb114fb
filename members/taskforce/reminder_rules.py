"""What the task force reminds people of, as rules of the planner (DOMAIN.md W6, §7).

The agenda with its calendar file, the minutes with the reader's own tasks and the last reminder are letters of their
own; everything else is a line of the daily mail.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _

from advocacy.kernel.reminder_rules import MailClass, Moves, ReminderRule, reminder_rule
from members.taskforce import action_reminders, letters, meeting_reminders
from members.taskforce.meeting_reminders import MINUTES_AFTER, due_before, words_before

reminder_rule(
    "taskforce.call",
    ReminderRule(
        _("Call for agenda items"),
        MailClass.DUTY,
        partial(due_before, meeting_reminders.expected),
        partial(words_before, meeting_reminders.expected, meeting_reminders.call_in_words),
        offsets=(-10,),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    letters.AGENDA,
    ReminderRule(
        _("Agenda and invitation"),
        MailClass.DUTY,
        partial(due_before, meeting_reminders.not_asked),
        posts=meeting_reminders.post_agenda,
        offsets=(-7,),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    "taskforce.nudge",
    ReminderRule(
        _("Reminder to answer"),
        MailClass.DUTY,
        partial(due_before, meeting_reminders.silent),
        partial(words_before, meeting_reminders.silent, meeting_reminders.nudge_in_words),
        offsets=(-3,),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    "taskforce.reminder",
    ReminderRule(
        _("Meeting reminder"),
        MailClass.DUTY,
        partial(due_before, meeting_reminders.coming),
        partial(words_before, meeting_reminders.coming, meeting_reminders.reminder_in_words),
        offsets=(-1,),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    letters.SOON,
    ReminderRule(
        _("Meeting in an hour, where it is wished"),
        MailClass.DUTY,
        meeting_reminders.due_an_hour_before,
        posts=meeting_reminders.post_last_reminder,
        urgent=True,
    ),
)
reminder_rule(
    letters.MINUTES,
    ReminderRule(
        _("Meeting minutes (business days)"),
        MailClass.DUTY,
        meeting_reminders.minutes_due,
        posts=meeting_reminders.post_minutes,
        offsets=(MINUTES_AFTER,),
    ),
)
reminder_rule(
    "taskforce.action_due",
    ReminderRule(
        _("Action item due"),
        MailClass.DUTY,
        action_reminders.due_for_owner,
        partial(action_reminders.words, action_reminders.own),
        offsets=(-2,),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    "taskforce.action_overdue",
    ReminderRule(
        _("Action item overdue, every week"),
        MailClass.DUTY,
        action_reminders.overdue_for_owner,
        partial(action_reminders.words, action_reminders.own),
    ),
)
reminder_rule(
    "taskforce.action_to_lead",
    ReminderRule(
        _("Action item overdue, to the lead"),
        MailClass.DUTY,
        action_reminders.overdue_for_leads,
        partial(action_reminders.words, action_reminders.of_others),
        offsets=(14,),
    ),
)
