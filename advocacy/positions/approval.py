"""The way of a proposal to its approval: which steps it takes, who may take the next, and by when (DOMAIN.md W3, 4).

The chapter's board is asked where somebody else than the board proposes. The other chapters are asked where they work
with the same legislature. The nation is asked always. Nobody decides about the own proposal, and nobody twice about
the same one, unless nobody else is there; a step that nobody else may take falls to national staff, then to the lead.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advocacy.accounts.models import User
from advocacy.kernel.business_days import Workdays
from advocacy.positions.models import ApprovalStep, Position, PositionDecision, PositionStatus
from legislation.models import Jurisdiction, Level
from members.access import today_for
from members.calendars import workdays_in
from members.models import ChapterTerritory, Role, RoleAssignment
from members.models.role import BOARD_ROLES

TARGET_DAYS, EXPEDITED_DAYS = 5, 1
_LOCAL = (Level.COUNTY, Level.LOCAL)
People = tuple[User, ...]


@dataclass(frozen=True)
class Course:
    """One proposal on its way. `deciders` may take the next step; all of it is empty once the way has ended."""

    position: Position
    steps: tuple[ApprovalStep, ...]
    decisions: Mapping[str, PositionDecision]
    deciders: People
    workdays: Workdays

    @property
    def next_step(self) -> ApprovalStep | None:
        if self.position.status != PositionStatus.PROPOSED:
            return None
        return next((step for step in self.steps if step not in self.decisions), None)

    @property
    def is_last(self) -> bool:
        return self.next_step == self.steps[-1]

    @property
    def due_on(self) -> date:
        """The last day of the target; where the position is needed earlier, that day."""
        count = EXPEDITED_DAYS if self.position.is_expedited else TARGET_DAYS
        target = self.workdays.after(self.position.proposed_on, count)
        return min(target, self.position.needed_by or target)

    @property
    def asked_at(self) -> datetime:
        """Since when it waits for those who decide now."""
        return max([one.decided_at for one in self.decisions.values()], default=self.position.created_at)

    @property
    def asked_on(self) -> date:
        return max([one.decided_on for one in self.decisions.values()], default=self.position.proposed_on)

    def is_overdue(self, today: date) -> bool:
        return self.next_step is not None and today > self.due_on

    def waits_for(self, user: User) -> bool:
        return self.next_step is not None and user in self.deciders


def courses(positions: Collection[Position], today: date) -> dict[int, Course]:
    """The way of each, by its key, in a number of queries that does not depend on how many there are."""
    if not positions:
        return {}
    facts = _Facts(positions, today)
    return {position.pk: facts.course(position) for position in positions}


def course_of(position: Position, today: date) -> Course:
    return courses([position], today)[position.pk]


def waiting_for(user: User) -> list[Course]:
    """The proposals whose next step is this person's, the most pressing first."""
    rows = Position.objects.visible_to(user).proposed().select_related("measure__session", "chapter")
    found = courses(list(rows.order_by("pk")), today_for(user)).values()
    return sorted(
        (one for one in found if one.waits_for(user)), key=lambda one: (one.due_on, one.position.pk)
    )


class _Facts:
    """What the rules ask about chapters, roles and decisions, loaded once for all the proposals."""

    def __init__(self, positions: Collection[Position], today: date) -> None:
        self.today = today
        legislatures = {one.measure.session.jurisdiction_id for one in positions}
        chapters = {one.chapter_id for one in positions if one.chapter_id}
        self.decisions = _by_position(positions)
        self.workplaces: dict[int, list[ChapterTerritory]] = {}
        self.homes: dict[int, Jurisdiction] = {}
        for row in _territories(legislatures, chapters):
            if row.jurisdiction_id in legislatures:
                self.workplaces.setdefault(row.jurisdiction_id, []).append(row)
            if row.jurisdiction.level not in _LOCAL:
                self.homes.setdefault(row.chapter_id, row.jurisdiction)
        at_work = {row.chapter_id for rows in self.workplaces.values() for row in rows}
        self.roles = _roles(chapters | at_work, {one.proposed_by_id for one in positions})
        self.superusers = tuple(User.objects.filter(is_superuser=True, is_active=True).order_by("pk"))

    def course(self, position: Position) -> Course:
        decisions = self.decisions.get(position.pk, {})
        steps = self._steps(position)
        following = next((step for step in steps if step not in decisions), None)
        waits = position.status == PositionStatus.PROPOSED and following is not None
        deciders = self._deciders(position, following, decisions) if waits and following else ()
        home = self.homes.get(position.chapter_id or 0)
        return Course(position, steps, decisions, deciders, workdays_in(home))

    def _steps(self, position: Position) -> tuple[ApprovalStep, ...]:
        steps = [ApprovalStep.NATIONAL]
        if position.chapter_id:
            if self._others_at_work(position):
                steps.insert(0, ApprovalStep.TEAM)
            if not self._is_of_the_board(position):
                steps.insert(0, ApprovalStep.CHAPTER)
        return tuple(steps)

    def _is_of_the_board(self, position: Position) -> bool:
        """Whoever proposes as the chapter's advocate or president has the board's word."""
        return any(
            role.person_id == position.proposed_by_id and role.is_in_force(position.proposed_on)
            for role in self._held(BOARD_ROLES, {position.chapter_id})
        )

    def _others_at_work(self, position: Position) -> set[int]:
        """The other chapters that work with this legislature."""
        rows = self.workplaces.get(position.measure.session.jurisdiction_id, [])
        active = {row.chapter_id for row in rows if row.chapter.is_active(position.proposed_on)}
        return active - {position.chapter_id or 0}

    def _held(self, roles: Collection[str], places: Collection[int | None]) -> list[RoleAssignment]:
        return [one for one in self.roles if one.role in roles and one.chapter_id in places]

    def _people(self, roles: Collection[str], places: Collection[int | None]) -> People:
        held = [one.person for one in self._held(roles, places) if one.is_in_force(self.today)]
        return tuple(dict.fromkeys(one for one in held if one.is_active))

    def _deciders(
        self, position: Position, step: ApprovalStep, decisions: Mapping[str, PositionDecision]
    ) -> People:
        staff = self._people((Role.STAFF,), (None,)) + self.superusers
        natural = {
            ApprovalStep.CHAPTER: self._people(BOARD_ROLES, {position.chapter_id}),
            ApprovalStep.TEAM: self._people((Role.ADVOCATE,), self._others_at_work(position)),
            ApprovalStep.NATIONAL: staff,
        }[step]
        heard = {one.decided_by_id for one in decisions.values()}
        for people in (natural, staff, self._people((Role.LEAD,), (None,))):
            others = [one for one in dict.fromkeys(people) if one.pk != position.proposed_by_id]
            fresh = [one for one in others if one.pk not in heard]
            if others:
                return tuple(fresh or others)
        return ()


def _by_position(positions: Iterable[Position]) -> dict[int, dict[str, PositionDecision]]:
    found: dict[int, dict[str, PositionDecision]] = {}
    rows = PositionDecision.objects.filter(position__in=[one.pk for one in positions])
    for row in rows.select_related("decided_by").order_by("decided_at", "pk"):
        found.setdefault(row.position_id, {})[row.step] = row
    return found


def _territories(legislatures: set[int], chapters: set[int]) -> list[ChapterTerritory]:
    here = ChapterTerritory.objects.filter(jurisdiction__in=legislatures)
    own = ChapterTerritory.objects.filter(chapter__in=chapters)
    rows = (here | own).select_related("chapter", "jurisdiction__parent")
    return list(rows.order_by("chapter", "jurisdiction__name", "pk"))


def _roles(chapters: set[int], proposers: set[int | None]) -> list[RoleAssignment]:
    """Also roles that have ended: who proposed was on the board then."""
    on_boards = RoleAssignment.objects.filter(role__in=BOARD_ROLES, chapter__in=chapters)
    national = RoleAssignment.objects.filter(role__in=(Role.STAFF, Role.LEAD))
    past = RoleAssignment.objects.filter(role__in=BOARD_ROLES, person__in=proposers - {None})
    rows = (on_boards | national | past).select_related("person")
    return list(rows.order_by("starts_on", "pk"))


def business_day_asked(course: Course, offset: int) -> date:
    """So many business days after it was put to those who decide now."""
    return course.workdays.after(course.asked_on, offset)


def hours_asked(course: Course, hours: int) -> datetime:
    return course.asked_at + timedelta(hours=hours)
