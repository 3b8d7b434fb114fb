"""The mail to whoever comes: at most once each, and not at all where it is no longer true."""

from collections.abc import Collection
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from advocacy.events import attendee_mail
from advocacy.events.models import EventStatus, Registration, SurveyAnswer
from advocacy.outbox.kinds import Delivery, Kind, kind
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream

_GONE, _CANCELLED = "The registration is gone.", "The Advocacy Day is cancelled."
_CHANGED, _MOVED = "They have no place any more, or have one now.", "The Advocacy Day has moved."
_ANSWERED, _CLOSED = "They have answered.", "The Advocacy Day is closed."


def _registrations(mails: Collection[OutboundMessage]) -> dict[int, Registration | None]:
    """By the message, from its key `kind:registration:…`."""
    meant = {message.pk: int(message.key.split(":")[1]) for message in mails}
    found = Registration.objects.select_related("event").in_bulk(set(meant.values()))
    return {pk: found.get(key) for pk, key in meant.items()}


def _needless_proofs(mails: Collection[OutboundMessage]) -> dict[int, str]:
    rows = _registrations(mails)
    return {pk: _GONE for pk, row in rows.items() if row is None or not row.is_unproven}


def _outdated_places(mails: Collection[OutboundMessage]) -> dict[int, str]:
    """Who withdrew meanwhile is not told of a place, nor who has one that they wait."""
    rows, refused = _registrations(mails), {}
    for message in mails:
        row = rows[message.pk]
        if row is None:
            refused[message.pk] = _GONE
        elif row.status != message.key.split(":")[2]:
            refused[message.pk] = _CHANGED
    return refused


def _outdated_reminders(mails: Collection[OutboundMessage]) -> dict[int, str]:
    rows, refused = _registrations(mails), {}
    for message in mails:
        row = rows[message.pk]
        if row is None or not row.is_coming:
            refused[message.pk] = _GONE
        elif row.event.status == EventStatus.CANCELLED:
            refused[message.pk] = _CANCELLED
        elif str(row.event.held_on) != message.key.split(":")[2]:
            refused[message.pk] = _MOVED
    return refused


def _needless_surveys(mails: Collection[OutboundMessage]) -> dict[int, str]:
    """Of somebody who was not there after all, was forgotten or has answered; or the day is closed."""
    rows = _registrations(mails)
    answered = set(
        SurveyAnswer.objects.filter(registration__in=[row for row in rows.values() if row]).values_list(
            "registration", flat=True
        )
    )
    refused = {}
    for message in mails:
        row = rows[message.pk]
        if row is None or row.checked_in_at is None or row.email.lower() != message.recipient:
            refused[message.pk] = _GONE
        elif row.pk in answered:
            refused[message.pk] = _ANSWERED
        elif not row.may_answer:
            refused[message.pk] = _CLOSED
    return refused


kind(
    attendee_mail.PROOF,
    # A second copy harms nobody, and one that is lost keeps somebody from coming.
    Kind(
        Delivery.AT_LEAST_ONCE,
        Stream.EVENT,
        "reminders",
        label=_("Confirmation of a registration"),
        priority=5,
        refusals=_needless_proofs,
    ),
)
kind(
    attendee_mail.PLACE,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.EVENT,
        "reminders",
        label=_("Place at an Advocacy Day"),
        lives_for=timedelta(days=5),
        refusals=_outdated_places,
    ),
)
kind(
    attendee_mail.NEWS,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.EVENT,
        "reminders",
        label=_("Advocacy Day changed or cancelled"),
        lives_for=timedelta(days=5),
        priority=20,
    ),
)
kind(
    attendee_mail.REMINDER,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.EVENT,
        "reminders",
        label=_("Reminder of an Advocacy Day"),
        refusals=_outdated_reminders,
    ),
)
kind(
    attendee_mail.LEFT,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.DUTY,
        "reminders",
        label=_("Somebody left a team"),
        lives_for=timedelta(days=5),
    ),
)
kind(
    attendee_mail.SURVEY,
    Kind(
        Delivery.AT_MOST_ONCE,
        Stream.EVENT,
        "reminders",
        label=_("Survey after an Advocacy Day"),
        lives_for=timedelta(days=5),
        refusals=_needless_surveys,
    ),
)
