"""The mail of this floor."""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream
from campaigns import did_they_answer, letter_mail, refusals, renewals
from campaigns.actions import address_proofs
from campaigns.mailing_work import APPEAL, NOTICE, TEST
from campaigns.models.address_proof import VALID_FOR
from campaigns.reminders import standing

_FIELDS = {"identity": "reminders", "lives_for": standing.OF_USE_FOR, "refusals": standing.changed}

kind(
    standing.kind_of(Stream.DUTY),
    Kind(Delivery.AT_MOST_ONCE, Stream.DUTY, label=_("Daily reminders"), **_FIELDS),  # type: ignore[arg-type]  # named above
)
kind(
    standing.kind_of(Stream.OPTIONAL),
    Kind(Delivery.AT_MOST_ONCE, Stream.OPTIONAL, label=_("Daily hints"), **_FIELDS),  # type: ignore[arg-type]  # named above
)
kind(
    standing.kind_of(Stream.ALERT),
    Kind(Delivery.AT_MOST_ONCE, Stream.ALERT, label=_("Urgent reminders"), priority=20, **_FIELDS),  # type: ignore[arg-type]  # named above
)


def _not_to_renew(messages: Collection[OutboundMessage]) -> dict[int, str]:
    return renewals.refused(messages, now=timezone.now())


kind(
    renewals.KIND,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.CAMPAIGN,
        "news",
        label=_("Renewal of consent"),
        lives_for=timedelta(days=7),
        refusals=_not_to_renew,
    ),
)

# A proof belongs to the letter it is asked for, and goes in the class of letters. Not an account's: who complained of
# us is left alone. Not a campaign's: who wants no appeals may still act. A second copy harms nobody, and one that is
# lost keeps a letter from going.
kind(
    address_proofs.KIND,
    Kind(
        Delivery.AT_LEAST_ONCE,
        Stream.LETTER,
        "news",
        label=_("Confirmation of an address"),
        lives_for=VALID_FOR,
        priority=5,
        refusals=address_proofs.no_longer_asked,
    ),
)
kind(
    APPEAL,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.CAMPAIGN,
        "campaigns",
        label=_("Campaign mail"),
        priority=70,
        refusals=refusals.changed,
    ),
)
kind(
    did_they_answer.KIND,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.CAMPAIGN,
        "campaigns",
        label=_("Question whether an office answered"),
        lives_for=timedelta(days=7),
        priority=75,
        refusals=did_they_answer.refused,
    ),
)
kind(TEST, Kind(Delivery.AT_MOST_ONCE, Stream.CAMPAIGN, "campaigns", label=_("Test mail of a campaign")))
kind(NOTICE, Kind(Delivery.AT_MOST_ONCE, Stream.DUTY, "campaigns", label=_("News of one’s own campaign")))

kind(
    letter_mail.KIND,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.LETTER,
        "letters",
        label=_("Letters of supporters to officials"),
        lives_for=timedelta(days=7),
        priority=30,
        refusals=letter_mail.no_longer_meant,
    ),
)
