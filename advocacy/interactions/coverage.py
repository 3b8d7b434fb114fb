"""How well a delegation is covered (DOMAIN.md §6.3): seat by seat, with the rule that made it so, and in figures.

Everything is counted from what the reader may read: a restricted contact says nothing to those who may not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, Max, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.interactions.models import Interaction, KeyContact, Office, RelationshipScore
from advocacy.interactions.models.interaction import InteractionQuerySet
from legislation.models import Level
from members.delegation import Delegation, Member


class Standing(models.TextChoices):
    """From the coldest to the warmest."""

    NONE = "none", gettext_lazy("None")
    ASSIGNED = "assigned", gettext_lazy("Assigned")
    TOUCHED = "touched", gettext_lazy("Touched")
    STRONG = "strong", gettext_lazy("Strong")


_ORDER = list(Standing.values)


@dataclass(frozen=True)
class Line:
    """One holder of a seat, and how we stand with them. `why`: the rule, with its evidence."""

    member: Member
    standing: Standing
    why: str
    ties: list[KeyContact]
    last_contact_on: date | None
    is_strong: bool

    @property
    def is_touched(self) -> bool:
        return self.last_contact_on is not None

    @property
    def label(self) -> str:
        return str(self.standing.label)

    @property
    def name(self) -> str:
        return self.member.holder.line.name


@dataclass(frozen=True)
class Figures:
    """Of one chamber, or of all: how many places are held, and how many of their holders are covered."""

    name: str
    chamber_id: int | None
    members: int
    touched: int
    assigned: int
    strong: int

    @property
    def touched_percent(self) -> str:
        return percent(self.touched, self.members)

    @property
    def assigned_percent(self) -> str:
        return percent(self.assigned, self.members)

    @property
    def strong_percent(self) -> str:
        return percent(self.strong, self.members)


def percent(part: int, whole: int) -> str:
    """Rounded down, so that only all of it is 100 %; a dash where there is nothing to cover."""
    return f"{100 * part // whole} %" if whole else "–"


@dataclass(frozen=True)
class FigureGroup:
    """Figures that share out the same seats: by level, by state, by chamber, or all of them."""

    title: str
    rows: list[Figures]


@dataclass(frozen=True)
class Coverage:
    lines: list[Line]
    statewide: list[Line]

    def chambers(self) -> list[Figures]:
        """Chamber by chamber, and the sum of all where there are several."""
        found = self._by(lambda line: line.member.seat.chamber, with_chamber=True)
        return [*found, _figures(_("All seats"), None, self.lines)] if len(found) != 1 else found

    def levels(self) -> list[Figures]:
        return self._by(lambda line: Level(line.member.seat.chamber.jurisdiction.level).label)

    def states(self) -> list[Figures]:
        """By the state or province that elects the seat: members of Congress count with their state."""
        return self._by(lambda line: line.member.seat.represents)

    def groups(self) -> list[FigureGroup]:
        """What the page shows: levels and states only where there are several."""
        parts = [(_("By level"), self.levels()), (_("By state or province"), self.states())]
        found = [FigureGroup(title, rows) for title, rows in parts if len(rows) > 1]
        return [*found, FigureGroup(_("By chamber"), self.chambers())]

    def _by(self, part: Callable[[Line], Any], *, with_chamber: bool = False) -> list[Figures]:
        found: dict[Any, list[Line]] = {}
        for line in self.lines:
            found.setdefault(part(line), []).append(line)
        figures = [
            _figures(str(one), one.pk if with_chamber else None, lines) for one, lines in found.items()
        ]
        return sorted(figures, key=lambda one: one.name)


def _figures(name: str, chamber_id: int | None, lines: list[Line]) -> Figures:
    return Figures(
        name,
        chamber_id,
        members=len(lines),
        touched=sum(line.is_touched for line in lines),
        assigned=sum(bool(line.ties) for line in lines),
        strong=sum(line.is_strong for line in lines),
    )


def coverage(delegation: Delegation, *, user: User, today: date) -> Coverage:
    """The delegation with how we stand with each holder, coldest first; as many queries for many seats as for few."""
    return _coverage(delegation, user, today, Interaction.objects.visible_to(user))


def coverage_to_export(delegation: Delegation, *, user: User, today: date) -> Coverage:
    """The same without the restricted contacts, which leave in no file."""
    return _coverage(delegation, user, today, Interaction.objects.visible_to(user).exportable())


def _coverage(delegation: Delegation, user: User, today: date, contacts: InteractionQuerySet) -> Coverage:
    members = [*delegation.members, *delegation.statewide]
    known = _Known({member.holder.tenure.official_id for member in members}, user, today, contacts)
    return Coverage(known.lines(delegation.members), known.lines(delegation.statewide))


class _Known:
    """What the reader may know of our ties with some officials."""

    def __init__(self, officials: set[int], user: User, today: date, contacts: InteractionQuerySet) -> None:
        self.last = _last_contacts(officials, contacts, today)
        self.ties: dict[int, list[KeyContact]] = {}
        held = KeyContact.objects.visible_to(user).kept(today).filter(official__in=officials)
        for tie in held.select_related("person", "chapter").order_by("starts_on", "pk"):
            self.ties.setdefault(tie.official_id, []).append(tie)
        said = RelationshipScore.objects.visible_to(user).filter(official__in=officials, said_on__lte=today)
        self.strong: dict[int, RelationshipScore] = {}
        for score in said.newest_of_each():
            if score.is_strong(today):
                self.strong.setdefault(score.official_id, score)

    def lines(self, members: Iterable[Member]) -> list[Line]:
        """Coldest first, then by seat."""
        lines = [self._line(member) for member in members]
        return sorted(lines, key=lambda line: _ORDER.index(line.standing))

    def _line(self, member: Member) -> Line:
        official = member.holder.tenure.official_id
        ties, last, score = self.ties.get(official, []), self.last.get(official), self.strong.get(official)
        if score:
            standing, why = (
                Standing.STRONG,
                _("%(who)s: strength %(strength)d, said on %(day)s")
                % {
                    "who": score.person,
                    "strength": score.strength,
                    "day": date_format(score.said_on),
                },
            )
        elif last:
            standing, why = Standing.TOUCHED, _("contact on %(day)s") % {"day": date_format(last)}
        elif ties:
            names = ", ".join(str(tie.person) for tie in ties)
            standing, why = (
                Standing.ASSIGNED,
                _("%(who)s keeps in touch; no contact in 12 months") % {"who": names},
            )
        else:
            standing, why = Standing.NONE, _("no key contact and no contact in 12 months that you may read")
        return Line(member, standing, why, ties, last, score is not None)


def _last_contacts(officials: set[int], contacts: InteractionQuerySet, today: date) -> dict[int, date]:
    readable = contacts.meaningful().in_trailing_year(today)
    offices = Office.objects.filter(
        Exists(readable.filter(pk=OuterRef("interaction"))), official__in=officials
    ).order_by()
    return dict(offices.values_list("official").annotate(Max("interaction__occurred_on")))
