"""Noting where an official stands, and how many votes a measure needs."""

from datetime import date
from typing import Any

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.interactions.errors import InTheFuture, NotAllowedToChange, NotAllowedToLogHere
from advocacy.interactions.models import OfficialStance, VotesNeeded
from advocacy.positions.models import Tracking
from legislation.models import Measure, Official
from legislation.voting_bodies import Body
from members.access import chapters_to_log_for, reach_of
from members.models import Chapter


@transaction.atomic
def note(
    *,
    by: User,
    official: Official,
    measure: Measure,
    chapter: Chapter,
    stance: str,
    evidence: str,
    as_of: date,
    today: date,
    confidentiality: str,
    source: str = "",
) -> OfficialStance:
    """Note a stance that came with no contact in the log. An earlier one stays, and tells how they moved.

    Raises NotAllowedToLogHere, and InTheFuture for a day that has not come.
    """
    if not chapters_to_log_for(by).filter(pk=chapter.pk).exists():
        raise NotAllowedToLogHere(chapter.slug)
    if as_of > today:
        raise InTheFuture(as_of.isoformat())
    row = OfficialStance.objects.create(
        official=official,
        measure=measure,
        chapter=chapter,
        stance=stance,
        evidence=evidence,
        as_of=as_of,
        confidentiality=confidentiality,
        source=source,
        noted_by=by,
    )
    trail.record(by=by, verb="noted stance", of=row)
    return row


def may_set_votes(user: User, measure: Measure) -> bool:
    """Staff, and whoever looks after the measure for a chapter or the society."""
    if reach_of(user).is_staff:
        return True
    return Tracking.objects.visible_to(user).filter(measure=measure, owner=user).exists()


@transaction.atomic
def set_votes(
    *, by: User, measure: Measure, body: Body, votes: int | None, reason: str, on: date
) -> VotesNeeded | None:
    """So many votes carry it in this body; None goes back to a majority of the seats. Raises NotAllowedToChange."""
    if not may_set_votes(by, measure):
        raise NotAllowedToChange(measure.pk)
    place: dict[str, Any] = {"measure": measure, "chamber": body.chamber, "committee": body.committee}
    old = VotesNeeded.objects.select_for_update().filter(**place).first()
    before = trail.snapshot(old, ("votes", "reason")) if old else {}
    if votes is None:
        if old:
            trail.record(by=by, verb="lifted", of=old, changes=trail.difference(before, {"votes": None}))
            old.delete()
        return None
    said = {"votes": votes, "reason": reason, "set_by": by, "set_on": on}
    row, _is_new = VotesNeeded.objects.update_or_create(**place, defaults=said)
    changes = trail.difference(before, trail.snapshot(row, ("votes", "reason")))
    if changes:
        trail.record(by=by, verb="edited", of=row, changes=changes)
    return row
