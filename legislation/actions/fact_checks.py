"""Saying that a block of a profile is right, and taking that back on the same day."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.checkers import who_counts
from legislation.models import Block, FactCheck, Official
from legislation.profile_facts import ProfileFacts


class MayNotCheck(Exception):
    """Only advocates, for their chapter, and national staff vouch for a profile."""


class FactsHaveChanged(Exception):
    """The block does not say any more what the person looked at."""


def check(official: Official, block: Block, *, by: User, now: datetime, seen: str) -> FactCheck:
    """Note that `by` found this block right today. `seen` is the fingerprint of what their page showed.

    Twice on one day is once. Raises MayNotCheck, or FactsHaveChanged.
    """
    room, today = who_counts(by), by.today(now)
    if room is None:
        raise MayNotCheck
    if ProfileFacts(official, today).fingerprint(block) != seen:
        raise FactsHaveChanged(_("The record has changed since you opened this page. Please look again."))
    about = {"official": official, "block": block.value, "fingerprint": seen}
    stated = {"checked_for": room.checks_for(by)[:120], "checked_at": now}
    try:
        with transaction.atomic():
            made = FactCheck.objects.create(**about, **stated, checked_by=by, checked_on=today)
            trail.record(by=by, verb="checked", of=made)
    except IntegrityError:
        return FactCheck.objects.of_today(by, today).get(**about)
    return made


def withdraw(official: Official, block: Block, *, by: User, now: datetime) -> bool:
    """Take back what `by` checked today. False where there is nothing to take back: other days stay as they are."""
    with transaction.atomic():
        mine = FactCheck.objects.of_today(by, by.today(now)).filter(official=official, block=block)
        made = list(mine.select_for_update())
        for one in made:
            one.withdrawn_at = now
            one.save(update_fields=["withdrawn_at"])
            trail.record(by=by, verb="took back", of=one)
    return bool(made)
