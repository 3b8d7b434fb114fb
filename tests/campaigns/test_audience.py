"""Whom a campaign asks: each address once, and everybody left out with one reason."""

import tracemalloc
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from advocacy.outbox.actions import preferences, suppressions
from advocacy.outbox.models import OutboundMessage, Reason
from campaigns import audience
from campaigns.actions import consents, contacts
from campaigns.audience import SkipReason
from campaigns.models import (
    Appeal,
    Campaign,
    Contact,
    HowWithdrawn,
    Mailing,
    Participation,
    Purpose,
    Recipient,
    Revision,
)
from tests.cast import NOW, TODAY, Cast
from tests.factories.contacts import ContactFactory, canadian, implied, listed, said_yes
from tests.factories.people import UserFactory, member_of
from tests.outbox.posting import ASK, posted

DAY = timedelta(days=1)


def campaign_of(cast: Cast, *, slug: str = "telehealth", **fields: Any) -> Campaign:
    known = {"name": "Telehealth", "kind": "petition", "owner": cast.jordan, "created_by": cast.jordan}
    found = Campaign.objects.create(slug=slug, created_at=NOW, status_at=NOW, **(known | fields))
    for language in ("en", "fr"):
        Appeal.objects.create(campaign=found, language=language, subject="Ask", body="Act.")
    return found


def asked(campaign: Campaign, contact: Contact, *, at: Any, **fields: Any) -> Recipient:
    revision = Revision.objects.filter(campaign=campaign).first() or Revision.objects.create(
        campaign=campaign,
        number=1,
        content={},
        fingerprint="x",
        author=campaign.owner,
        submitted_by=campaign.owner,
        submitted_at=NOW,
    )
    mailing = Mailing.objects.get_or_create(
        campaign=campaign,
        purpose=Purpose.LAUNCH,
        defaults={"revision": revision, "audience": 1, "begun_at": at},
    )[0]
    return Recipient.objects.create(mailing=mailing, contact=contact, language="en", decided_at=at, **fields)


def took_part(campaign: Campaign, contact: Contact, **fields: Any) -> Participation:
    revision = Revision.objects.create(
        campaign=campaign,
        number=9,
        content={},
        fingerprint="x",
        author=campaign.owner,
        submitted_by=campaign.owner,
        submitted_at=NOW,
    )
    known = {"key": f"{contact.pk}", "language": "en", "acknowledged": "As a private citizen.", "at": NOW}
    return Participation.objects.create(
        campaign=campaign, contact=contact, revision=revision, **known, **fields
    )


def reasons(campaign: Campaign, *people: Contact, purpose: str = Purpose.LAUNCH) -> list[str]:
    found = audience.skips(people, campaign, NOW, purpose)
    return [found[one.pk].reason if one.pk in found else "" for one in people]


def test_somebody_on_two_lists_and_in_two_chapters_is_there_once(cast: Cast):
    member_of(cast.hill_country, person=cast.sam)
    contacts.for_members([cast.gulf_prairie, cast.hill_country], now=NOW)
    sam = Contact.objects.get(user=cast.sam)
    campaign = campaign_of(cast)
    campaign.chapters.add(cast.gulf_prairie, cast.hill_country)
    campaign.lists.add(listed(sam, name="One"), listed(sam, name="Two"))

    found = audience.audience_of(campaign, NOW)

    assert list(found.filter(user=cast.sam)) == [sam]
    assert set(found.values_list("user__email", flat=True)) == {
        person.email for person in (cast.dana, cast.sam, cast.chris, cast.priya, cast.luis, cast.pat)
    }


def test_a_campaign_that_asks_no_members_asks_its_lists_only(cast: Cast):
    contacts.for_members([cast.gulf_prairie], now=NOW)
    friend, tester = ContactFactory(), ContactFactory()
    campaign = campaign_of(cast, chapter=cast.gulf_prairie, asks_members=False)
    campaign.chapters.add(cast.gulf_prairie)
    campaign.lists.add(listed(friend), listed(tester, name="Tests", is_test=True))

    assert list(audience.audience_of(campaign, NOW)) == [friend]


def test_a_role_that_ended_is_no_reason_to_ask(cast: Cast):
    former = ContactFactory(user=cast.former, email=cast.former.email)
    campaign = campaign_of(cast, chapter=cast.gulf_prairie)

    assert former not in audience.audience_of(campaign, NOW)


def test_who_is_forgotten_is_in_no_audience(cast: Cast):
    friend, gone = ContactFactory(), ContactFactory()
    campaign = campaign_of(cast)
    campaign.lists.add(listed(friend, gone))
    Contact.objects.filter(pk=gone.pk).update(
        erased_at=NOW, email="contact-1@erased.invalid", full_name="", search_text=""
    )

    assert list(audience.audience_of(campaign, NOW)) == [friend]


def test_the_reasons_of_those_who_are_left_out(cast: Cast):
    campaign = campaign_of(cast, chapter=cast.saint_laurent)
    stopped, bounced, unknown, lapsed, fine = (canadian() for _number in range(5))
    for person in (stopped, bounced, fine):
        said_yes(person)
    suppressions.add(stopped.email, reason=Reason.UNSUBSCRIBED, stream="campaign", now=NOW)
    suppressions.add(bounced.email, reason=Reason.HARD_BOUNCE, now=NOW)
    implied(lapsed, until=TODAY)

    assert reasons(campaign, stopped, bounced, unknown, lapsed, fine) == [
        SkipReason.UNSUBSCRIBED,
        SkipReason.SUPPRESSED,
        SkipReason.NO_CONSENT,
        SkipReason.LAPSED_CONSENT,
        "",
    ]


def test_a_suppression_of_other_mail_is_no_reason(cast: Cast):
    contact = ContactFactory()
    suppressions.add(contact.email, reason=Reason.UNSUBSCRIBED, stream="alert", now=NOW)

    assert reasons(campaign_of(cast), contact) == [""]


def test_of_two_reasons_the_persons_own_wish_is_told(cast: Cast):
    contact = ContactFactory()
    suppressions.add(contact.email, reason=Reason.COMPLAINT, now=NOW)
    consents.withdraw(contact, chapter=cast.gulf_prairie, how=HowWithdrawn.REPLY, now=NOW)
    campaign = campaign_of(cast, chapter=cast.gulf_prairie)

    assert reasons(campaign, contact) == [SkipReason.UNSUBSCRIBED]
    assert reasons(campaign_of(cast, slug="other", chapter=cast.hill_country), contact) == [
        SkipReason.SUPPRESSED
    ]


def test_who_switched_campaign_mail_off_is_found_by_the_person_or_by_the_address(cast: Cast):
    preferences.switch_off(cast.sam, "campaign", now=NOW, how="test")
    linked = ContactFactory(user=cast.sam)
    by_address = ContactFactory(email=cast.sam.email)

    assert reasons(campaign_of(cast), linked, by_address) == [SkipReason.UNSUBSCRIBED] * 2


def test_nobody_is_asked_twice_in_seven_days_whoever_asks(cast: Cast):
    first, second = campaign_of(cast, slug="first"), campaign_of(cast, slug="second")
    yesterday, last_week, skipped, undelivered = (ContactFactory() for _number in range(4))
    asked(first, yesterday, at=NOW - DAY)
    asked(first, last_week, at=NOW - 7 * DAY)
    asked(first, skipped, at=NOW - DAY, skipped="no_consent")
    message = posted("x@example.org", of=ASK, now=NOW - DAY)
    OutboundMessage.objects.filter(pk=message.pk).update(state="suppressed", settled_at=NOW)
    asked(first, undelivered, at=NOW - DAY, message=message)

    found = reasons(second, yesterday, last_week, skipped, undelivered)

    assert found == [SkipReason.ASKED_LATELY, "", "", ""]


def test_the_reminder_of_a_campaign_follows_its_own_ask(cast: Cast):
    campaign, contact = campaign_of(cast), ContactFactory()
    Appeal.objects.create(campaign=campaign, purpose=Purpose.REMINDER, subject="Again", body="Act.")
    asked(campaign, contact, at=NOW - 4 * DAY)

    assert reasons(campaign, contact, purpose=Purpose.REMINDER) == [""]


def test_who_took_part_is_not_asked_again_but_thanked(cast: Cast):
    campaign, other, contact = campaign_of(cast), campaign_of(cast, slug="other"), ContactFactory()
    Appeal.objects.create(campaign=campaign, purpose=Purpose.THANKS, subject="Thanks", body="Thanks.")
    took_part(campaign, contact)
    asked(other, contact, at=NOW - DAY)

    assert reasons(campaign, contact) == [SkipReason.ACTED_ALREADY]
    assert reasons(campaign, contact, purpose=Purpose.THANKS) == [""]


def test_who_reads_another_language_gets_nothing_they_cannot_read(cast: Cast):
    campaign, reader = campaign_of(cast), ContactFactory(language="fr")
    Appeal.objects.filter(language="fr").delete()

    assert reasons(campaign, reader) == [SkipReason.NO_LANGUAGE]


@pytest.mark.parametrize("count", [1, 3])
def test_skips_are_known_in_a_fixed_number_of_queries(cast: Cast, count: int):
    campaign = campaign_of(cast, chapter=cast.saint_laurent)
    people = [canadian(user=member_of(cast.saint_laurent, person=UserFactory())) for _number in range(count)]
    for person in people:
        said_yes(person)
        suppressions.add(person.email, reason=Reason.UNSUBSCRIBED, stream="campaign", now=NOW)

    with CaptureQueriesContext(connection) as queries:
        audience.skips(people, campaign, NOW)

    assert len(queries) == 9


def test_bundles_hold_everybody_once_and_memory_stays_flat(cast: Cast):
    campaign = campaign_of(cast)
    rows = [Contact(email=f"p{number}@example.org", added_at=NOW) for number in range(3_000)]
    listed(*Contact.objects.bulk_create(rows))
    campaign.lists.add(campaign.lists.model.objects.get())
    people = audience.audience_of(campaign, NOW)
    tracemalloc.start()

    sizes = [len(bundle) for bundle in audience.in_bundles(people, 500)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert sizes == [500] * 6
    assert peak < 8_000_000


def test_who_may_not_sign_in_any_more_is_not_asked_for_the_role_they_hold(cast: Cast):
    contacts.for_members([cast.gulf_prairie], now=NOW)
    campaign = campaign_of(cast)
    campaign.chapters.add(cast.gulf_prairie)
    cast.sam.is_active = False
    cast.sam.save()

    asked_for = audience.audience_of(campaign, NOW).values_list("user__email", flat=True)

    assert cast.sam.email not in asked_for
    assert cast.dana.email in asked_for


def test_the_members_of_the_chapter_that_runs_it_are_asked(cast: Cast):
    contacts.for_members([cast.hill_country], now=NOW)
    campaign = campaign_of(cast, chapter=cast.hill_country)

    found = audience.audience_of(campaign, NOW)

    assert set(found.values_list("user__email", flat=True)) == {cast.luis.email, cast.pat.email}


def test_a_thank_you_is_no_ask_and_keeps_nobody_from_being_asked(cast: Cast):
    first, contact = campaign_of(cast, slug="first"), ContactFactory()
    asked(first, contact, at=NOW - DAY)
    Mailing.objects.update(purpose=Purpose.THANKS)

    assert reasons(campaign_of(cast, slug="second"), contact) == [""]


def test_the_seven_days_are_over_to_the_second(cast: Cast):
    first, second = campaign_of(cast, slug="first"), campaign_of(cast, slug="second")
    early, late = ContactFactory(), ContactFactory()
    asked(first, early, at=NOW - 7 * DAY)
    asked(first, late, at=NOW - 7 * DAY + timedelta(seconds=1))

    assert reasons(second, early, late) == ["", SkipReason.ASKED_LATELY]


def test_who_took_part_elsewhere_or_was_refused_is_asked_and_who_is_held_is_not(cast: Cast):
    campaign, other = campaign_of(cast), campaign_of(cast, slug="other")
    elsewhere, refused, held = ContactFactory(), ContactFactory(), ContactFactory()
    took_part(other, elsewhere)
    one = took_part(campaign, refused, state="refused")
    Participation.objects.create(
        campaign=campaign,
        contact=held,
        revision=one.revision,
        key="held",
        language="en",
        acknowledged="As a private citizen.",
        at=NOW,
        state="held",
    )

    assert reasons(campaign, elsewhere, refused, held) == ["", "", SkipReason.ACTED_ALREADY]


def test_a_text_for_another_purpose_is_nothing_to_read(cast: Cast):
    campaign, reader = campaign_of(cast), ContactFactory()
    Appeal.objects.create(campaign=campaign, purpose=Purpose.REMINDER, language="fr", subject="a", body="b")

    assert reasons(campaign, reader, purpose=Purpose.REMINDER) == [SkipReason.NO_LANGUAGE]


def test_a_switch_of_other_mail_or_one_that_is_on_again_is_no_reason(cast: Cast):
    preferences.switch_off(cast.sam, "alert", now=NOW, how="test")
    preferences.switch_off(cast.pat, "campaign", now=NOW, how="test")
    preferences.switch_on(cast.pat, "campaign", now=NOW, how="test")
    people = [ContactFactory(user=person, email=person.email) for person in (cast.sam, cast.pat)]

    assert reasons(campaign_of(cast), *people) == ["", ""]
