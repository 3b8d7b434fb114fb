"""Who may reach what today: the one place that turns roles into reach (DOMAIN.md §3, §4.8).

A *member* sees what they took part in. A *volunteer* logs for the chapter and reads it. An *advocate* edits
the chapter and reads every chapter's shared records in the jurisdictions of the chapter's territory. A
*president* reads the chapter. A *vice chair* reads the region's chapters. The *lead* reads every chapter's
shared records. *National staff* read everything. Restricted records are read by their author, that
chapter's advocates and national staff only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from advocacy.accounts.models import User, UserQuerySet
from legislation.models import Jurisdiction, Level
from members.models import Chapter, ChapterTerritory, Invitation, Role, RoleAssignment, Society
from members.models.invitation import InvitationQuerySet
from members.models.role import RoleAssignmentQuerySet

Ids = frozenset[int]
NONE: Ids = frozenset()


@dataclass(frozen=True)
class Reach:
    """The chapters and jurisdictions that one person's roles open, as sets of primary keys.

    `belongs_to`: any role in the chapter. `logs_for`: may log there. `advocate_of`: edits, and reads
    restricted records. `reads`: reads the chapter-confidential records. `shares`: reads shared records
    about these jurisdictions. `president_of`: nominates the chapter's advocate. `as_of`: the society's day
    that this was computed for.
    """

    person_id: int | None = None
    belongs_to: Ids = NONE
    logs_for: Ids = NONE
    advocate_of: Ids = NONE
    reads: Ids = NONE
    shares: Ids = NONE
    president_of: Ids = NONE
    is_lead: bool = False
    is_staff: bool = False
    is_vice_chair: bool = False
    primary_chapter_id: int | None = field(default=None, compare=False)
    as_of: date | None = field(default=None, compare=False)

    @property
    def is_empty(self) -> bool:
        """No role in force: nothing of the society is open."""
        return not (self.belongs_to or self.is_lead or self.is_staff or self.is_vice_chair)

    @property
    def reads_every_shared_record(self) -> bool:
        return self.is_lead or self.is_staff

    @property
    def may_log(self) -> bool:
        return bool(self.logs_for) or self.is_staff

    @property
    def may_write(self) -> bool:
        """May ask an office for a meeting, in the name of a chapter they belong to."""
        return bool(self.belongs_to) or self.is_staff

    @property
    def may_track(self) -> bool:
        """Decides what a chapter follows, and puts measures on record."""
        return bool(self.advocate_of) or self.is_staff

    @property
    def may_export_people(self) -> bool:
        return self.is_staff or self.is_lead

    @property
    def needs_second_factor(self) -> bool:
        """Staff, leads, and whoever can export people sign in with a second factor."""
        return self.is_staff or self.is_lead or self.may_export_people


_KEPT = "reach_in_this_request"
NOBODY = Reach()
# What any task-force lead reads, whoever holds the role: the view of commands that write a lead's files.
TASKFORCE_LEAD = Reach(is_lead=True)


def society_today() -> date:
    """Today where the society keeps its calendar; roles begin and end at midnight there."""
    society = Society.objects.first()
    now = timezone.now()
    return society.today(now) if society else now.date()


def today_for(user: User | AnonymousUser) -> date:
    """The society's day as this request knows it: asked once, with the person's reach."""
    return reach_of(user).as_of or society_today()


def reach_of(user: User | AnonymousUser) -> Reach:
    """The person's reach now. Within one request it is computed once, by `RoleInForceMiddleware`."""
    kept = getattr(user, _KEPT, None)
    return kept if isinstance(kept, Reach) else compute_reach(user)


def keep_reach(user: User | AnonymousUser) -> Reach:
    """Compute the reach and keep it with this user object, that is for the one request that loaded it."""
    reach = compute_reach(user)
    setattr(user, _KEPT, reach)
    return reach


def compute_reach(user: User | AnonymousUser) -> Reach:
    if not isinstance(user, User) or not user.is_active:
        return NOBODY
    today = society_today()
    roles = list(RoleAssignment.objects.filter(person=user).in_force(today))
    held: dict[str, set[int]] = {role: set() for role in Role.values}
    for assignment in roles:
        held[assignment.role].add(assignment.chapter_id or assignment.region_id or 0)
    advocate_of = frozenset(held[Role.ADVOCATE])
    logs_for = advocate_of | held[Role.VOLUNTEER]
    in_regions = _chapters_of(held[Role.VICE_CHAIR])
    return Reach(
        person_id=user.pk,
        belongs_to=logs_for | held[Role.MEMBER] | held[Role.PRESIDENT],
        logs_for=logs_for,
        advocate_of=advocate_of,
        reads=logs_for | held[Role.PRESIDENT] | in_regions,
        shares=_jurisdictions_of(advocate_of),
        president_of=frozenset(held[Role.PRESIDENT]),
        is_lead=bool(held[Role.LEAD]),
        is_staff=bool(held[Role.STAFF]) or user.is_superuser,
        is_vice_chair=bool(held[Role.VICE_CHAIR]),
        primary_chapter_id=_primary_chapter(roles),
        as_of=today,
    )


def _chapters_of(regions: set[int]) -> Ids:
    if not regions:
        return NONE
    return frozenset(Chapter.objects.filter(region__in=regions).values_list("pk", flat=True))


def _jurisdictions_of(chapters: Ids) -> Ids:
    """The jurisdictions of the chapters' territories, and the country above each."""
    if not chapters:
        return NONE
    rows = ChapterTerritory.objects.filter(chapter__in=chapters).values_list(
        "jurisdiction_id", "jurisdiction__parent_id"
    )
    return frozenset(pk for row in rows for pk in row if pk is not None)


def _primary_chapter(roles: list[RoleAssignment]) -> int | None:
    in_chapters = [assignment for assignment in roles if assignment.chapter_id is not None]
    primary = [assignment for assignment in in_chapters if assignment.is_primary]
    by_weight = sorted(in_chapters, key=lambda assignment: -list(Role.values).index(assignment.role))
    return next((assignment.chapter_id for assignment in [*primary, *by_weight]), None)


def chapters_to_log_for(user: User) -> QuerySet[Chapter]:
    """The chapters in whose name the person may log; staff may correct for any."""
    reach = reach_of(user)
    if reach.is_staff:
        return Chapter.objects.all()
    return Chapter.objects.filter(pk__in=reach.logs_for)


def chapters_to_write_for(user: User) -> QuerySet[Chapter]:
    """The chapters in whose name the person may ask an office for a meeting: all they belong to; any for staff."""
    reach = reach_of(user)
    return Chapter.objects.all() if reach.is_staff else Chapter.objects.filter(pk__in=reach.belongs_to)


def chapters_to_track_for(user: User) -> QuerySet[Chapter]:
    """The chapters for which the person decides what to follow: the advocate's own; any for staff."""
    reach = reach_of(user)
    return Chapter.objects.all() if reach.is_staff else Chapter.objects.filter(pk__in=reach.advocate_of)


def jurisdictions_worked_with(user: User | AnonymousUser) -> QuerySet[Jurisdiction]:
    """Where the person may put measures on record: the territory of an advocate's chapters; everywhere for staff."""
    reach = reach_of(user)
    return Jurisdiction.objects.all() if reach.is_staff else Jurisdiction.objects.filter(pk__in=reach.shares)


def people_who_log_for(chapter: Chapter | None, today: date) -> UserQuerySet:
    """Who may look after something for the chapter; for the society its staff and leads."""
    if chapter is None:
        held = RoleAssignment.objects.in_force(today).filter(role__in=(Role.STAFF, Role.LEAD))
    else:
        held = chapter.roles.in_force(today).filter(role__in=(Role.ADVOCATE, Role.VOLUNTEER))
    return UserQuerySet(User).filter(pk__in=held.order_by().values("person"), is_active=True)


def chapter_logged_for_first(user: User) -> Chapter | None:
    """The person's primary chapter where they log for it, else any chapter they log for."""
    chapters = chapters_to_log_for(user)
    return (
        chapters.filter(pk=reach_of(user).primary_chapter_id or 0).first() or chapters.order_by("pk").first()
    )


def people_visible_to(user: User | AnonymousUser) -> UserQuerySet:
    """Colleagues: staff and leads see everybody, others see their chapters, their region, and every advocate.

    A plain member sees the advocates of their own chapters. Only roles in force make somebody a colleague.
    """
    reach = reach_of(user)
    people = UserQuerySet(User)
    if reach.is_empty:
        return people.none()
    if reach.reads_every_shared_record:
        return people.all()
    near = Q(chapter__in=reach.belongs_to | reach.reads) | Q(
        role__in=(Role.ADVOCATE, Role.VICE_CHAIR, Role.LEAD)
    )
    if not (reach.logs_for or reach.reads):
        near = Q(chapter__in=reach.belongs_to, role=Role.ADVOCATE)
    colleagues = RoleAssignment.objects.in_force(today_for(user)).filter(near).values("person")
    return people.filter(Q(pk=reach.person_id) | Q(pk__in=colleagues, is_active=True))


def roles_visible_to(user: User | AnonymousUser) -> RoleAssignmentQuerySet:
    """Roles, now and past, of the people this person sees."""
    return RoleAssignmentQuerySet(RoleAssignment).filter(person__in=people_visible_to(user).values("pk"))


def invitations_visible_to(user: User | AnonymousUser) -> InvitationQuerySet:
    """Staff see every invitation; advocates and presidents those into their own chapters."""
    reach = reach_of(user)
    invitations = InvitationQuerySet(Invitation)
    if reach.is_staff:
        return invitations.all()
    return invitations.filter(chapter__in=reach.advocate_of | reach.president_of)


def home_jurisdiction(user: User) -> Jurisdiction | None:
    """Where the person's public holidays are kept: the first jurisdiction of their primary chapter."""
    chapter = reach_of(user).primary_chapter_id
    own = ChapterTerritory.objects.filter(chapter=chapter).select_related("jurisdiction")
    # A town that the chapter opted in for keeps the holidays of its state.
    territory = own.exclude(jurisdiction__level__in=(Level.COUNTY, Level.LOCAL)).first()
    return territory.jurisdiction if territory else None


def home_jurisdictions(people: Iterable[User], today: date) -> dict[int, Jurisdiction]:
    """The same for many people at once, by their key, in two queries; who has none is left out."""
    held: dict[int, list[RoleAssignment]] = {}
    for role in RoleAssignment.objects.filter(person__in=[one.pk for one in people]).in_force(today):
        held.setdefault(role.person_id, []).append(role)
    chapters = {person: _primary_chapter(roles) for person, roles in held.items()}
    own = ChapterTerritory.objects.filter(chapter__in=chapters.values())
    homes: dict[int, Jurisdiction] = {}
    wide = own.exclude(jurisdiction__level__in=(Level.COUNTY, Level.LOCAL))
    for territory in wide.select_related("jurisdiction__parent"):
        homes.setdefault(territory.chapter_id, territory.jurisdiction)
    return {person: homes[chapter] for person, chapter in chapters.items() if chapter in homes}
