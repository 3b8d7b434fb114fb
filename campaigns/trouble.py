"""What needs a person: acts that were held, letters and mail that failed, mailings that stand still."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.outbox.models import MessageState
from campaigns.models import Campaign, Confirmation, Letter, Mailing, MailingState, Participation, Recipient

# A mailing that is being written decides about somebody every few seconds.
STANDS_STILL_AFTER = timedelta(minutes=15)
# What a person looks into: refused and uncertain mail, and what broke on our side.
FAILED_MAIL = (MessageState.REJECTED, MessageState.UNCERTAIN, MessageState.FAILED)


@dataclass(frozen=True)
class Trouble:
    """`model` and `query` name the list of its rows; `of` is the field there that names the campaign."""

    label: str | Promise
    advice: str | Promise
    count: int
    model: str
    query: dict[str, str]
    of: str


def still(rows: QuerySet[Mailing], now: datetime) -> QuerySet[Mailing]:
    """Mailings that are being written and about whose people nothing was decided for a while."""
    since = now - STANDS_STILL_AFTER
    lately = Recipient.objects.filter(mailing=OuterRef("pk"), decided_at__gt=since).order_by()
    return rows.filter(~Exists(lately), state=MailingState.PREPARING, begun_at__lte=since)


def failed_mail() -> Q:
    return Q(message__state__in=FAILED_MAIL)


def failed_letters() -> Q:
    """Not delivered, or nobody knows; of those not taken to their office yet nothing is said here."""
    return Q(confirmation=Confirmation.FAILED) | Q(message__state__in=FAILED_MAIL)


def found(user: User, now: datetime, campaign: Campaign | None = None) -> list[Trouble]:
    """Of one campaign, or of all that the person sees; in as many queries as there are kinds of trouble."""

    def of(rows: Any, field: str) -> Any:
        seen = rows.visible_to(user).order_by()
        return seen.filter(**{field: campaign}) if campaign else seen

    return [
        Trouble(
            _("Held for a person to look at"),
            _("Let them through, or refuse them: until then nothing of them leaves."),
            of(Participation.objects.held(), "campaign").count(),
            "participation",
            {"state__exact": "held"},
            "campaign",
        ),
        Trouble(
            _("Letters that could not be delivered, or of which nobody knows"),
            _(
                "Look at the address of the office, and at the message: supporters see on their receipt that it failed."
            ),
            of(Letter.objects.filter(failed_letters()), "participation__campaign").count(),
            "letter",
            {"mail": "trouble"},
            "participation__campaign",
        ),
        Trouble(
            _("Supporters’ mail that was refused or is uncertain"),
            _("Open the message: it says what the mail server answered, and what can be done."),
            of(Recipient.objects.filter(failed_mail()), "mailing__campaign").count(),
            "recipient",
            {"mail": "trouble"},
            "mailing__campaign",
        ),
        Trouble(
            _("Mailings that stand still"),
            _("Nothing was written for fifteen minutes: pause the campaign and resume it, and it goes on."),
            of(still(Mailing.objects.all(), now), "campaign").count(),
            "mailing",
            {"mail": "still"},
            "campaign",
        ),
    ]
