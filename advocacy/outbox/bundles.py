"""One bundle a week: what was held for a reader becomes one message on Monday morning."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.outbox import ledger
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.kinds import BUNDLE
from advocacy.outbox.models import MessageState, OutboundMessage


def bundle_up(*, now: datetime) -> int:
    """Put together what is held and due, reader by reader. Returns how many bundles were written."""
    due = OutboundMessage.objects.held(now).order_by().values_list("user", flat=True).distinct()
    return sum(_bundle_for(user, now=now) for user in User.objects.filter(pk__in=due).order_by("pk"))


@transaction.atomic
def _bundle_for(user: User, *, now: datetime) -> bool:
    rows = OutboundMessage.objects.held(now).sent_to(user).order_by("created_at", "pk")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update()
    parts = _still_meant(list(rows), now=now)
    if not parts:
        return False
    with translation.override(user.language), timezone.override(ZoneInfo(user.time_zone)):
        whole = messages.post(BUNDLE, _letter(user, parts), key=f"{user.pk}:{parts[0].pk}", now=now)
        is_going = whole.state == MessageState.PENDING
        said = _("It came within the weekly bundle.") if is_going else whole.resolution
        messages.take_back(parts, because=said, now=now)
    return True


def _still_meant(parts: list[OutboundMessage], *, now: datetime) -> list[OutboundMessage]:
    """Without those whose cause has gone while they waited for Monday: they are taken back, and say why."""
    refused = ledger.refusals(parts, now=now)
    for part in parts:
        if part.pk in refused:
            messages.take_back([part], because=refused[part.pk][1], now=now)
    return [part for part in parts if part.pk not in refused]


def _letter(user: User, parts: list[OutboundMessage]) -> Letter:
    count = ngettext(
        "%(count)d message about your duties", "%(count)d messages about your duties", len(parts)
    )
    texts = [_part(part) for part in parts]
    return Letter(
        to=user.email,
        subject=count % {"count": len(parts)},
        text="\n\n\n".join(texts),
        user=user,
        why=_("You asked for mail about your duties once a week."),
    )


def _part(part: OutboundMessage) -> str:
    return f"{part.subject}\n{'=' * len(part.subject)}\n\n{part.own_words}"
