"""In whose name a person may bring in a sign-on letter."""

from django.db.models import Q, QuerySet

from advocacy.accounts.models import User, UserQuerySet
from members.access import chapters_to_log_for, reach_of, today_for
from members.models import Chapter, Role, RoleAssignment


def chapters_to_write_for(user: User) -> QuerySet[Chapter]:
    return chapters_to_log_for(user).order_by("name", "pk")


def may_write_for_the_society(user: User) -> bool:
    """The lead and national staff."""
    return reach_of(user).reads_every_shared_record


def may_write(user: User, chapter: Chapter | None) -> bool:
    if chapter is None:
        return may_write_for_the_society(user)
    return chapters_to_write_for(user).filter(pk=chapter.pk).exists()


def may_write_at_all(user: User) -> bool:
    return reach_of(user).may_log or may_write_for_the_society(user)


def owners_for(user: User, *, now_owned_by: int | None = None) -> UserQuerySet:
    """Colleagues who can look after a letter or a partner: those who log for the person's chapters, the person,
    and whoever does so now.
    """
    held = Q(role__in=(Role.ADVOCATE, Role.VOLUNTEER), chapter__in=chapters_to_log_for(user))
    if may_write_for_the_society(user):
        held |= Q(role__in=(Role.STAFF, Role.LEAD))
    roles = RoleAssignment.objects.in_force(today_for(user)).filter(held)
    colleagues = Q(pk__in=roles.order_by().values("person"), is_active=True)
    return UserQuerySet(User).filter(colleagues | Q(pk__in=[user.pk, now_owned_by or user.pk]))
