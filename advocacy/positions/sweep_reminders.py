"""What the end of a session reminds people of: its sweep waits, and again when a signing window has closed (W10)."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

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
from advocacy.positions.models import Tier, Tracking
from advocacy.positions.sweep import Sweep
from legislation.models import Disposition, DispositionKind, LegislativeSession
from legislation.session_sweep import ends
from members.models import Role, RoleAssignment

# Ten business days are never longer than this, whatever holidays lie in them.
_LONGEST = timedelta(days=30)
_A_DAY = timedelta(days=1)


def _sweep_waits(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """So many business days, where the legislature is, after it adjourned: its leads, and owners of its measures."""
    lately = Q(closed_on__gte=days.first - _LONGEST) | Q(ends_on__gte=days.first - _LONGEST)
    sessions = LegislativeSession.objects.over(days.last).filter(lately).select_related("jurisdiction")
    for session in sessions.order_by("pk"):
        adjourned_on = session.adjourned_on
        place = session.jurisdiction
        workdays = Workdays(str(place.country), place.abbreviation)
        for offset in offsets:
            if adjourned_on and (day := workdays.after(adjourned_on, offset)) in days:
                for person in _who_sweeps(session.pk, day):
                    yield Due(person, str(RowPeriod(session.pk, adjourned_on, offset)), day)


def _window_closed(days: Days, offsets: tuple[int, ...]) -> Iterator[Due]:
    """The day after the last day to sign what was confirmed as awaiting the executive."""
    first, last = days.counted_from(offsets)
    rows = Disposition.objects.standing().filter(
        kind=DispositionKind.AWAITING, window_ends_on__gte=first, window_ends_on__lte=last
    )
    closed = rows.order_by().values_list("measure__session", "window_ends_on").distinct()
    for session, closed_on in sorted((pk, day) for pk, day in closed if day):
        for offset in offsets:
            if (day := closed_on + offset * _A_DAY) in days:
                for person in _who_sweeps(session, day):
                    yield Due(person, str(RowPeriod(session, closed_on, offset)), day)


def _who_sweeps(session: int, day: date) -> list[int]:
    """Leads, and whoever looks after a followed measure of the session."""
    leads = RoleAssignment.objects.in_force(day).filter(role=Role.LEAD, person__is_active=True)
    followed = Tracking.objects.with_tier(day).filter(measure__session=session, owner__is_active=True)
    owners = followed.filter(Q(tier=None) | ~Q(tier=Tier.ARCHIVE))
    people = {*leads.order_by().values_list("person", flat=True)}
    return sorted(people | {*owners.order_by().values_list("owner", flat=True)})


def _words(person: User, periods: Collection[str], today: date) -> dict[str, Line]:
    """Nothing once all of theirs is confirmed."""
    asked = {text: RowPeriod.parse(text).pk for text in periods}
    found = ends(LegislativeSession.objects.visible_to(person).over(today).filter(pk__in=asked.values()))
    waiting = {end.session.pk: (end, len(Sweep(end, user=person, day=today).waiting)) for end in found}
    lines = {}
    for text, session in asked.items():
        end, count = waiting.get(session, (None, 0))
        if end and count:
            words = ngettext(
                "%(session)s is over: say what became of %(count)d open measure",
                "%(session)s is over: say what became of %(count)d open measures",
                count,
            )
            link = reverse("tracking:sweep", args=[session])
            lines[text] = Line(words % {"session": end.session.name, "count": count}, link)
    return lines


reminder_rule(
    "positions.sweep",
    ReminderRule(
        gettext_lazy("Session sweep waits after an adjournment (business days)"),
        MailClass.DUTY,
        _sweep_waits,
        _words,
        offsets=(2, 5, 9),
        moves=Moves.STAYS,
    ),
)
reminder_rule(
    "positions.signing_window_closed",
    ReminderRule(
        gettext_lazy("Signing window closed: say what became of the measure (days)"),
        MailClass.DUTY,
        _window_closed,
        _words,
        offsets=(1,),
    ),
)
