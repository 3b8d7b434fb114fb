"""What research reminds people of: the page that says what came of it, owed within a week (DOMAIN.md W8)."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models.functions import Coalesce
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.kernel.reminder_rules import (
    Days,
    Due,
    Line,
    MailClass,
    ReminderRule,
    RowPeriod,
    reminder_rule,
)
from advocacy.research.models import ResearchActivity
from advocacy.research.models.activity import SUMMARY_WITHIN
from members.confidentiality import Confidentiality

_DAY = timedelta(days=1)


def _summaries_due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """Counted from the day it is owed: a week after the last day of the activity."""
    first, last = days.counted_from(offsets)
    rows = ResearchActivity.objects.owing_summary().annotate(ended=Coalesce("last_on", "held_on"))
    near = rows.filter(ended__range=(first - SUMMARY_WITHIN, last - SUMMARY_WITHIN)).order_by("pk")
    for pk, keeper, ended in near.values_list("pk", "kept_by", "ended"):
        owed_on = ended + SUMMARY_WITHIN
        for offset in offsets:
            if (day := owed_on + _DAY * offset) in days:
                yield Due(keeper, str(RowPeriod(pk, owed_on, offset)), day)


def _summaries_in_words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Nothing of what is summarized meanwhile, was moved, or is not theirs to write any more."""
    asked = {text: RowPeriod.parse(text) for text in periods}
    rows = ResearchActivity.objects.visible_to(person) & ResearchActivity.objects.editable_by(person)
    owing = rows.owing_summary().in_bulk({one.pk for one in asked.values()})
    return {
        text: Line(_in_words(owing[one.pk], today), owing[one.pk].get_absolute_url())
        for text, one in asked.items()
        if one.pk in owing and owing[one.pk].summary_due_on == one.counted_from
    }


def _in_words(activity: ResearchActivity, today: date) -> str:
    """Of a restricted activity a mail says only that something is owed."""
    is_restricted = activity.confidentiality == Confidentiality.RESTRICTED
    what = _("a restricted activity") if is_restricted else str(activity)
    words = {"what": what, "day": formats.date_format(activity.summary_due_on)}
    if activity.summary_due_on < today:
        return _("The summary of “%(what)s” was due on %(day)s") % words
    return _("The summary of “%(what)s” is due on %(day)s") % words


reminder_rule(
    "research.summary",
    ReminderRule(
        gettext_lazy("Summary of a research activity"),
        MailClass.DUTY,
        _summaries_due,
        _summaries_in_words,
        offsets=(-2, 1, 7),
    ),
)
