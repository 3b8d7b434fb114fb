"""What campaigns remind people of: a review that waits for a second person (DOMAIN.md W4, step 4)."""

from collections.abc import Collection, Iterator
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from advocacy.kernel.reminder_rules import (
    Days,
    Due,
    Line,
    MailClass,
    Moves,
    ReminderRule,
    RowPeriod,
    reminder_rule,
)
from campaigns.actions import campaigns
from campaigns.models import Campaign, Revision
from members.models import Role, RoleAssignment
from members.taskforce.roster import society_day


def _due(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """So many business days after it was submitted, to everybody who may decide and did not write it."""
    for revision in Revision.objects.waiting().order_by("pk"):
        asked_on = society_day(revision.submitted_at)
        for offset in offsets:
            day = Workdays().after(asked_on, offset)
            if day in days:
                for person in sorted(_deciders(day) - {revision.author_id, revision.submitted_by_id}):
                    yield Due(person, str(RowPeriod(revision.pk, asked_on, offset)), day)


def _deciders(day: date) -> set[int]:
    held = RoleAssignment.objects.in_force(day).filter(role__in=(Role.STAFF, Role.LEAD))
    return set(held.filter(person__is_active=True).order_by().values_list("person", flat=True))


def _words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Nothing once it is decided or withdrawn, or is the person's own."""
    asked = {text: RowPeriod.parse(text).pk for text in periods}
    seen = Campaign.objects.visible_to(person).order_by().values("pk")
    rows = Revision.objects.waiting().filter(pk__in=asked.values(), campaign__in=seen)
    found = {row.pk: row for row in rows.select_related("campaign", "submitted_by")}
    return {
        text: _line(found[pk])
        for text, pk in asked.items()
        if pk in found and campaigns.may_decide(person, found[pk].campaign)
    }


def _line(revision: Revision) -> Line:
    words = {
        "campaign": revision.campaign,
        "person": revision.submitted_by,
        "day": formats.date_format(society_day(revision.submitted_at)),
    }
    text = _("The campaign “%(campaign)s” waits for a second person since %(day)s (%(person)s)") % words
    return Line(text, revision.campaign.get_absolute_url())


reminder_rule(
    "campaigns.review_waiting",
    ReminderRule(
        gettext_lazy("Campaign waiting for review (business days)"),
        MailClass.DUTY,
        _due,
        _words,
        offsets=(2, 4),
        moves=Moves.STAYS,
    ),
)
