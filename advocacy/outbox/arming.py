"""Whether this installation may send real mail: armed by a person, and still the one that was armed."""

import os
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.outbox.kinds import label_of
from advocacy.outbox.models import EVERYTHING, Installation, Lane, OutboundMessage

_FILE = "installation"


class _Outside(NamedTuple):
    """What is kept outside the database: whose mail it is, and how far it had come."""

    epoch: str
    newest: int = 0


@dataclass(frozen=True)
class Waiting:
    """Messages of one kind that wait to go."""

    kind: str
    count: int
    oldest: datetime

    @property
    def label(self) -> str:
        return label_of(self.kind)


def installation() -> Installation:
    """The row of this database; made on first sight, not armed."""
    return Installation.objects.get_or_create(pk=1, defaults={"epoch": uuid.uuid4()})[0]


def why_not_armed() -> str:
    """Why nothing leaves, in words; empty where mail may leave."""
    if not settings.MAIL_MAY_LEAVE:
        return _("Mail is switched off for this installation (MAIL_MAY_LEAVE).")
    row = Installation.objects.first()
    if row is None or row.armed_at is None:
        said = row.stopped_because if row else ""
        return said or _("Nobody has armed this installation for real mail yet.")
    outside = _outside()
    if outside.epoch != str(row.epoch) or outside.newest > _newest():
        return _(
            "This database comes from a backup or a copy: look at what would go, then arm the installation again."
        )
    return ""


def remember_how_far() -> None:
    """Note outside the database which message is the newest: one that knows less was put back from a backup."""
    newest, outside = _newest(), _outside()
    if not settings.INSTALLATION_EPOCH and outside.epoch and newest > outside.newest:
        _write(outside._replace(newest=newest))


def in_words() -> str:
    """The state of the mail in one sentence."""
    if settings.MAIL_TRANSPORT == "mailbox":
        return _("No relay is set up: mail is kept in the portal's own mailbox and leaves nowhere.")
    if why := why_not_armed():
        return _("Mail is stopped: %(why)s") % {"why": why}
    return _("Mail leaves by %(relay)s.") % {"relay": f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"}


def would_go() -> list[Waiting]:
    """What waits, by kind: most of a kind first."""
    rows = OutboundMessage.objects.waiting().order_by().values_list("kind")
    found = rows.annotate(count=Count("pk"), oldest=Min("created_at"))
    return sorted((Waiting(*row) for row in found), key=lambda group: (-group.count, group.kind))


def stopped_with_mail(*, now: datetime) -> tuple[str, int]:
    """Why mail is stopped and how many messages wait for that; ("", 0) where nothing waits, or mail leaves."""
    if settings.MAIL_TRANSPORT == "mailbox":
        return "", 0
    waiting, why = OutboundMessage.objects.waiting(), why_not_armed()
    if not why:
        paused = (
            Lane.objects.filter(paused_until__gt=now).exclude(name__startswith="domain:").order_by("name")
        )
        lane = paused.first()
        if lane is None:
            return "", 0
        part, _colon, name = lane.name.partition(":")
        why, waiting = lane.paused_because, waiting.filter(**{part: name}) if name else waiting
    count = waiting.count()
    return (why, count) if count else ("", 0)


def why_it_waits(lanes: Collection[str], *, now: datetime) -> str:
    """Why mail of these lanes does not leave just now; empty where it does."""
    if settings.MAIL_TRANSPORT == "mailbox":
        return ""
    if why := why_not_armed():
        return why
    paused = Lane.objects.filter(name__in=[EVERYTHING, *lanes], paused_until__gt=now).order_by("name")
    return next((lane.paused_because for lane in paused), "")


def arm(*, by: User | None, now: datetime) -> None:
    """Let mail leave from now on. A new epoch is written on both sides, so that older copies stay silent."""
    row = installation()
    row.epoch, row.armed_at, row.armed_by, row.stopped_because = uuid.uuid4(), now, by, ""
    if settings.INSTALLATION_EPOCH:
        # Whoever keeps it in the environment changes it there after a restore; we can only follow.
        row.epoch = uuid.UUID(settings.INSTALLATION_EPOCH)
    else:
        _write(_Outside(str(row.epoch), _newest()))
    row.save()
    trail.record(by=by, verb="armed", of=row)


def disarm(*, by: User | None, because: str) -> None:
    """Nothing leaves until a person arms again: the kill switch."""
    row = installation()
    row.armed_at, row.armed_by, row.stopped_because = None, None, because[:300]
    row.save()
    trail.record(by=by, verb="disarmed", of=row, reason=because)


def _place() -> Path:
    return Path(settings.VAR_DIR) / _FILE


def _outside() -> _Outside:
    """What the file says, if it is still the file that was written here: a copied folder has other ones."""
    if settings.INSTALLATION_EPOCH:
        return _Outside(settings.INSTALLATION_EPOCH)
    try:
        with _place().open() as file:
            epoch, number, newest = file.read().split()
            is_ours = number == str(os.fstat(file.fileno()).st_ino)
    except (FileNotFoundError, ValueError):
        return _Outside("")
    return _Outside(epoch, int(newest)) if is_ours else _Outside("")


def _write(outside: _Outside) -> None:
    """In place, so that the file stays the same one; a half-written one is read as nobody's."""
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("a+") as file:
        number = os.fstat(file.fileno()).st_ino
        file.truncate(0)
        file.write(f"{outside.epoch}\n{number}\n{outside.newest}\n")


def _newest() -> int:
    return OutboundMessage.objects.aggregate(newest=Max("pk"))["newest"] or 0
