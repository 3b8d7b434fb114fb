"""Implied consent that ends soon: each person is asked once to say so in words, while they may still be asked.

Who lives under a law that asks for no consent has nothing to renew. The question says who asks, for whom, and where
they are found by post (CASL, s. 10(1) and 6(2)): where no postal address is entered, nobody is asked until it is.
"""

import logging
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.models import OutboundMessage
from campaigns import audience, contact_links
from campaigns.actions import consents
from campaigns.actions.consents import Evidence
from campaigns.appeals import named
from campaigns.consent_state import ConsentState, Standing, states
from campaigns.consent_terms import months_before
from campaigns.contact_links import Renewal
from campaigns.letterhead import Letterhead, letterhead_of
from campaigns.models import Basis, Consent, ConsentKind, ConsentSource, Contact, ContactQuerySet
from members.models import Chapter, RoleAssignment, Society
from members.taskforce.roster import society_day

logger = logging.getLogger(__name__)
KIND = "campaigns.renewal"
ASKED_BEFORE = timedelta(days=30)
WORDS_VERSION = "renewal 1"
_OVER = gettext_lazy("The consent is over, was renewed, or was taken back.")


def words(chapter: Chapter | None) -> str:
    """What the person agrees to, in the language of the page."""
    name = str(chapter) if chapter else str(Society.objects.first() or "")
    return _("Yes, %(name)s may write to me by e-mail about its campaigns. I can stop this at any time.") % {
        "name": name
    }


def ask(*, now: datetime) -> int:
    """Write to everybody whose consent ends within thirty days, once for each end. Returns how many letters."""
    return sum(_ask(chapter, bundle, now=now) for chapter, bundle in _bundles(society_day(now)))


def _ask(chapter: Chapter | None, bundle: list[Contact], *, now: datetime) -> int:
    left_alone = {pk for pk, _skip in audience.left_alone(bundle)}
    ending = {
        contact.pk: state.expires_on
        for contact, state in _with_states(bundle, chapter, now)
        if contact.pk not in left_alone and _ends_soon(contact, state, society_day(now))
    }
    keys = {
        contact.pk: _key(contact, chapter, ending[contact.pk]) for contact in bundle if contact.pk in ending
    }
    whole = [f"{KIND}:{key}" for key in keys.values()]
    asked = set(OutboundMessage.objects.filter(key__in=whole).values_list("key", flat=True))
    new = [contact for contact in bundle if contact.pk in keys and f"{KIND}:{keys[contact.pk]}" not in asked]
    head = letterhead_of(chapter)
    if new and not head.postal_address:
        logger.warning("Nobody is asked to renew consent: enter the postal address of the society.")
        return 0
    with transaction.atomic():
        for contact in new:
            letter = _letter(contact, head, ending[contact.pk])
            messages.post(KIND, letter, key=keys[contact.pk], now=now)
    return len(new)


def _bundles(today: date) -> Iterator[tuple[Chapter | None, list[Contact]]]:
    """Those whose consent may end soon, by whose mail it is about."""
    until = today + ASKED_BEFORE
    rows = Consent.objects.filter(
        kind=ConsentKind.IMPLIED, expires_on__gt=today, expires_on__lte=until
    ).order_by()
    # A role counts for two years after its end; a few days more are looked at, and the state decides.
    roles = RoleAssignment.objects.filter(
        ends_on__gte=months_before(today, Basis.MEMBERSHIP),
        ends_on__lte=months_before(until, Basis.MEMBERSHIP),
    ).order_by()
    places: dict[int | None, Chapter | None] = {None: None}
    places |= Chapter.objects.in_bulk({*rows.values_list("chapter", flat=True)} - {None})
    places |= Chapter.objects.in_bulk({*roles.values_list("chapter", flat=True)} - {None})
    for pk, chapter in places.items():
        meant = models.Q(pk__in=rows.filter(chapter=pk).values("contact"))
        if chapter is not None:
            meant |= models.Q(user__in=roles.filter(chapter=pk).values("person"))
        people = ContactQuerySet(Contact).known().filter(meant)
        for bundle in audience.in_bundles(people):
            yield chapter, bundle


def _with_states(
    contacts: Collection[Contact], chapter: Chapter | None, now: datetime
) -> Iterator[tuple[Contact, ConsentState]]:
    found = states(contacts, chapter, now)
    return ((contact, found[contact.pk]) for contact in contacts)


def _ends_soon(contact: Contact, state: ConsentState, today: date) -> bool:
    if state.standing != Standing.IMPLIED or state.expires_on is None or not contact.is_under_canadian_law:
        return False
    return state.expires_on <= today + ASKED_BEFORE


def _key(contact: Contact, chapter: Chapter | None, expires_on: date | None) -> str:
    return f"{contact.pk}:{chapter.pk if chapter else 0}:{expires_on}"


def _letter(contact: Contact, head: Letterhead, expires_on: date | None) -> Letter:
    assert expires_on is not None  # noqa: S101 (only consent that ends is renewed)
    chapter = head.chapter
    with translation.override(contact.language):
        context = head.frame | {
            "name": named(contact),
            "expires_on": expires_on,
            "link": contact_links.renewal_link(contact, chapter, expires_on),
            "preferences": contact_links.preference_link(contact),
        }
        subject = render_to_string("campaigns/mail/renewal_subject.txt", context)
        return Letter(
            to=contact.email,
            subject=" ".join(subject.split()),
            text=render_to_string("campaigns/mail/renewal.txt", context),
            html=render_to_string("campaigns/mail/renewal.html", context),
            user=contact.user,
            why=_("You get this because your consent to our campaign mail ends soon."),
            scope=f"chapter:{chapter.pk}" if chapter else "society",
            sender=head.sender,
            headers=head.headers,
        )


def refused(written: Collection[OutboundMessage], *, now: datetime) -> dict[int, str]:
    """Between writing and sending the person may have said yes, or no."""
    found = {}
    by_scope: dict[str, list[OutboundMessage]] = {}
    for message in written:
        by_scope.setdefault(message.scope, []).append(message)
    for scope, some in by_scope.items():
        chapter = Chapter.objects.filter(pk=scope.partition(":")[2] or 0).first()
        people = {one.email: one for one in Contact.objects.filter(email__in=[row.recipient for row in some])}
        known = states(list(people.values()), chapter, now)
        for message in some:
            contact = people.get(message.recipient)
            if contact is None or known[contact.pk].standing != Standing.IMPLIED:
                found[message.pk] = str(_OVER)
    return found


def accept(renewal: Renewal, *, page_url: str, ip_hash: str, now: datetime) -> bool:
    """The person pressed the button: express consent, with the words they saw. Pressed twice it is one."""
    contact, chapter, _expires_on = renewal
    if states([contact], chapter, now)[contact.pk].standing == Standing.EXPRESS:
        return False
    evidence = Evidence(
        ConsentSource.FORM,
        words=words(chapter),
        words_version=WORDS_VERSION,
        language=translation.get_language() or "",
        page_url=page_url,
        ip_hash=ip_hash,
    )
    return consents.give(contact, chapter=chapter, evidence=evidence, now=now) is not None
