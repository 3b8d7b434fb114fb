"""What sign-on letters and grasstops contacts remind our own people of. Partners are written to by mail.py."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from advocacy.coalitions import deadline_reminders, touch_reminders
from advocacy.coalitions.deadline_reminders import HARD, SOFT
from advocacy.kernel.reminder_rules import MailClass, Moves, ReminderRule, reminder_rule

reminder_rule(
    "coalitions.soft_deadline",
    ReminderRule(
        _("Soft deadline of a sign-on letter"),
        MailClass.ALERT,
        partial(deadline_reminders.due, SOFT),
        partial(deadline_reminders.words, SOFT),
        offsets=(-3,),
        moves=Moves.EARLIER,
    ),
)
reminder_rule(
    "coalitions.hard_deadline",
    ReminderRule(
        _("Hard deadline of a sign-on letter"),
        MailClass.ALERT,
        partial(deadline_reminders.due, HARD),
        partial(deadline_reminders.words, HARD),
        offsets=(-1,),
        urgent=True,
    ),
)
reminder_rule(
    "coalitions.touch",
    ReminderRule(
        _("Grasstops contact due for a touch"),
        MailClass.OPTIONAL,
        touch_reminders.due,
        touch_reminders.words,
    ),
)
