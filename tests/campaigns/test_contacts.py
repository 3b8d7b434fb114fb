"""Contacts: added once, corrected, made of members, forgotten without losing what was counted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.audit.models import Entry
from advocacy.outbox.actions import preferences
from advocacy.outbox.models import OutboundMessage, Suppression, fingerprint_of
from campaigns.actions import contacts
from campaigns.actions.contacts import AlreadyThere, WantsToBeLeftAlone
from campaigns.models import Consent, Contact, ContactList, ListEntry, Withdrawal
from tests.cast import NOW, Cast
from tests.factories.contacts import ContactFactory, listed, said_yes
from tests.factories.people import UserFactory, member_of
from tests.outbox.posting import ASK, now_of, posted

DAY = timedelta(days=1)


def test_an_address_in_any_case_is_one_contact(cast: Cast):
    first = contacts.add(email="Kim@Example.org ", now=NOW, by=cast.jordan)

    with pytest.raises(AlreadyThere) as problem:
        contacts.add(email="kim@example.ORG", now=NOW, by=cast.jordan)
    assert (problem.value.contact, first.email) == (first, "kim@example.org")


def test_a_suppressed_address_is_not_put_back(cast: Cast):
    Suppression.objects.create(
        address=fingerprint_of("kim@example.org"), stream="campaign", reason="unsubscribed", made_at=NOW
    )

    with pytest.raises(WantsToBeLeftAlone):
        contacts.add(email="Kim@example.org", now=NOW, by=cast.jordan)
    assert not Contact.objects.exists()


def test_the_trail_of_a_correction_names_neither_person_nor_address(cast: Cast):
    contact = ContactFactory(full_name="Kim Ito", email="kim@example.org", email_proven_at=NOW)

    contacts.correct(contact, by=cast.jordan, full_name="Kim Itoh", email="KIM@else.example", language="fr")

    entry = Entry.objects.about(contact).get()
    assert (entry.label, entry.reason) == (f"Contact {contact.pk}", "name, e-mail address")
    assert entry.changes == {"language": ["English", "French"]}
    contact.refresh_from_db()
    assert (contact.email, contact.email_proven_at) == ("kim@else.example", None)


def test_what_is_said_again_changes_nothing(cast: Cast):
    contact = ContactFactory()

    assert not contacts.correct(contact, by=None, full_name=contact.full_name, email=contact.email.upper())
    assert not Entry.objects.about(contact).exists()


def test_an_address_of_another_contact_is_refused(cast: Cast):
    one, other = ContactFactory(), ContactFactory()

    with pytest.raises(AlreadyThere):
        contacts.correct(one, by=None, email=other.email)


def test_who_is_forgotten_leaves_the_count_and_nothing_of_themselves(cast: Cast):
    contact = ContactFactory(full_name="Kim Ito", email="kim@example.org", postal_code="77004")
    listed(contact)
    said_yes(contact)
    waiting = posted("kim@example.org", of=ASK, now=NOW - DAY)
    sent = posted("kim@example.org", of=ASK, key="sent", now=NOW - DAY)
    OutboundMessage.objects.filter(pk=sent.pk).update(state="sent", settled_at=NOW)

    assert contacts.erase(contact, now=NOW)

    kept = Contact.objects.get(pk=contact.pk)
    assert (str(kept), kept.full_name, kept.postal_code, kept.search_text) == (
        f"Contact {kept.pk}",
        "",
        "",
        "",
    )
    assert (Consent.objects.count(), Withdrawal.objects.get().how) == (1, "erasure")
    assert not ListEntry.objects.exists()
    assert Suppression.objects.get().address == fingerprint_of("kim@example.org")
    assert (now_of(waiting).state, now_of(sent).recipient) == ("cancelled", kept.email)
    assert "Kim" not in "".join(Entry.objects.values_list("label", flat=True))
    assert not contacts.erase(kept, now=NOW)


def test_the_forgotten_address_cannot_come_back_by_a_list(cast: Cast):
    contact = ContactFactory(email="kim@example.org")
    contacts.erase(contact, now=NOW)

    with pytest.raises(WantsToBeLeftAlone):
        contacts.add(email="kim@example.org", now=NOW)


def test_people_with_a_role_become_contacts_of_their_chapter(cast: Cast):
    assert contacts.for_members([cast.saint_laurent, cast.cascadia_north], now=NOW) == 2

    elise = Contact.objects.get(user=cast.elise)
    assert (elise.email, elise.language, elise.country, elise.chapter) == (
        cast.elise.email,
        "fr",
        "CA",
        cast.saint_laurent,
    )
    assert "elise" in elise.search_text
    assert contacts.for_members([cast.saint_laurent], now=NOW) == 0


def test_a_member_who_stands_on_a_list_is_the_same_contact(cast: Cast):
    known = ContactFactory(email=cast.sam.email, full_name="S. Reed")

    contacts.for_members([cast.gulf_prairie], now=NOW)

    known.refresh_from_db()
    assert (known.user, Contact.objects.filter(email=cast.sam.email).count()) == (cast.sam, 1)


def test_a_member_who_stopped_campaign_mail_does_not_become_a_contact(cast: Cast):
    preferences.switch_off(cast.elise, "campaign", now=NOW, how="test")

    assert contacts.for_members([cast.saint_laurent], now=NOW) == 0


def test_a_member_who_moved_to_another_address_is_written_to_there(cast: Cast):
    contact = ContactFactory(user=cast.elise, email="old@example.org", email_proven_at=NOW)

    contacts.for_members([cast.saint_laurent], now=NOW)

    contact.refresh_from_db()
    assert (contact.email, contact.email_proven_at) == (cast.elise.email, None)


@pytest.mark.parametrize("count", [1, 3])
def test_contacts_of_members_are_made_in_a_fixed_number_of_queries(cast: Cast, count: int):
    for _number in range(count):
        member_of(cast.hill_country, person=UserFactory())

    with CaptureQueriesContext(connection) as queries:
        contacts.for_members([cast.hill_country], now=NOW)

    assert len(queries) == 8


def test_advocates_see_the_contacts_of_their_chapter_and_staff_all(cast: Cast):
    ours, theirs = ContactFactory(chapter=cast.gulf_prairie), ContactFactory(chapter=cast.hill_country)
    own_list, society_list = listed(ours, chapter=cast.gulf_prairie), listed(theirs, name="Society")
    for contact in (ours, theirs):
        said_yes(contact)

    for who, people in (
        (cast.dana, [ours]),
        (cast.jordan, [ours, theirs]),
        (cast.sam, []),
        (cast.angela, []),
    ):
        assert set(Contact.objects.visible_to(who)) == set(people)
        assert set(Consent.objects.visible_to(who)) == set(Consent.objects.filter(contact__in=people))
    assert list(ContactList.objects.visible_to(cast.dana)) == [own_list]
    assert set(ContactList.objects.visible_to(cast.jordan)) == {own_list, society_list}
    assert ListEntry.objects.visible_to(cast.dana).get().contact == ours


def test_a_search_finds_people_without_their_accents(db: None):
    elise = ContactFactory(full_name="Élise Côté-Roy")

    assert list(Contact.objects.search("cote elise")) == [elise]
