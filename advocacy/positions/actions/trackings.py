"""Following measures: `trackings.follow(measure, by=dana, …)`, deciding how hard, watching, noting, archiving."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.positions.errors import AlreadyFollowed
from advocacy.positions.models import Issue, Tier, TierChange, Tracking, TrackingNote, TrackingWatcher
from legislation.models import Measure
from members.confidentiality import Confidentiality
from members.models import Chapter

_FIELDS = ("owner", "why", "effect", "likelihood", "issues")


@dataclass(frozen=True)
class Triage:
    """What is decided about a followed measure. Without a `tier` the one in force stays, or none is decided yet."""

    tier: Tier | None = None
    owner: User | None = None
    why: str = ""
    effect: str = ""
    likelihood: str = ""
    issues: Sequence[Issue] = ()


def add(measure: Measure, *, chapter: Chapter | None, by: User, on: date) -> Tracking:
    """The chapter, or the society, follows it from now on; its triage is due. Raises `AlreadyFollowed`."""
    try:
        with transaction.atomic():
            tracking = Tracking.objects.create(measure=measure, chapter=chapter, added_on=on, added_by=by)
    except IntegrityError as refusal:
        raise AlreadyFollowed(str(measure)) from refusal
    trail.record(by=by, verb="added", of=tracking)
    return tracking


def follow(measure: Measure, *, chapter: Chapter | None, triage: Triage, by: User, on: date) -> Tracking:
    """Add it and decide about it in one go. Raises `AlreadyFollowed`."""
    with transaction.atomic():
        tracking = add(measure, chapter=chapter, by=by, on=on)
        decide(tracking, triage, by=by, on=on)
    return tracking


def hand_to_society(measure: Measure, *, by: User, on: date, words: str) -> Tracking:
    """A chapter leaves the lead to the nation: the society follows the measure, where staff find it on their board.

    What position the society takes is proposed and approved like any other; nobody here proposes in its name. Added
    anew it waits for its triage; what staff had put away comes back, in the tier it had.
    """
    with transaction.atomic():
        tracking = Tracking.objects.filter(measure=measure, chapter=None).first()
        if tracking is None:
            tracking = add(measure, chapter=None, by=by, on=on)
        else:
            restore(tracking, tier=tier_before_archive(tracking), by=by, on=on)
        trail.record(by=by, verb="handed over", of=tracking, reason=words)
    return tracking


def decide(tracking: Tracking, triage: Triage, *, by: User, on: date) -> bool:
    """Write what was decided. False when nothing differs."""
    before = _snapshot(tracking, on)
    with transaction.atomic():
        Tracking.objects.filter(pk=tracking.pk).update(
            owner=triage.owner, why=triage.why, effect=triage.effect, likelihood=triage.likelihood
        )
        tracking.issues.set(triage.issues)
        if triage.tier is not None:
            _set_tier(tracking, triage.tier, on)
        tracking.refresh_from_db()
        changes = trail.difference(before, _snapshot(tracking, on))
        if changes:
            trail.record(by=by, verb="edited", of=tracking, changes=changes)
    return bool(changes)


def archive(tracking: Tracking, *, by: User, on: date) -> int | None:
    """Follow it no longer: tier 4. The tier until then, or None; also None where it is archived already."""
    before = _tier_of(tracking, on)
    if before == Tier.ARCHIVE:
        return None
    with transaction.atomic():
        _set_tier(tracking, Tier.ARCHIVE, on)
        _record_tier(tracking, by, "archived", before, Tier.ARCHIVE)
    return before


def restore(tracking: Tracking, *, tier: Tier, by: User, on: date) -> bool:
    """Bring it back from the archive. False where it is not there."""
    if _tier_of(tracking, on) != Tier.ARCHIVE:
        return False
    with transaction.atomic():
        _set_tier(tracking, tier, on)
        _record_tier(tracking, by, "restored", Tier.ARCHIVE, tier)
    return True


def tier_before_archive(tracking: Tracking) -> Tier:
    """The tier to bring it back to: the last one that was no archive; Monitor where there was none."""
    last = tracking.tier_changes.exclude(tier=Tier.ARCHIVE).order_by("-on", "-pk").first()
    return Tier(last.tier) if last else Tier.MONITOR


def watch(tracking: Tracking, *, by: User) -> bool:
    """Hear of it from now on. False when that is so already."""
    with transaction.atomic():
        _row, is_new = TrackingWatcher.objects.get_or_create(tracking=tracking, person=by)
        if is_new:
            trail.record(by=by, verb="watched", of=tracking)
    return is_new


def unwatch(tracking: Tracking, *, by: User) -> bool:
    with transaction.atomic():
        gone, _rows = TrackingWatcher.objects.filter(tracking=tracking, person=by).delete()
        if gone:
            trail.record(by=by, verb="no longer watched", of=tracking)
    return bool(gone)


def note(
    tracking: Tracking, *, text: str, confidentiality: Confidentiality, by: User, now: datetime
) -> TrackingNote:
    """Write a note. The trail says that there is one and who may read it, and none of its words."""
    with transaction.atomic():
        written = TrackingNote.objects.create(
            tracking=tracking, author=by, written_at=now, text=text, confidentiality=confidentiality
        )
        trail.record(by=by, verb="noted", of=tracking, changes={"notes": [None, str(confidentiality.label)]})
    return written


def _tier_of(tracking: Tracking, on: date) -> int | None:
    return Tracking.objects.with_tier(on).get(pk=tracking.pk).tier


def _set_tier(tracking: Tracking, tier: Tier, on: date) -> None:
    """A day has one tier: the last decision of the day is the one that counts."""
    if _tier_of(tracking, on) != tier:
        TierChange.objects.update_or_create(tracking=tracking, on=on, defaults={"tier": tier})


def _snapshot(tracking: Tracking, on: date) -> dict[str, object]:
    tier = _tier_of(tracking, on)
    return trail.snapshot(tracking, _FIELDS) | {"tier": _in_words(tier)}


def _record_tier(tracking: Tracking, by: User, verb: str, before: int | None, after: int) -> None:
    changes = {"tier": [_in_words(before), _in_words(after)]}
    trail.record(by=by, verb=verb, of=tracking, changes=changes)


def _in_words(tier: int | None) -> str | None:
    return str(Tier(tier).label) if tier else None
