"""In whose name a person may bring in a sign-on letter."""

from django.db.models import QuerySet

from advocacy.accounts.models import User, UserQuerySet
from members.access import chapters_to_log_for, people_who_log_for, reach_of
from members.models import Chapter


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


def owners_for(user: User) -> UserQuerySet:
    """Colleagues who can look after a letter or a partner: those who log for the person's chapters, and the person."""
    reach = reach_of(user)
    today = reach.as_of
    people = UserQuerySet(User).filter(pk=user.pk)
    if today is None:
        return people
    for chapter in chapters_to_write_for(user):
        people = people | people_who_log_for(chapter, today)
    if may_write_for_the_society(user):
        people = people | people_who_log_for(None, today)
    return people
