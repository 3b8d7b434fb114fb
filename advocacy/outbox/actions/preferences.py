"""Switching a class of mail off and on, pausing duties, bundling them: the reader's own choices, each in the trail."""

from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.outbox.actions import messages
from advocacy.outbox.models import MailPreference, OutboundMessage
from advocacy.outbox.streams import MAY_BE_OFF, Stream


class CannotBeAsked(ValueError):
    """This class of mail knows no such wish."""


def switch_off(user: User, stream: str, *, now: datetime, how: str) -> bool:
    """No more mail of this class, from now on: what waits is cancelled. `how` says by which way it was asked."""
    if stream not in MAY_BE_OFF:
        raise CannotBeAsked(stream)
    is_new = _wish(user, stream, verb="switched off mail", reason=how, now=now, is_off=True)
    waiting = OutboundMessage.objects.waiting().sent_to(user).filter(stream=stream)
    messages.take_back(waiting.only("pk"), because=_("Switched off by the reader."), now=now)
    return is_new


def switch_on(user: User, stream: str, *, now: datetime, how: str) -> bool:
    if stream not in MAY_BE_OFF:
        raise CannotBeAsked(stream)
    return _wish(user, stream, verb="switched on mail", reason=how, now=now, is_off=False)


def pause(user: User, *, until: date | None, now: datetime, how: str) -> bool:
    """No mail about duties before that day; None ends the pause."""
    if until is None:
        return _wish(user, Stream.DUTY, verb="resumed mail", reason=how, now=now, paused_until=None)
    if until <= user.today(now):
        raise CannotBeAsked(_("Choose a day to come."))
    day = formats.date_format(until, "DATE_FORMAT")
    reason = f"{how} ({day})"
    return _wish(user, Stream.DUTY, verb="paused mail", reason=reason, now=now, paused_until=until)


def bundle(user: User, *, weekly: bool, now: datetime, how: str) -> bool:
    """Mail about duties in one bundle on Monday, or each as it comes; what is held comes with the next bundle."""
    verb = "bundled mail" if weekly else "unbundled mail"
    return _wish(user, Stream.DUTY, verb=verb, reason=how, now=now, is_bundled=weekly)


def asked_to_hand_over(user: User, *, now: datetime, how: str) -> None:
    """The person wants to give the role up; the page they are sent to does it."""
    row = MailPreference.objects.get_or_create(user=user, stream=Stream.DUTY, defaults={"changed_at": now})[0]
    trail.record(by=user, verb="asked to hand over", of=row, reason=how)


def _wish(user: User, stream: str, *, verb: str, reason: str, now: datetime, **values: Any) -> bool:
    """False when it is so already."""
    row = MailPreference.objects.get_or_create(user=user, stream=stream, defaults={"changed_at": now})[0]
    other = MailPreference.objects.filter(pk=row.pk).exclude(**values)
    if not other.update(changed_at=now, **values):
        return False
    trail.record(by=user, verb=verb, of=row, reason=reason)
    return True
