"""How well a delegation is covered (DOMAIN.md §6.3): seat by seat, with the rule that made it so, and in figures.

Everything is counted from what the reader may read: a restricted contact says nothing to those who may not.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.interactions.models import Interaction, KeyContact, Office, RelationshipScore
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.interactions.questions import Question, questions_about
from legislation.models import Level, Seat
from members.delegation import Delegation, Member, Vacancy


class Standing(models.TextChoices):
    """From the coldest to the warmest."""

    NONE = "none", gettext_lazy("None")
    ASSIGNED = "assigned", gettext_lazy("Assigned")
    TOUCHED = "touched", gettext_lazy("Touched")
    STRONG = "strong", gettext_lazy("Strong")


_ORDER = list(Standing.values)


@dataclass(frozen=True)
class Line:
    """One holder of a seat, and how we stand with them. `why`: the rule, with its evidence.

    `ties`: of the chapters whose delegation this is, the primary one first.
    """

    member: Member
    standing: Standing
    why: str
    ties: list[KeyContact]
    questions: list[Question]
    last_contact_on: date | None
    is_strong: bool

    @property
    def is_assigned(self) -> bool:
        """A primary key contact is named."""
        return any(tie.is_primary for tie in self.ties)

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
    """Rounded down, so that only all of it is 100%; a dash where there is nothing to cover."""
    return _("%(share)d%%") % {"share": 100 * part // whole} if whole else "–"


@dataclass(frozen=True)
class Empty:
    """A seat with nobody in it, and the ties that wait for its next holder."""

    vacancy: Vacancy
    questions: list[Question]


@dataclass(frozen=True)
class FigureGroup:
    """Figures that share out the same seats: by level, by state, by chamber, or all of them."""

    title: str
    rows: list[Figures]


@dataclass(frozen=True)
class Coverage:
    lines: list[Line]
    statewide: list[Line]
    vacancies: list[Empty]

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
        assigned=sum(line.is_assigned for line in lines),
        strong=sum(line.is_strong for line in lines),
    )


def coverage(delegation: Delegation, *, user: User, today: date) -> Coverage:
    """The delegation with how we stand with each holder, coldest first; as many queries for many seats as for few."""
    return _coverage(delegation, user, today, Interaction.objects.visible_to(user))


def coverage_to_export(delegation: Delegation, *, user: User, today: date) -> Coverage:
    """The same without the restricted contacts, which leave in no file."""
    return _coverage(delegation, user, today, Interaction.objects.visible_to(user).exportable())


def _coverage(delegation: Delegation, user: User, today: date, contacts: InteractionQuerySet) -> Coverage:
    known = _Known(delegation, user, today, contacts)
    vacancies = [Empty(one, known.asked_at(one.seat)) for one in delegation.vacancies]
    return Coverage(known.lines(delegation.members), known.lines(delegation.statewide), vacancies)


class _Known:
    """What the reader may know of our ties with the holders of a delegation."""

    def __init__(
        self, delegation: Delegation, user: User, today: date, contacts: InteractionQuerySet
    ) -> None:
        members = [*delegation.members, *delegation.statewide]
        officials = {member.holder.tenure.official_id for member in members}
        seats = {one.seat.pk for one in members} | {one.seat.pk for one in delegation.vacancies}
        self.vacant = {one.seat.pk for one in delegation.vacancies}
        self.last = last_contacts(officials, contacts, today)
        self.ties: dict[int, list[KeyContact]] = {}
        ties = KeyContact.objects.visible_to(user).kept(today).filter(chapter__in=delegation.chapters)
        held = ties.filter(Q(official__in=officials) | Q(seat__in=seats)).with_question(today)
        rows = list(held.select_related("person", "chapter", "official").order_by("starts_on", "pk"))
        for tie in sorted(rows, key=lambda tie: (tie.team_id is None, not tie.is_primary)):
            self.ties.setdefault(tie.official_id, []).append(tie)
        self.questions = questions_about([tie for tie in rows if tie.asks], user=user, today=today)
        said = RelationshipScore.objects.visible_to(user).filter(official__in=officials, said_on__lte=today)
        self.strong: dict[int, RelationshipScore] = {}
        for score in said.newest_of_each():
            if score.is_strong(today):
                self.strong.setdefault(score.official_id, score)

    def asked_at(self, seat: Seat, official: int | None = None) -> list[Question]:
        """Of ties made for this seat: this holder came after, or nobody did, or it cannot be told who."""
        is_open = official is None or seat.pk not in self.vacant
        return [
            one
            for one in self.questions
            if one.tie.seat_id == seat.pk
            and (one.successor_id == official or (one.successor is None and is_open))
        ]

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
        elif ties and ties[0].is_primary:
            standing, why = (
                Standing.ASSIGNED,
                _("%(who)s keeps in touch; no contact in 12 months") % {"who": ties[0].person},
            )
        elif ties:
            standing, why = Standing.NONE, _("no primary key contact and no contact in 12 months")
        else:
            standing, why = Standing.NONE, _("no key contact and no contact in 12 months that you may read")
        questions = self.asked_at(member.seat, official)
        return Line(member, standing, why, ties, questions, last, score is not None)


def last_contacts(officials: set[int], contacts: InteractionQuerySet, today: date) -> dict[int, date]:
    readable = contacts.meaningful().in_trailing_year(today)
    offices = Office.objects.filter(
        Exists(readable.filter(pk=OuterRef("interaction"))), official__in=officials
    ).order_by()
    return dict(offices.values_list("official").annotate(Max("interaction__occurred_on")))
