"""How many acts are taken, in which time: shown on the page, and raised for a hall full of people by the settings."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.kernel import limits
from campaigns.gate import texts

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Full(NamedTuple):
    """A limit is reached until then."""

    again_at: datetime


def by_client(client: str, *, now: datetime) -> Full | None:
    return _full("campaigns.client", client, settings.ACTS_AN_HOUR_FROM_ONE_CLIENT, HOUR, now)


def by_address(email: str, *, now: datetime) -> Full | None:
    return _full("campaigns.address", email.strip().lower(), settings.ACTS_A_DAY_FROM_ONE_ADDRESS, DAY, now)


def in_campaign(campaign_id: int, *, among: str = "", now: datetime) -> Full | None:
    """`among` names a crowd that is counted by itself."""
    return _full(
        "campaigns.campaign", f"{campaign_id}{among}", settings.ACTS_AN_HOUR_IN_ONE_CAMPAIGN, HOUR, now
    )


def of_text(campaign_id: int, text: str, *, now: datetime) -> Full | None:
    """The same personal text in one campaign, from whomever."""
    if not (digest := texts.digest_of(text)):
        return None
    return _full("campaigns.text", f"{campaign_id}:{digest}", settings.ACTS_A_DAY_WITH_ONE_TEXT, DAY, now)


def in_words() -> list[str]:
    """What the page says about its limits."""
    from_client = settings.ACTS_AN_HOUR_FROM_ONE_CLIENT
    from_address = settings.ACTS_A_DAY_FROM_ONE_ADDRESS
    return [
        ngettext(
            "From one internet connection %(count)d message is taken in an hour.",
            "From one internet connection %(count)d messages are taken in an hour.",
            from_client,
        )
        % {"count": from_client},
        ngettext(
            "From one e-mail address %(count)d message is taken in a day.",
            "From one e-mail address %(count)d messages are taken in a day.",
            from_address,
        )
        % {"count": from_address},
        _("Nothing is sent in your name before you have confirmed your address by the link we mail you."),
    ]


def _full(name: str, who: str, most: int, per: timedelta, now: datetime) -> Full | None:
    taken = limits.take(name, who, most=most, per=per, now=now)
    return None if taken.is_allowed else Full(taken.again_at)
