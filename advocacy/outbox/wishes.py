"""What readers have asked of their mail, applied in one place.

It is asked when a message is written, when it is claimed, and just before it goes.
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.kernel.schedules import moment_of
from advocacy.outbox.kinds import BUNDLE
from advocacy.outbox.models import MailPreference, OutboundMessage
from advocacy.outbox.streams import DUTIES

_MONDAY, _NINE = 0, time(9)
_USE_OF_A_BUNDLE = timedelta(days=2)
Wishes = dict[tuple[int, str], MailPreference]


def of(messages: Collection[OutboundMessage]) -> Wishes:
    people = {message.user_id for message in messages if message.user_id is not None}
    rows = MailPreference.objects.of(people) if people else ()
    return {(row.user_id, row.stream): row for row in rows}


def refusals(messages: Collection[OutboundMessage], *, now: datetime) -> dict[int, str]:
    """Which of these their readers do not want, or not now, each with the reason in words."""
    found, wishes = {}, of(messages)
    for message in messages:
        if (wish := wishes.get((message.user_id or 0, message.stream))) is None:
            continue
        if wish.is_off:
            found[message.pk] = _("Switched off by the reader.")
        elif wish.paused_until and wish.is_paused(wish.user.today(now)):
            day = formats.date_format(wish.paused_until, "DATE_FORMAT")
            found[message.pk] = _("Paused by the reader until %(day)s.") % {"day": day}
    return found


def hold(messages: Collection[OutboundMessage], *, now: datetime, is_of_use_later: bool) -> None:
    """Keep new messages for Monday where their reader wants one bundle a week.

    What carries a file, or would come too late on Monday, goes by itself.
    """
    may_wait = [
        message
        for message in messages
        if message.stream in DUTIES and message.kind != BUNDLE and not message.attachments
    ]
    wishes = of(may_wait) if may_wait else {}
    for message in may_wait:
        wish = wishes.get((message.user_id or 0, message.stream))
        if wish is None or not wish.is_bundled:
            continue
        monday = next_bundle(wish, after=message.not_before)
        if is_of_use_later or message.expires_at > monday:
            message.is_held, message.not_before = True, monday
            message.expires_at = max(message.expires_at, monday + _USE_OF_A_BUNDLE)


def next_bundle(wish: MailPreference, *, after: datetime) -> datetime:
    """Monday morning at nine where the reader lives."""
    day = wish.user.today(after)
    monday = day + timedelta(days=(_MONDAY - day.weekday()) % 7)
    moment = moment_of(monday, _NINE, wish.user.time_zone)
    return moment if moment > after else moment_of(monday + timedelta(days=7), _NINE, wish.user.time_zone)
