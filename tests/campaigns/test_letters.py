"""Taking part as an action: once, whatever is pressed how often; nothing leaves for an address that is not proven."""

from datetime import timedelta

import pytest

from advocacy.audit.models import Entry
from advocacy.outbox.ledger import Ledger
from advocacy.outbox.models import MessageState, OutboundMessage
from campaigns import funnel_rows, letter_mail
from campaigns.act import mailto
from campaigns.act.drafts import joined
from campaigns.actions import address_proofs, campaigns, letter_outcomes, letters
from campaigns.actions.letters import Act, NotOpen, NotWithoutALook, Sent, Written, WrongWay
from campaigns.funnel import Step, funnel_of
from campaigns.gate.verdict import Verdict
from campaigns.models import (
    AddressProof,
    Campaign,
    Confirmation,
    Contact,
    Doubt,
    GateDecision,
    Letter,
    LetterShape,
    Method,
    Participation,
    ParticipationState,
    Target,
    TargetState,
)
from campaigns.place import Place, opened, sealed
from campaigns.progress import progress_of
from legislation.models import ContactPoint
from tests.campaigns.acting import OWN_WORDS, live_in_houston
from tests.cast import NOW, Cast
from tests.factories.contacts import ContactFactory

pytestmark = pytest.mark.django_db
OURS = "Dear Representative Reyes,\n\nPlease cosponsor HB 210.\n\nJane Doe, 77004"
PASSED = GateDecision.PASS
MINUTE = timedelta(minutes=1)


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    return live_in_houston(cast)


def target_of(name: str = "Alma Reyes") -> Target:
    return Target.objects.get(official__name=name)


def written(target: Target, method: Method = Method.PORTAL_EMAIL) -> Written:
    return Written(target.pk, method, "Support HB 210", joined(OURS, OWN_WORDS), OURS)


def act_of(campaign: Campaign, *of: Written, email: str = "jane@example.org", **fields: object) -> Act:
    campaign.refresh_from_db()
    place = Place(code="77004", country="US", region="TX")
    known = {"name": "Jane Doe", "email": email, "language": "en", "place": place, "own_words": OWN_WORDS}
    said = known | {"acknowledged": "As a private citizen."} | fields
    return Act(campaign=campaign, letters=of or (written(target_of()),), **said)  # type: ignore[arg-type]


def send(act: Act, key: str = "one", decision: GateDecision = PASSED, *doubts: Doubt, now=NOW) -> Sent:
    return letters.send(act, verdict=Verdict(decision, doubts, key), now=now)


def prove() -> None:
    for proof in AddressProof.objects.filter(proven_at=None):
        AddressProof.objects.filter(pk=proof.pk).update(proven_at=NOW)
        proof.refresh_from_db()
        address_proofs.matters[proof.purpose].follow(proof, NOW)


def mails() -> list[str]:
    return list(OutboundMessage.objects.filter(kind="campaigns.letter").values_list("recipient", flat=True))


def test_the_same_form_is_one_act(campaign: Campaign):
    first, second = send(act_of(campaign)), send(act_of(campaign))

    assert first == second
    assert [Contact.objects.filter(email="jane@example.org").count(), Participation.objects.count()] == [1, 1]
    assert Letter.objects.count() == LetterShape.objects.count() == 1


def test_another_office_is_added_and_the_same_one_is_not(campaign: Campaign):
    reyes, dell = target_of(), target_of("Omar Dell")
    send(act_of(campaign, written(reyes)))

    sent = send(act_of(campaign, written(reyes), written(dell, Method.PRINT)), "two", now=NOW + MINUTE)

    assert [one.target_id for one in sent.letters] == [dell.pk]
    assert sent.already == [reyes.pk]
    assert Participation.objects.count() == 1


def test_an_act_is_in_the_audit_trail_without_a_name(campaign: Campaign):
    send(act_of(campaign))

    entry = Entry.objects.get(verb="took part")
    assert "jane" not in f"{entry.label} {entry.reason} {entry.changes}".lower()


def test_nothing_is_taken_once_the_window_is_over(campaign: Campaign):
    with pytest.raises(NotOpen):
        send(act_of(campaign), now=NOW + timedelta(days=21))

    assert not Participation.objects.exists()


def test_nothing_is_taken_while_it_is_paused(campaign: Campaign, cast: Cast):
    act = act_of(campaign)
    campaigns.pause(Campaign.objects.get(), by=cast.dana, now=NOW)

    with pytest.raises(NotOpen):
        send(act)


def test_the_portal_does_not_mail_where_no_address_is_published(campaign: Campaign):
    with pytest.raises(WrongWay):
        send(act_of(campaign, written(target_of("Omar Dell"))))

    assert not Participation.objects.exists()


def test_a_proof_for_one_form_sends_nothing_that_another_added(campaign: Campaign):
    dell = target_of("Omar Dell")
    ContactPoint.objects.create(official=dell.official, kind="email", value="dell@senate.example")
    send(act_of(campaign))
    proof = AddressProof.objects.get()
    send(act_of(campaign, written(dell), name="Mallory"), "two", now=NOW + MINUTE)

    AddressProof.objects.filter(pk=proof.pk).update(proven_at=NOW)
    address_proofs.matters[proof.purpose].follow(proof, NOW)

    assert mails() == ["alma.reyes@house.example"]


def test_what_staff_must_look_at_leaves_once_they_have_looked(campaign: Campaign, cast: Cast):
    send(act_of(campaign), "one", GateDecision.HOLD, Doubt.LINKS)
    prove()
    before = mails()

    assert letters.accept(Participation.objects.get(), by=cast.angela, now=NOW)

    assert (before, mails()) == ([], ["alma.reyes@house.example"])
    assert not letters.accept(Participation.objects.get(), by=cast.angela, now=NOW)


@pytest.mark.parametrize("doubt", [Doubt.LINKS, Doubt.HIDDEN_FIELD, Doubt.TOO_FAST, Doubt.SAME_TEXT])
def test_a_second_form_that_somebody_should_look_at_is_not_taken_beside_an_act_that_counts(
    campaign: Campaign, doubt: Doubt
):
    send(act_of(campaign))
    before = funnel()

    with pytest.raises(NotWithoutALook):
        send(
            act_of(campaign, written(target_of("Omar Dell"), Method.PRINT)),
            "two",
            GateDecision.HOLD,
            doubt,
            Doubt.NO_PUZZLE,
        )

    assert (funnel(), before) == (before, [1, 1])
    assert Participation.objects.get().state == ParticipationState.COUNTED
    assert Letter.objects.count() == 1


def test_a_flood_or_a_browser_without_scripts_keeps_nobody_who_counts_from_writing_to_another_office(
    campaign: Campaign,
):
    send(act_of(campaign))

    send(
        act_of(campaign, written(target_of("Omar Dell"), Method.PRINT)),
        "two",
        GateDecision.HOLD,
        Doubt.MANY_IN_CAMPAIGN,
        Doubt.NO_PUZZLE,
    )

    assert funnel() == [1, 2]


def test_what_is_held_counts_nowhere_and_its_second_form_waits_with_it(campaign: Campaign, cast: Cast):
    """Held for its proof only; then a second form comes that somebody must look at: the proof settles neither."""
    send(act_of(campaign), "one", GateDecision.HOLD, Doubt.NO_PUZZLE)
    send(
        act_of(campaign, written(target_of("Omar Dell"), Method.PRINT)),
        "two",
        GateDecision.HOLD,
        Doubt.LINKS,
    )
    prove()
    held = Participation.objects.get()
    while_held = held.state, held.held_because, funnel(), mails()

    letters.accept(held, by=cast.angela, now=NOW)

    assert while_held == ("held", ["no_puzzle", "links"], [0, 0], [])
    assert (funnel(), mails()) == ([1, 2], ["alma.reyes@house.example"])


def funnel() -> list[int]:
    """People who acted and letters, as the results, the progress and the officials' pages count them."""
    campaign = Campaign.objects.get()
    people = funnel_of(funnel_rows.tallies(campaign)).counts[Step.ACTED]
    by_office = funnel_of(funnel_rows.letter_tallies(campaign)).counts[Step.ACTED]
    progress = progress_of(campaign)
    assert progress.participants == people
    assert sum(way.all for way in progress.methods) == by_office == Letter.objects.counted().count()
    return [people, by_office]


def test_whoever_is_let_through_gets_the_link_that_was_not_mailed_on_the_word_of_a_robot(
    campaign: Campaign, cast: Cast
):
    send(act_of(campaign), "one", GateDecision.HOLD, Doubt.TOO_FAST)
    before = AddressProof.objects.count()

    letters.accept(Participation.objects.get(), by=cast.angela, now=NOW)
    asked = AddressProof.objects.count()
    prove()

    assert (before, asked, mails()) == (0, 1, ["alma.reyes@house.example"])


def test_what_staff_refuse_never_leaves(campaign: Campaign, cast: Cast):
    send(act_of(campaign), "one", GateDecision.HOLD, Doubt.LINKS)
    assert letters.refuse(Participation.objects.get(), by=cast.angela, now=NOW)

    prove()

    assert mails() == []
    assert Participation.objects.get().state == ParticipationState.REFUSED


def test_a_letter_to_somebody_who_left_is_stopped_on_its_way(campaign: Campaign):
    send(act_of(campaign))
    prove()
    Target.objects.update(state=TargetState.LEFT)

    Ledger("worker").claim(10, now=NOW)

    mail = OutboundMessage.objects.get(kind="campaigns.letter")
    assert mail.state != MessageState.LEASED
    assert mail.resolution == "The office is not written to any more."


def test_an_address_that_the_office_took_back_gets_no_letter(campaign: Campaign):
    send(act_of(campaign))
    ContactPoint.objects.filter(kind="email").update(ended_on=NOW.date())

    prove()

    assert mails() == []
    assert Letter.objects.get().confirmation == Confirmation.FAILED


@pytest.mark.parametrize(
    ("state", "expected"),
    [(MessageState.SENT, Confirmation.CONFIRMED), (MessageState.REJECTED, Confirmation.FAILED)],
)
def test_what_the_mail_server_said_is_taken_over_once(
    campaign: Campaign, state: MessageState, expected: Confirmation
):
    send(act_of(campaign))
    prove()
    OutboundMessage.objects.filter(kind="campaigns.letter").update(state=state, settled_at=NOW)

    changed = [letter_outcomes.settle(now=NOW), letter_outcomes.settle(now=NOW)]

    assert changed == [1, 0]
    assert Letter.objects.get().confirmation == expected


def test_a_known_contact_keeps_its_chapter_and_is_credited_to_it(campaign: Campaign, cast: Cast):
    ContactFactory(email="jane@example.org", chapter=cast.hill_country)

    send(act_of(campaign))

    assert Participation.objects.get().chapter == cast.hill_country


def test_an_act_is_credited_to_the_chapter_where_the_supporter_lives(campaign: Campaign, cast: Cast):
    campaign.chapters.add(cast.hill_country)
    texas = cast.hill_country.territories.get().jurisdiction_id
    place = Place(code="78701", states=(texas,))
    cast.hill_country.territories.update(postal_prefixes="787")

    send(act_of(campaign, place=place))

    assert Participation.objects.get().chapter == cast.hill_country


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Jane Doe", "Jane Doe via SHD"),
        ("Jane\r\nBcc: all@example.org", "Jane Bcc all example.org via SHD"),
        ('"Eve" <eve@evil.example>', "Eve eve evil.example via SHD"),
        ("Élise Côté", "Élise Côté via SHD"),
        ("\u202eeoD enaJ", "eoD enaJ via SHD"),
    ],
)
def test_a_name_is_only_ever_a_name(cast: Cast, name: str, expected: str):
    assert letter_mail.sender_of(name) == f"{expected} <letters@localhost>"


def test_a_name_in_a_header_has_an_end(cast: Cast):
    assert len(letter_mail.clean_name("a" * 500)) == 75


def test_a_mail_link_is_encoded_and_ends_where_programs_give_up():
    link = mailto.link("rep@house.example", "Santé & données?", "Line one\nline two")

    assert link == (
        "mailto:rep@house.example?subject=Sant%C3%A9%20%26%20donn%C3%A9es%3F&body=Line%20one%0D%0Aline%20two"
    )
    assert mailto.link("rep@house.example", "x", "y" * 3_000) == ""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Dear A,\n\nFirst.\n\nAsk.\n\nJane", "Dear A,\n\nFirst.\n\nMine.\n\nAsk.\n\nJane"),
        ("Dear A,\n\nAsk.\n\nJane", "Dear A,\n\nAsk.\n\nMine.\n\nJane"),
        ("Only this.", "Only this.\n\nMine."),
        ("A\r\n\r\nB", "A\n\nMine.\n\nB"),
    ],
)
def test_her_own_words_stand_after_the_first_line_and_before_the_closing(body: str, expected: str):
    assert joined(body, "Mine.") == expected


def test_a_place_is_sealed_for_its_campaign():
    place = Place(seats=frozenset({3, 1}), divisions=("ocd-division/country:us",), code="77004", town="77004")

    assert opened(sealed(place, 5), 5) == place
    assert opened(sealed(place, 5), 6) is None
    assert opened("forged", 5) is None
