"""Leaving an address alone, and the one way back."""

from datetime import datetime

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.outbox.models import Reason, Suppression, fingerprint_of


def add(
    address: str,
    *,
    reason: Reason,
    now: datetime,
    stream: str = "",
    evidence: str = "",
    by: User | None = None,
) -> Suppression:
    """No more mail of this class to this address, of any but account mail if none is named. Twice is once."""
    known = fingerprint_of(address)
    return add_for(known, reason=reason, now=now, stream=stream, evidence=evidence, by=by)


def add_for(
    fingerprint: str,
    *,
    reason: Reason,
    now: datetime,
    stream: str = "",
    evidence: str = "",
    by: User | None = None,
) -> Suppression:
    """The same where only the fingerprint of the address is known."""
    row, is_new = Suppression.objects.get_or_create(
        address=fingerprint,
        stream=stream,
        lifted_at=None,
        defaults={"reason": reason, "evidence": evidence[:500], "made_at": now},
    )
    if is_new:
        trail.record(by=by, verb="added", of=row, reason=str(reason.label))
    return row


def lift(suppression: Suppression, *, by: User, because: str, now: datetime) -> bool:
    """Write to the address again. False when somebody was faster."""
    changed = (
        Suppression.objects.in_force()
        .filter(pk=suppression.pk)
        .update(lifted_at=now, lifted_by=by, lifted_because=because[:300])
    )
    if changed:
        trail.record(by=by, verb="lifted", of=suppression, reason=because)
    return changed == 1
