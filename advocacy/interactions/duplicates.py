"""Recognising a meeting that a colleague has logged already (DOMAIN.md W1 step 9)."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from advocacy.accounts.models import User
from advocacy.interactions.models import Credit, Interaction, Office, Participant
from advocacy.interactions.models.interaction import InteractionQuerySet
from legislation.models import Official
from members.models import Chapter

WITHIN = timedelta(days=1)


def resembling(
    *,
    user: User,
    officials: Iterable[Official],
    occurred_on: date,
    people: Iterable[User],
    chapter: Chapter | None,
) -> InteractionQuerySet:
    """Logged contacts with the same office a day around `occurred_on`, with one of the same people or another chapter.

    Only records the person may read, so that the warning tells nobody of a meeting they may not know.
    """
    row = OuterRef("pk")
    same_office = Exists(Office.objects.filter(interaction=row, official__in=list(officials)))
    same_person = Exists(Participant.objects.filter(interaction=row, person__in=list(people)))
    other_chapter = Exists(Credit.objects.filter(interaction=row).exclude(chapter=chapter))
    return (
        Interaction.objects.visible_to(user)
        .logged()
        .filter(occurred_on__range=_around(occurred_on))
        .filter(same_office)
        .filter(Q(same_person) | Q(other_chapter))
        .select_related("logged_by", "chapter")
    )


def _around(day: date) -> tuple[date, date]:
    """The day before and the day after, within the calendar."""
    return max(day, date.min + WITHIN) - WITHIN, min(day, date.max - WITHIN) + WITHIN
