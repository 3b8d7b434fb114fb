"""In whose name a person may propose a position, register testimony or make materials."""

from django.db.models import QuerySet

from advocacy.accounts.models import User
from members.access import reach_of
from members.models import Chapter

# Stands in addresses where otherwise a chapter's short name does.
THE_SOCIETY = "society"


def chapters_to_propose_for(user: User) -> QuerySet[Chapter]:
    """Those one logs for or presides over; any for staff."""
    reach = reach_of(user)
    if reach.is_staff:
        return Chapter.objects.order_by("name", "pk")
    return Chapter.objects.filter(pk__in=reach.logs_for | reach.president_of).order_by("name", "pk")


def may_propose_for_the_society(user: User) -> bool:
    """The lead and national staff."""
    return reach_of(user).reads_every_shared_record


def may_propose(user: User, chapter: Chapter | None) -> bool:
    if chapter is None:
        return may_propose_for_the_society(user)
    return chapters_to_propose_for(user).filter(pk=chapter.pk).exists()


def may_propose_at_all(user: User) -> bool:
    reach = reach_of(user)
    return bool(reach.logs_for or reach.president_of or reach.reads_every_shared_record)


def chapters_to_testify_for(user: User) -> QuerySet[Chapter]:
    """Those one logs for; any for staff."""
    reach = reach_of(user)
    if reach.is_staff:
        return Chapter.objects.order_by("name", "pk")
    return Chapter.objects.filter(pk__in=reach.logs_for).order_by("name", "pk")


def may_testify(user: User, chapter: Chapter | None) -> bool:
    """For the society only staff."""
    if chapter is None:
        return reach_of(user).is_staff
    return chapters_to_testify_for(user).filter(pk=chapter.pk).exists()


def may_testify_at_all(user: User) -> bool:
    return reach_of(user).may_log


def may_make_materials(user: User, chapter: Chapter | None) -> bool:
    """For a chapter who logs for it; for the society the lead and staff."""
    return may_propose_for_the_society(user) if chapter is None else may_testify(user, chapter)


def may_make_materials_at_all(user: User) -> bool:
    return may_testify_at_all(user) or may_propose_for_the_society(user)
