"""Whom a campaign asks, and whom it leaves out and why: each address once, each with one reason."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import formats, timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.outbox.models import NOT_DELIVERED, MailPreference, Reason, Suppression, fingerprint_of
from advocacy.outbox.streams import Stream
from campaigns import consent_state
from campaigns.consent_state import ConsentState, Standing
from campaigns.models import (
    ASKS,
    Campaign,
    Contact,
    ContactQuerySet,
    ListEntry,
    Participation,
    ParticipationState,
    Purpose,
    Recipient,
)
from members.models import RoleAssignment
from members.taskforce.roster import society_day

# One ask in seven days (DOMAIN.md W4, step 5), whoever asks.
ONE_ASK_IN = timedelta(days=7)
BUNDLE = 1_000


class SkipReason(models.TextChoices):
    """The first that holds, in this order, is the one that is told."""

    ERASED = "erased", _("Asked to be forgotten")
    UNSUBSCRIBED = "unsubscribed", _("Unsubscribed")
    SUPPRESSED = "suppressed", _("Mail to this address fails, or was complained about")
    NO_CONSENT = "no_consent", _("No consent on record")
    LAPSED_CONSENT = "lapsed_consent", _("Implied consent is over")
    ACTED_ALREADY = "acted_already", _("Took part already")
    ASKED_LATELY = "asked_lately", _("Asked within seven days")
    NO_LANGUAGE = "no_language", _("Nothing written in their language")


_RANK = {reason: rank for rank, reason in enumerate(SkipReason)}


@dataclass(frozen=True)
class Skip:
    """Why somebody is not asked; `detail` says when, or how we know."""

    reason: SkipReason
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.reason.label} ({self.detail})" if self.detail else str(self.reason.label)


def audience_of(campaign: Campaign, now: datetime) -> ContactQuerySet:
    """Everybody on its lists, and everybody with a role in the chapters taking part: each address once.

    People with a role are found once `actions.contacts.for_members` has made contacts of them.
    """
    listed = ListEntry.objects.filter(contact_list__in=campaign.lists.filter(is_test=False)).order_by()
    meant = Q(pk__in=listed.values("contact"))
    if campaign.asks_members:
        roles = RoleAssignment.objects.in_force(society_day(now)).order_by()
        held = roles.filter(Q(chapter__in=campaign.chapters.all()) | Q(chapter=campaign.chapter_id or 0))
        meant |= Q(user__in=held.values("person"), user__is_active=True)
    return ContactQuerySet(Contact).known().filter(meant)


def in_bundles(contacts: ContactQuerySet, size: int = BUNDLE) -> Iterator[list[Contact]]:
    """All of them by key, a bundle at a time: memory stays flat, and rows that come or go meanwhile shift nothing."""
    after = 0
    while bundle := list(contacts.filter(pk__gt=after).select_related("chapter").order_by("pk")[:size]):
        yield bundle
        after = bundle[-1].pk


def skips(
    contacts: Collection[Contact], campaign: Campaign, now: datetime, purpose: str = Purpose.LAUNCH
) -> dict[int, Skip]:
    """Those of these who do not get this mail, each with the first reason. The queries do not grow with them."""
    told = chain(
        ((contact.pk, Skip(SkipReason.ERASED)) for contact in contacts if contact.is_erased),
        left_alone(contacts),
        _without_consent(contacts, campaign, now),
        _asked_enough(contacts, campaign, now) if purpose in ASKS else (),
        _without_words(contacts, campaign, purpose),
    )
    found: dict[int, Skip] = {}
    for pk, skip in told:
        if pk not in found or _RANK[skip.reason] < _RANK[found[pk].reason]:
            found[pk] = skip
    return found


def lately_asked(contacts: Collection[Contact], but: Campaign, now: datetime) -> dict[int, datetime]:
    """When those of these were last asked who were asked within seven days by any campaign but this one.

    A campaign's own reminders follow its ask by days, and are counted by their purpose.
    """
    asks = Recipient.objects.written_to().filter(
        contact__in=[contact.pk for contact in contacts],
        mailing__purpose__in=ASKS,
        decided_at__gt=now - ONE_ASK_IN,
    )
    arrived = asks.exclude(mailing__campaign=but).exclude(message__state__in=NOT_DELIVERED)
    return dict(arrived.order_by("decided_at", "pk").values_list("contact", "decided_at"))


def left_alone(contacts: Collection[Contact]) -> Iterator[tuple[int, Skip]]:
    """What the outbox would refuse: the people's own wishes, and what mail servers said."""
    yield from _switched_off(contacts)
    marks = {fingerprint_of(contact.email): contact.pk for contact in contacts}
    rows = Suppression.objects.covering(marks).filter(stream__in=("", Stream.CAMPAIGN)).order_by("pk")
    for row in rows:
        if row.reason == Reason.UNSUBSCRIBED:
            yield marks[row.address], Skip(SkipReason.UNSUBSCRIBED, _since(row.made_at))
        else:
            yield marks[row.address], Skip(SkipReason.SUPPRESSED, str(row.get_reason_display()))


def _switched_off(contacts: Collection[Contact]) -> Iterator[tuple[int, Skip]]:
    """Wishes of people with a sign-in, found by the person, or by the address as the outbox does."""
    by_user = {contact.user_id: contact.pk for contact in contacts if contact.user_id}
    by_address = {contact.email: contact.pk for contact in contacts}
    off = MailPreference.objects.filter(stream=Stream.CAMPAIGN, is_off=True)
    rows = off.annotate(address=Lower("user__email")).filter(Q(user__in=by_user) | Q(address__in=by_address))
    for user, address, changed_at in rows.order_by("pk").values_list("user_id", "address", "changed_at"):
        for pk in (by_user.get(user), by_address.get(address)):
            if pk is not None:
                yield pk, Skip(SkipReason.UNSUBSCRIBED, _since(changed_at))


def _without_consent(
    contacts: Collection[Contact], campaign: Campaign, now: datetime
) -> Iterator[tuple[int, Skip]]:
    for pk, state in consent_state.states(contacts, campaign.chapter, now).items():
        if state.standing == Standing.WITHDRAWN:
            yield pk, said_no(state)
        elif state.standing == Standing.LAPSED:
            yield pk, Skip(SkipReason.LAPSED_CONSENT, _day(state.expires_on))
        elif not state.may_be_asked:
            yield pk, Skip(SkipReason.NO_CONSENT)


def said_no(state: ConsentState) -> Skip:
    return Skip(SkipReason.UNSUBSCRIBED, _day(state.since))


def _asked_enough(
    contacts: Collection[Contact], campaign: Campaign, now: datetime
) -> Iterator[tuple[int, Skip]]:
    """Who did what they were asked for is not asked again; nobody is asked twice in a week."""
    acted = Participation.objects.filter(campaign=campaign, contact__in=[contact.pk for contact in contacts])
    for pk in acted.exclude(state=ParticipationState.REFUSED).values_list("contact", flat=True):
        yield pk, Skip(SkipReason.ACTED_ALREADY)
    for pk, moment in lately_asked(contacts, campaign, now).items():
        yield pk, Skip(SkipReason.ASKED_LATELY, _since(moment))


def _without_words(
    contacts: Collection[Contact], campaign: Campaign, purpose: str
) -> Iterator[tuple[int, Skip]]:
    written = set(campaign.appeals.filter(purpose=purpose).values_list("language", flat=True))
    for contact in contacts:
        if contact.language not in written:
            yield contact.pk, Skip(SkipReason.NO_LANGUAGE, str(contact.get_language_display()))


def _since(moment: datetime) -> str:
    return _day(timezone.localdate(moment))


def _day(day: date | None) -> str:
    return gettext("since %(day)s") % {"day": formats.date_format(day, "DATE_FORMAT")} if day else ""
