"""Whether this installation may send real mail: armed by a person, and still the one that was armed."""

import uuid
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.outbox.models import Installation

_FILE = "installation"


def installation() -> Installation:
    """The row of this database; made on first sight, not armed."""
    return Installation.objects.get_or_create(pk=1, defaults={"epoch": uuid.uuid4()})[0]


def why_not_armed() -> str:
    """Why nothing leaves, in words; empty where mail may leave."""
    if not settings.MAIL_MAY_LEAVE:
        return _("Mail is switched off for this installation (MAIL_MAY_LEAVE).")
    row = installation()
    if row.armed_at is None:
        return row.stopped_because or _("Nobody has armed this installation for real mail yet.")
    if _epoch_outside() != str(row.epoch):
        return _(
            "This database comes from a backup or a copy: look at what would go, then arm the installation again."
        )
    return ""


def arm(*, by: User | None, now: datetime) -> None:
    """Let mail leave from now on. A new epoch is written on both sides, so that older copies stay silent."""
    row = installation()
    row.epoch, row.armed_at, row.armed_by, row.stopped_because = uuid.uuid4(), now, by, ""
    place = _place()
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(str(row.epoch))
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


def _epoch_outside() -> str:
    place = _place()
    return settings.INSTALLATION_EPOCH or (place.read_text().strip() if place.exists() else "")
