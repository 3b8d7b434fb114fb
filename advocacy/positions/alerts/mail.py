"""The mail of alerts: one at once, or one digest, in the reader's language and by the reader's clock."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Attachment, Letter
from advocacy.outbox.models import OutboundMessage
from advocacy.positions.alerts.lines import Line, lines_for, select_parts
from advocacy.positions.alerts.standing import KIND
from advocacy.positions.models import Alert, Cadence
from legislation import hearing_files
from legislation.models import Hearing

MOST_LINES = 50


def post(person: User, alerts: Sequence[Alert], *, now: datetime) -> OutboundMessage:
    """Write one mail that tells of these, in the caller's transaction.

    The alerts make its key: the same ones are never told twice, and what is left of a mail that was taken back is new.
    """
    key = f"{person.pk}:{'-'.join(str(row.pk) for row in alerts)}"
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        return messages.post(KIND, _letter(person, alerts, now=now), key=key, now=now)


def _letter(person: User, alerts: Sequence[Alert], *, now: datetime) -> Letter:
    rows = select_parts(alerts[:MOST_LINES])
    lines = lines_for(person, rows)
    is_digest = all(row.cadence != Cadence.AT_ONCE for row in alerts)
    portal = str(settings.PORTAL_URL)
    context = {
        "name": person.get_short_name(),
        "lines": lines,
        "count": len(alerts) - len(rows) + len(lines),
        "more": len(alerts) - len(rows),
        "first": lines[0].title,
        "is_digest": is_digest,
        "has_hearing": any(row.event.is_of_a_hearing for row in rows),
        "all_alerts": portal + reverse("tracking:alert_list"),
        "choices": portal + reverse("tracking:alert_cadence"),
    }
    subject = render_to_string("positions/mail/alerts_subject.txt", context)
    return Letter(
        to=person.email,
        subject=" ".join(subject.split()),
        text=render_to_string("positions/mail/alerts.txt", context),
        html=render_to_string("positions/mail/alerts.html", context),
        user=person,
        why=_why(lines),
        headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        attachments=_calendar(rows, now=now),
    )


def _why(lines: Sequence[Line]) -> str:
    if len(lines) == 1 and len(lines[0].reasons) == 1:
        return lines[0].reasons[0]
    return _("You own or watch these measures, or testify at these hearings.")


def _calendar(rows: Sequence[Alert], *, now: datetime) -> list[Attachment]:
    """The hearings as they are now. A calendar that has one of them changes its entry and makes no second."""
    keys = {row.event.hearing_id for row in rows if row.event.hearing_id}
    if not keys:
        return []
    hearings = (
        Hearing.objects.filter(pk__in=keys).select_related("committee").prefetch_related("measures__session")
    )
    content = hearing_files.calendar_of(list(hearings.order_by("starts_at", "pk")), now=now)
    return [Attachment("hearings.ics", "text/calendar; charset=utf-8; method=PUBLISH", content)]
