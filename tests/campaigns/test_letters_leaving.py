"""When a letter may leave: proven, counted, still meant, to an office that is still written to; and whose act it is."""

from dataclasses import replace

import pytest

from advocacy.audit.models import Entry
from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import MessageState, OutboundMessage
from campaigns import letter_mail
from campaigns.actions import address_proofs, campaigns, contacts, letters
from campaigns.actions.letters import WrongWay
from campaigns.models import (
    AddressProof,
    Campaign,
    Confirmation,
    Consent,
    Contact,
    Doubt,
    GateDecision,
    Letter,
    Method,
    Participation,
    ParticipationState,
    Recipient,
    RuleKind,
    Target,
    TargetRule,
    TargetState,
)
from legislation.models import ContactPoint
from tests.campaigns.acting import OWN_WORDS, live_in_houston
from tests.campaigns.mailing import live_for
from tests.campaigns.test_letters import MINUTE, act_of, mails, prove, send, target_of, written
from tests.cast import NOW, Cast
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return live_in_houston(cast)


def left() -> str:
    """What became of the letter when a worker wanted to send it: empty where it went."""
    Ledger("worker").claim(10, now=NOW)
    mail = OutboundMessage.objects.get(kind="campaigns.letter")
    return "" if mail.state == MessageState.LEASED else mail.resolution


def test_staff_who_let_it_through_do_not_prove_the_address_for_anybody(campaign: Campaign, cast: Cast):
    send(act_of(campaign), "one", GateDecision.HOLD, Doubt.LINKS)

    letters.accept(Participation.objects.get(), by=cast.angela, now=NOW)
    before = mails()
    prove()

    assert (before, mails()) == ([], ["alma.reyes@house.example"])


def test_what_was_let_through_is_not_refused_afterwards(campaign: Campaign, cast: Cast):
    send(act_of(campaign))

    assert not letters.refuse(Participation.objects.get(), by=cast.angela, now=NOW)
    assert Participation.objects.get().state == ParticipationState.COUNTED


def test_a_letter_to_somebody_who_left_before_the_proof_has_failed(campaign: Campaign):
    send(act_of(campaign))
    Target.objects.update(state=TargetState.LEFT)

    prove()

    assert mails() == []
    assert Letter.objects.get().confirmation == Confirmation.FAILED


def test_what_is_confirmed_while_the_campaign_is_reworked_does_not_leave(campaign: Campaign, cast: Cast):
    send(act_of(campaign))
    campaign.refresh_from_db()
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    campaigns.rework(campaign, by=cast.dana, now=NOW)

    prove()

    assert mails() == []


def test_what_was_confirmed_in_time_leaves_after_the_close(campaign: Campaign, cast: Cast):
    send(act_of(campaign))
    prove()
    campaign.refresh_from_db()
    campaigns.close(campaign, by=cast.dana, now=NOW)

    assert left() == ""


def _refused() -> None:
    Participation.objects.update(state=ParticipationState.REFUSED)


def _reworked() -> None:
    Campaign.objects.update(status="draft")


def _erased() -> None:
    contacts.erase(Contact.objects.get(email="jane@example.org"), now=NOW)


@pytest.mark.parametrize("change", [_refused, _reworked, _erased])
def test_what_is_not_meant_any_more_is_stopped_on_its_way(campaign: Campaign, change):
    send(act_of(campaign))
    prove()

    change()

    assert left() == "The letter or its campaign was taken back."


def test_an_address_that_changed_on_the_way_gets_no_letter(campaign: Campaign):
    send(act_of(campaign))
    prove()
    target_of().official.contact_points.filter(kind="email").update(value="other@house.example")

    assert left() == "The office does not publish this address any more."


def test_the_office_answers_to_whoever_wrote(campaign: Campaign):
    send(act_of(campaign))
    prove()

    mail = OutboundMessage.objects.get(kind="campaigns.letter")
    assert mail.headers["Reply-To"] == "jane@example.org"


def test_the_portal_never_hears_from_a_supporter_that_its_own_letter_went(campaign: Campaign):
    (letter,) = send(act_of(campaign)).letters

    assert not letters.tell(letter, now=NOW)
    assert Letter.objects.get().told_at is None


def test_only_a_call_has_an_outcome_and_only_a_known_one(campaign: Campaign):
    call, paper = (
        send(act_of(campaign, written(target_of(name), way), email=f"{way}@example.org"), way).letters[0]
        for name, way in (("Alma Reyes", Method.CALL), ("Omar Dell", Method.PRINT))
    )

    letters.tell(call, now=NOW, outcome="sang")
    letters.tell(paper, now=NOW, outcome="spoke")

    assert set(Letter.objects.values_list("call_outcome", "told_at")) == {("", NOW)}


def test_no_letter_goes_to_an_office_of_another_campaign_or_to_one_that_left(campaign: Campaign, cast: Cast):
    dell = target_of("Omar Dell")
    theirs = live_for(cast, slug="another").targets.first()
    assert theirs
    Target.objects.filter(pk=dell.pk).update(state=TargetState.LEFT)

    for target in (theirs, dell):
        with pytest.raises(WrongWay, match="not written to any more"):
            send(act_of(campaign, written(target, Method.PRINT)))


def test_who_did_not_ask_for_mail_has_given_no_consent_by_proving_the_address(campaign: Campaign):
    send(act_of(campaign))

    prove()

    assert not Consent.objects.exists()


def test_consent_on_the_page_of_a_chapter_is_the_chapters(campaign: Campaign, cast: Cast):
    send(act_of(campaign, wants_news=True))
    before = Consent.objects.count()

    prove()

    assert (before, Consent.objects.get().chapter) == (0, cast.gulf_prairie)


def test_a_mail_that_somebody_passed_on_is_not_the_mail_of_whoever_acts(campaign: Campaign, cast: Cast):
    reader = ContactFactory(email="rosa@example.org")
    mailing = campaign.mailings.get()
    came_by = Recipient.objects.create(mailing=mailing, contact=reader, language="en", decided_at=NOW)

    send(act_of(campaign, recipient=came_by))

    one = Participation.objects.get()
    came_by.refresh_from_db()
    assert (one.recipient, one.source, came_by.viewed_at) == (None, "mail", None)


def test_whoever_acts_by_their_mail_has_come_by_it(campaign: Campaign):
    reader = ContactFactory(email="jane@example.org")
    mailing = campaign.mailings.get()
    came_by = Recipient.objects.create(mailing=mailing, contact=reader, language="en", decided_at=NOW)

    send(act_of(campaign, recipient=came_by), now=NOW + MINUTE)

    came_by.refresh_from_db()
    assert (Participation.objects.get().recipient, came_by.viewed_at) == (came_by, NOW + MINUTE)


def test_a_letter_to_an_agency_leaves_for_the_address_it_gave_and_not_without_one(campaign: Campaign):
    rule = TargetRule.objects.create(
        campaign=campaign, kind=RuleKind.AGENCY, agency_name="Commission", agency_email="rules@health.example"
    )
    agency = campaign.targets.create(rule=rule, agency_name="Commission", added_at=NOW, changed_at=NOW)
    send(act_of(campaign, written(agency)))
    prove()
    (mail,) = OutboundMessage.objects.filter(kind="campaigns.letter")
    before = letter_mail.no_longer_meant([mail])

    TargetRule.objects.filter(pk=rule.pk).update(agency_email="")

    assert (mail.recipient, before) == ("rules@health.example", {})
    assert letter_mail.no_longer_meant([mail]) == {
        mail.pk: "The office does not publish this address any more."
    }


def test_a_further_office_is_in_the_trail_and_the_same_form_is_not_twice(campaign: Campaign):
    for key, name in (("one", "Alma Reyes"), ("two", "Omar Dell"), ("two", "Omar Dell")):
        send(act_of(campaign, written(target_of(name), Method.PRINT)), key)

    assert Entry.objects.filter(verb="took part").count() == 2


def test_the_mail_tells_how_many_letters_its_own_form_sends(campaign: Campaign):
    dell = target_of("Omar Dell")
    ContactPoint.objects.create(official=dell.official, kind="email", value="dell@senate.example")
    send(act_of(campaign))
    send(act_of(campaign, written(dell)), "two", now=NOW + MINUTE)

    said = [address_proofs.words_about(proof) for proof in AddressProof.objects.all()]

    assert [text.rpartition(", ")[2] for text in said] == ["to 1 office."] * 2


def test_what_somebody_sends_themselves_is_not_told_as_sent_by_the_link(campaign: Campaign):
    send(act_of(campaign, written(target_of()), written(target_of("Omar Dell"), Method.PRINT)))

    assert address_proofs.words_about(AddressProof.objects.get()).endswith(" to 1 office.")


def test_who_sends_it_themselves_proves_the_address_only_to_get_mail(campaign: Campaign):
    for key, wants_news in (("one", False), ("two", True)):
        paper = written(target_of(), Method.PRINT)
        send(act_of(campaign, paper, email=f"{key}@example.org", wants_news=wants_news), key)

    assert [proof.contact.email for proof in AddressProof.objects.all()] == ["two@example.org"]


def test_who_types_the_address_of_somebody_known_changes_nothing_of_theirs(campaign: Campaign):
    ContactFactory(email="jane@example.org", full_name="Jane Q. Doe", language="fr")

    send(act_of(campaign, name="Mallory"))

    known = Contact.objects.get(email="jane@example.org")
    assert (known.full_name, known.language, known.postal_code) == ("Jane Q. Doe", "fr", "")


def test_a_petition_signed_with_words_of_ones_own_is_personalised(campaign: Campaign):
    for key, words in (("one", OWN_WORDS), ("two", "")):
        act = replace(act_of(campaign, email=f"{key}@example.org", own_words=words), letters=())
        send(act, key)

    rows = Participation.objects.order_by("pk")
    assert list(rows.values_list("own_share", "is_personalised")) == [(100, True), (0, False)]


def test_a_form_without_a_key_finds_nothing_that_was_sent_before(campaign: Campaign):
    send(act_of(campaign))
    Letter.objects.update(form_key="")

    assert letters.sent_with("") is None
