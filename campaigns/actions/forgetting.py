"""Forgetting what supporters wrote, once its time is over: the counts stay, the words go (RELIABILITY.md §9.4)."""

from datetime import datetime, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from campaigns.models import Confirmation, Contact, Letter, Participation
from campaigns.models.participation import LetterQuerySet, ParticipationQuerySet

KEPT_FOR = timedelta(days=30)
_BUNDLE = 1_000


def forget(*, now: datetime) -> int:
    """Empty the texts of letters that were delivered, or told, more than thirty days ago. Returns how many letters."""
    count = 0
    while bundle := list(_over(now).values_list("pk", flat=True)[:_BUNDLE]):
        count += _empty(LetterQuerySet(Letter).filter(pk__in=bundle, forgotten_at=None), now)
    _without_letters(now).update(own_words="")
    return count


def forget_person(contact: Contact, *, now: datetime) -> None:
    """Whoever asked to be forgotten: all they wrote, what came back to them, and where they live, at once."""
    rows = Participation.objects.filter(contact=contact)
    _empty(LetterQuerySet(Letter).filter(participation__in=rows.order_by().values("pk")), now)
    Letter.objects.filter(participation__contact=contact).update(reply_text="")
    rows.update(own_words="", signed_as="", postal_code="", divisions=[])


def _over(now: datetime) -> LetterQuerySet:
    """What is under way is kept: while it waits in the outbox the text stands there as well."""
    aged = LetterQuerySet(Letter).filter(forgotten_at=None, at__lte=now - KEPT_FOR)
    left_at = aged.annotate(left_at=Coalesce("message__settled_at", "at"))
    under_way = Q(message__isnull=False, message__settled_at=None)
    return left_at.filter(left_at__lte=now - KEPT_FOR).exclude(under_way).order_by("pk")


def _without_letters(now: datetime) -> ParticipationQuerySet:
    kept = Letter.objects.filter(participation=OuterRef("pk"), forgotten_at=None)
    rows = ParticipationQuerySet(Participation).filter(at__lte=now - KEPT_FOR).exclude(own_words="")
    return rows.exclude(Exists(kept))


def _empty(letters: LetterQuerySet, now: datetime) -> int:
    """A letter that still waited for its proof has no text to be sent any more: it failed."""
    never = When(confirmation=Confirmation.WAITING, message=None, then=Value(Confirmation.FAILED))
    return letters.update(
        subject="",
        text="",
        forgotten_at=Coalesce(F("forgotten_at"), Value(now)),
        confirmation=Case(never, default=F("confirmation")),
    )
