"""Who belongs to the task force: chapter advocates, vice chairs and leads; national staff sit in."""

from datetime import date, datetime

from django.contrib.auth.models import AnonymousUser

from advocacy.accounts.models import User, UserQuerySet
from members.access import Reach, reach_of
from members.models import Chapter, Role, RoleAssignment, Society

TASK_FORCE_ROLES = (Role.ADVOCATE, Role.VICE_CHAIR, Role.LEAD)


def belongs(reach: Reach) -> bool:
    """Whether these roles open the task force's meetings."""
    return bool(reach.advocate_of) or reach.is_vice_chair or reach.is_lead or reach.is_staff


def runs_meetings(reach: Reach) -> bool:
    return reach.is_lead or reach.is_staff


def is_of_the_task_force(user: User | AnonymousUser) -> bool:
    return belongs(reach_of(user))


def people_on(day: date) -> UserQuerySet:
    """Everybody expected at a meeting on this day."""
    held = RoleAssignment.objects.in_force(day).filter(role__in=TASK_FORCE_ROLES)
    return UserQuerySet(User).active().filter(pk__in=held.values("person"))


def society_day(moment: datetime) -> date:
    """The day that roles are asked for at this moment."""
    society = Society.objects.first()
    return society.today(moment) if society else moment.date()


def vice_chair_for(person: User, day: date) -> User | None:
    """Who looks after the chapter this person speaks for; None where the region has no vice chair."""
    own = RoleAssignment.objects.in_force(day).filter(person=person, role=Role.ADVOCATE)
    regions = Chapter.objects.filter(pk__in=own.values("chapter")).values("region")
    held = RoleAssignment.objects.in_force(day).filter(role=Role.VICE_CHAIR, region__in=regions)
    first = held.exclude(person=person).filter(person__is_active=True).select_related("person").order_by("pk")
    assignment = first.first()
    return assignment.person if assignment else None
