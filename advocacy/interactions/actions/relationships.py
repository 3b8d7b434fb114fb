"""Keeping in touch: `relationships.adopt(by=dana, official=reyes, …)`."""

from datetime import date

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions.actions import key_contacts
from advocacy.interactions.models import KeyContact, RelationshipScore
from legislation.models import Official
from members.models import Chapter


def adopt(*, by: User, official: Official, chapter: Chapter, rhythm_days: int, on: date) -> KeyContact:
    """Become a key contact of an official, or change how often to keep in touch.

    The first of a chapter becomes its primary key contact; later ones are secondary until the advocate says otherwise.
    """
    with transaction.atomic():
        Chapter.objects.select_for_update().get(pk=chapter.pk)  # of two who come first, one is primary
        tie, is_new = KeyContact.objects.get_or_create(
            person=by,
            official=official,
            ends_on=None,
            defaults={
                "chapter": chapter,
                "rhythm_days": rhythm_days,
                "starts_on": on,
                "seat": key_contacts.seat_to_remember(official, on),
                "rank": key_contacts.rank_for_newcomer(by, official, chapter),
            },
        )
        if is_new:
            trail.record(by=by, verb="adopted", of=tie)
        elif tie.rhythm_days != rhythm_days:
            changes = {"rhythm_days": [tie.rhythm_days, rhythm_days]}
            tie.rhythm_days = rhythm_days
            tie.save(update_fields=["rhythm_days"])
            trail.record(by=by, verb="edited", of=tie, changes=changes)
    return tie


def release(*, by: User, official: Official, on: date) -> bool:
    """Stop keeping in touch. False when there was no tie."""
    with transaction.atomic():
        tie = KeyContact.objects.open().filter(person=by, official=official).first()
        return key_contacts.end(tie, by=by, on=on) if tie else False


def judge(
    *,
    by: User,
    official: Official,
    chapter: Chapter,
    strength: int,
    willingness: int | None,
    influence: int | None,
    on: date,
) -> RelationshipScore:
    """Say how well one knows an official today; said again on the same day, the last word counts."""
    values = {"chapter": chapter, "strength": strength, "willingness": willingness, "influence": influence}
    with transaction.atomic():
        score, _is_new = RelationshipScore.objects.update_or_create(
            official=official, staffer=None, person=by, said_on=on, defaults={**values, "said_by": by}
        )
        changes = {"strength": ["", strength]}
        trail.record(by=by, verb="judged", of=score, changes=changes)
    return score
