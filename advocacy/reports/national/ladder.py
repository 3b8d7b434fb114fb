"""The block on the ladder of engagement: how many people stand on which level, and who moved (DOMAIN.md §6.3).

A level is the highest whose rule is met in the trailing 12 months. Level 1 rests on training and has no number until
that is recorded; levels 2 and 3 count campaign actions and Advocacy Days, level 5 also who led a team there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.events.models import Appointment, Registration
from advocacy.interactions.models import Confidentiality, Kind, RelationshipScore, Strength
from advocacy.interactions.models.interaction import TRAILING_YEAR
from advocacy.kernel.schedules import moment_of
from advocacy.reports import numbers
from advocacy.reports.metrics.figure import Figure, Unit
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.national.document import Block, Cell, Column
from campaigns.models import Participation
from members.models import Invitation, Role, RoleAssignment
from members.taskforce.models import Meeting

RECRUITS = 2
_A_DAY = timedelta(days=1)
People = frozenset[int]


class LadderLevel(models.IntegerChoices):
    """DOMAIN.md §4.14."""

    ON_LIST = 0, gettext_lazy("0 – On the list")
    INFORMED = 1, gettext_lazy("1 – Informed")
    RESPONDER = 2, gettext_lazy("2 – Responder")
    PARTICIPANT = 3, gettext_lazy("3 – Participant")
    RELATIONSHIP_HOLDER = 4, gettext_lazy("4 – Relationship holder")
    LEADER = 5, gettext_lazy("5 – Leader")


NOT_RECORDED = (LadderLevel.INFORMED,)
SEVERAL = 2


@dataclass(frozen=True)
class Standing:
    """The people on the list on a day with their levels, and whose level only restricted records show."""

    levels: dict[int, LadderLevel]
    only_by_restricted: People

    def count(self, people: Iterable[int]) -> int | None:
        """How many; nothing where only few restricted records are behind it."""
        found = frozenset(people)
        figure = Figure(Unit.COUNT, len(found), restricted=len(found & self.only_by_restricted))
        value = numbers.hide_small(figure).value
        return None if value is None else int(value)


def ladder(scope: Scope, window: Window) -> Block:
    """Counts per level at the end of these days, and who came up or down to it since they began."""
    now, before = standing(scope, window.last), standing(scope, window.first - _A_DAY)
    return Block(
        "ladder",
        _("Ladder of engagement"),
        [
            Column("level", _("Level")),
            Column("people", _("People"), is_number=True),
            Column("up", _("Came up"), is_number=True),
            Column("down", _("Came down"), is_number=True),
        ],
        [_row(level, now, before) for level in LadderLevel] if now.levels else [],
        notes=[
            _(
                "The highest level whose rule is met in the trailing 12 months, of people with a role on the last day."
            ),
            _(
                "Level 1 has no number: training is not recorded yet. Level 2: took part in one campaign. Level 3: in "
                "two or more, or came to an Advocacy Day."
            ),
            _(
                "Level 4: took part in a meaningful interaction, or has a relationship of strength 3 or more, said in "
                "the 12 months. Level 5: was an advocate, testified, led a team at an Advocacy Day, chaired a meeting "
                "of the task force, or invited two people who came."
            ),
            _(
                "Came up and came down: people who were on the list before these days too, on the level they have now."
            ),
        ],
        empty=_("Nobody has a role here."),
    )


def _row(level: LadderLevel, now: Standing, before: Standing) -> list[Cell]:
    if level in NOT_RECORDED:
        return [str(level.label), None, None, None]
    here = [person for person, has in now.levels.items() if has == level]
    came = [(person, before.levels[person]) for person in here if person in before.levels]
    return [
        str(level.label),
        now.count(here),
        now.count(person for person, had in came if had < level),
        now.count(person for person, had in came if had > level),
    ]


def standing(scope: Scope, day: date) -> Standing:
    """What the twelve months up to that day made of everybody who has a role on it. As many queries for any number."""
    people = _people(scope, day)
    met = _took_part(scope, day)
    leads_openly = (
        _advocates(scope, day)
        | _chairs(scope, day)
        | _recruiters(scope, day)
        | _captains(day)
        | met.testified_openly
    )
    leaders = people & (leads_openly | met.testified)
    holds_openly = met.openly | _confirmed(day)
    holders = people & (holds_openly | met.all) - leaders
    levels = dict.fromkeys(people, LadderLevel.ON_LIST)
    levels |= _acted(scope, people, day)
    levels |= dict.fromkeys(people & _came(day), LadderLevel.PARTICIPANT)
    levels |= dict.fromkeys(holders, LadderLevel.RELATIONSHIP_HOLDER)
    levels |= dict.fromkeys(leaders, LadderLevel.LEADER)
    return Standing(levels, (leaders - leads_openly) | (holders - holds_openly))


def _people(scope: Scope, day: date) -> People:
    roles = RoleAssignment.objects.filter(scope.own()).in_force(day)
    return frozenset(roles.order_by().values_list("person", flat=True).distinct())


def _advocates(scope: Scope, day: date) -> People:
    """For some day of the twelve months: who has just handed over has not come down."""
    terms = RoleAssignment.objects.filter(scope.own(), role=Role.ADVOCATE)
    terms = terms.overlapping(_began(day), day + _A_DAY)
    return frozenset(terms.order_by().values_list("person", flat=True).distinct())


@dataclass(frozen=True)
class TookPart:
    """Who took part in a meaningful contact, who testified, and who did so where everybody may read it."""

    all: People
    testified: People
    openly: People
    testified_openly: People


def _took_part(scope: Scope, day: date) -> TookPart:
    contacts = scope.credited().meaningful().in_trailing_year(day).filter(participants__person__isnull=False)
    rows = contacts.order_by().values_list("participants__person", "kind", "confidentiality").distinct()
    found = [
        (person, kind == Kind.HEARING_TESTIMONY, level != Confidentiality.RESTRICTED)
        for person, kind, level in rows
    ]
    return TookPart(
        frozenset(person for person, _testified, _open in found),
        frozenset(person for person, testified, _open in found if testified),
        frozenset(person for person, _testified, is_open in found if is_open),
        frozenset(person for person, testified, is_open in found if testified and is_open),
    )


def _acted(scope: Scope, people: People, day: date) -> dict[int, LadderLevel]:
    """Who took part in campaigns: in one, or in several. Each campaign is one act, whatever office it went to."""
    first, end = _moments(scope, day)
    acts = Participation.objects.counted().filter(at__gte=first, at__lt=end, contact__user__isnull=False)
    counts = acts.order_by().values("contact__user").annotate(number=Count("pk"))
    return {
        person: LadderLevel.PARTICIPANT if number >= SEVERAL else LadderLevel.RESPONDER
        for person, number in counts.values_list("contact__user", "number")
        if person in people
    }


def _came(day: date) -> People:
    """Who checked in at an Advocacy Day."""
    rows = Registration.objects.coming().checked_in().filter(_in_the_year(day))
    return frozenset(pk for pk in rows.order_by().values_list("person", flat=True).distinct() if pk)


def _captains(day: date) -> People:
    """Who led a team of which a meeting took place."""
    led = Appointment.objects.all().took_place().order_by().values("team")
    rows = Registration.objects.coming().filter(
        _in_the_year(day), place__is_captain=True, place__team__in=led
    )
    return frozenset(pk for pk in rows.order_by().values_list("person", flat=True).distinct() if pk)


def _in_the_year(day: date) -> models.Q:
    return models.Q(event__held_on__gt=day - TRAILING_YEAR, event__held_on__lte=day)


def _confirmed(day: date) -> People:
    """Who holds a relationship of strength 3 or more: the newest word on it, if it was said in the twelve months."""
    said = RelationshipScore.objects.filter(said_on__gte=_began(day), said_on__lte=day)
    last: dict[tuple[int, int, int | None], int] = {}
    rows = said.order_by("said_on", "pk").values_list("official", "person", "staffer", "strength")
    for official, person, staffer, strength in rows:
        last[official, person, staffer] = strength
    return frozenset(person for (_o, person, _s), strength in last.items() if strength >= Strength.MET)


def _chairs(scope: Scope, day: date) -> People:
    first, end = _moments(scope, day)
    held = Meeting.objects.held().filter(starts_at__gte=first, starts_at__lt=end)
    return frozenset(held.order_by().values_list("host", flat=True).distinct())


def _recruiters(scope: Scope, day: date) -> People:
    first, end = _moments(scope, day)
    accepted = Invitation.objects.filter(accepted_at__gte=first, accepted_at__lt=end).order_by()
    several = accepted.values("invited_by").annotate(number=Count("pk")).filter(number__gte=RECRUITS)
    return frozenset(several.values_list("invited_by", flat=True))


def _began(day: date) -> date:
    return day - TRAILING_YEAR + _A_DAY


def _moments(scope: Scope, day: date) -> tuple[datetime, datetime]:
    """The trailing year as moments, where the scope is at home."""
    first, end = (moment_of(one, time(), scope.zone) for one in (_began(day), day + _A_DAY))
    return first, end
