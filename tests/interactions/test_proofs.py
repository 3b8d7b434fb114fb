"""What was asked or promised, settled by the public record: a name on the measure, or a vote on its passage."""

from datetime import date

import pytest
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from advocacy.interactions.actions import contacts, proofs
from advocacy.interactions.entry import AskMade, Promise
from advocacy.interactions.errors import NotAllowedToChange
from advocacy.interactions.forms.rows import PromiseForm
from advocacy.interactions.models import AskKind, AskResponse, Commitment, Interaction, Outcome, Proof
from legislation.models import Measure, Official
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, entry_by, hb_210, logged, official_in, seat_in
from tests.factories.measures import measure
from tests.factories.people import state
from tests.factories.stances import asked, sponsored, voted

LATER = date(2027, 2, 20)


@pytest.fixture
def bill(cast: Cast) -> Measure:
    return hb_210()


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


def promised(cast: Cast, bill: Measure, reyes: Official, kind: str = AskKind.VOTE_YES) -> Commitment:
    promise = Promise(
        "them", "She will vote for it.", date(2027, 3, 1), official=reyes, shown_by=kind, measure=bill
    )
    record = logged(cast.dana, [reyes], measures=[bill], promises=[promise])
    return record.commitments.get()


def settled() -> list[tuple[str, str]]:
    """What each proof settles, and what it shows."""
    rows = Proof.objects.order_by("pk")
    return [("ask" if row.ask else "commitment", row.state) for row in rows]


def test_a_cosponsor_who_was_asked_to_be_one_has_kept_it(cast: Cast, bill: Measure, reyes: Official):
    ask = asked(cast.dana, bill, reyes).asks.get()
    name = sponsored(bill, reyes, on=LATER)

    assert proofs.settle(now=NOW) == 1

    proof = Proof.objects.get()
    assert (proof.ask, proof.sponsorship, proof.vote, proof.state, proof.shown_on) == (
        ask, name, None, "kept", LATER,
    )  # fmt: skip


def test_the_record_is_asked_as_often_as_one_likes(cast: Cast, bill: Measure, reyes: Official):
    asked(cast.dana, bill, reyes)
    promised(cast, bill, reyes)
    sponsored(bill, reyes)
    voted(bill, reyes, "yes", on=LATER)

    assert proofs.settle(now=NOW) == 2
    assert proofs.settle(now=NOW) == 0
    assert settled() == [("ask", "kept"), ("commitment", "kept")]
    assert Entry.objects.filter(verb="settled", actor=None).count() == 2


@pytest.mark.parametrize(
    ("kind", "role", "state"),
    [
        ("cosponsor", "sponsor", ["kept"]),
        ("sponsor", "sponsor", ["kept"]),
        ("sponsor", "cosponsor", []),
        ("vote_yes", "sponsor", []),
        ("amend", "sponsor", []),
    ],
)
def test_only_the_role_that_was_asked_for_answers(
    cast: Cast, bill: Measure, reyes: Official, kind, role, state
):
    asked(cast.dana, bill, reyes, kind)
    sponsored(bill, reyes, role=role)

    proofs.settle(now=NOW)

    assert [row.state for row in Proof.objects.all()] == state


def test_names_that_were_withdrawn_and_those_of_others_answer_nothing(
    cast: Cast, bill: Measure, reyes: Official
):
    asked(cast.dana, bill, reyes)
    sponsored(bill, reyes, withdrawn_on=TODAY)
    sponsored(bill, official_in(seat_in(state("tx", "Texas"), "9"), "Somebody Else"))

    assert proofs.settle(now=NOW) == 0


@pytest.mark.parametrize(
    ("response", "option", "state"),
    [
        ("agreed", "yes", ["kept"]),
        ("will_consider", "yes", ["kept"]),
        ("agreed", "no", ["contrary"]),
        ("will_consider", "no", []),
        ("agreed", "absent", []),
        ("declined", "yes", []),
        ("not_made", "yes", []),
    ],
)
def test_a_vote_against_what_was_agreed_waits_for_a_person(
    cast: Cast, bill: Measure, reyes: Official, response: str, option: str, state: list[str]
):
    asked(cast.dana, bill, reyes, AskKind.VOTE_YES, response)
    voted(bill, reyes, option, on=LATER)

    proofs.settle(now=NOW)

    assert [row.state for row in Proof.objects.all()] == state


def test_who_was_asked_to_vote_no_keeps_it_by_voting_no(cast: Cast, bill: Measure, reyes: Official):
    asked(cast.dana, bill, reyes, AskKind.VOTE_NO)
    voted(bill, reyes, "no", on=LATER)

    proofs.settle(now=NOW)

    assert settled() == [("ask", "kept")]


def test_a_vote_before_the_contact_and_one_on_procedure_answer_nothing(
    cast: Cast, bill: Measure, reyes: Official
):
    asked(cast.dana, bill, reyes, AskKind.VOTE_YES)
    voted(bill, reyes, "yes", on=date(2027, 2, 8))
    voted(bill, reyes, "no", on=LATER, motion="Motion to table")

    assert proofs.settle(now=NOW) == 0


def test_what_is_deleted_or_only_planned_is_not_asked_about(cast: Cast, bill: Measure, reyes: Official):
    planned, deleted = asked(cast.dana, bill, reyes), asked(cast.dana, bill, reyes)
    Interaction.objects.filter(pk=planned.pk).update(state="planned", logged_at=None)
    contacts.delete(by=cast.dana, interaction=deleted, reason="Twice.", now=timezone.now())
    sponsored(bill, reyes)

    assert proofs.settle(now=NOW) == 0


# --- Commitments ---


def test_a_commitment_is_kept_on_the_day_of_the_vote(cast: Cast, bill: Measure, reyes: Official):
    commitment = promised(cast, bill, reyes)
    voted(bill, reyes, "yes", on=LATER)

    proofs.settle(now=NOW)

    commitment.refresh_from_db()
    assert (commitment.outcome, commitment.settled_on) == (Outcome.KEPT, LATER)


def test_a_contrary_vote_leaves_it_pending_until_a_person_confirms(
    cast: Cast, bill: Measure, reyes: Official
):
    commitment = promised(cast, bill, reyes)
    voted(bill, reyes, "no", on=LATER)
    proofs.settle(now=NOW)
    proof = Proof.objects.get()
    commitment.refresh_from_db()
    assert (proof.state, commitment.outcome) == ("contrary", Outcome.PENDING)

    assert proofs.confirm(proof, by=cast.dana, on=TODAY)
    assert not proofs.confirm(proof, by=cast.dana, on=TODAY)

    commitment.refresh_from_db()
    assert (commitment.outcome, commitment.settled_on) == (Outcome.NOT_KEPT, TODAY)


def test_what_a_person_opens_again_the_same_evidence_does_not_close(
    cast: Cast, bill: Measure, reyes: Official
):
    commitment = promised(cast, bill, reyes)
    voted(bill, reyes, "yes", on=LATER)
    proofs.settle(now=NOW)

    assert proofs.reopen(Proof.objects.get(), by=cast.dana, on=TODAY)

    commitment.refresh_from_db()
    assert (commitment.outcome, commitment.settled_on) == (Outcome.PENDING, None)
    assert proofs.settle(now=NOW) == 0
    voted(bill, reyes, "yes", on=date(2027, 2, 25))
    assert proofs.settle(now=NOW) == 1
    assert settled() == [("commitment", "reopened"), ("commitment", "kept")]


def test_a_colleague_who_may_not_correct_the_record_decides_nothing(
    cast: Cast, bill: Measure, reyes: Official
):
    asked(cast.dana, bill, reyes)
    sponsored(bill, reyes)
    proofs.settle(now=NOW)
    proof = Proof.objects.get()

    for act in (proofs.reopen, proofs.confirm):
        with pytest.raises(NotAllowedToChange):
            act(proof, by=cast.luis, on=TODAY)
    assert browser_of(cast.luis).get(proof.get_absolute_url()).status_code == 404
    assert browser_of(cast.luis).post(proof.get_absolute_url()).status_code == 404


def test_evidence_that_the_source_takes_back_is_said_to_be_gone(cast: Cast, bill: Measure, reyes: Official):
    record = asked(cast.dana, bill, reyes)
    name = sponsored(bill, reyes)
    proofs.settle(now=NOW)

    name.delete()

    assert (
        "the source has taken it back"
        in browser_of(cast.dana).get(record.get_absolute_url()).content.decode()
    )


def test_correcting_the_record_keeps_what_was_settled(cast: Cast, bill: Measure, reyes: Official):
    record = asked(cast.dana, bill, reyes, stance="yes")
    ask = record.asks.get()
    sponsored(bill, reyes)
    proofs.settle(now=NOW)
    made = AskMade("cosponsor", "will_consider", official=reyes, measure=bill)
    entry = entry_by(cast.dana, [reyes], measures=[bill], asks=[made])

    contacts.edit(by=cast.dana, interaction=record, entry=entry, version=record.version, now=timezone.now())

    kept = record.asks.get()
    assert (kept.pk, kept.response, hasattr(kept, "stance_after")) == (
        ask.pk,
        AskResponse.WILL_CONSIDER,
        False,
    )
    assert settled() == [("ask", "kept")]


# --- Where it is shown, and to whom ---


def test_both_pages_show_what_was_kept_with_the_evidence(cast: Cast, bill: Measure, reyes: Official):
    promised(cast, bill, reyes)
    vote = voted(bill, reyes, "yes", on=LATER)
    proofs.settle(now=NOW)
    record = Interaction.objects.get()
    browser = browser_of(cast.dana)

    for page in (record.get_absolute_url(), bill.get_absolute_url()):
        text = browser.get(page).content.decode()
        assert "Kept, by the public record" in text
        assert vote.roll_call.get_absolute_url() in text
    history = browser.get(f"{record.get_absolute_url()}history/").content.decode()
    assert "settled by the public record" in history


@pytest.mark.parametrize("level", ["shared", "chapter", "restricted"])
def test_the_measure_names_only_promises_of_records_that_one_may_read(
    cast: Cast, bill: Measure, reyes: Official, level: str
):
    asked(cast.dana, bill, reyes, confidentiality=level)
    sponsored(bill, reyes)
    proofs.settle(now=NOW)
    readers = {"shared": {"dana", "luis", "tom"}, "chapter": {"dana", "tom"}, "restricted": {"dana"}}

    seen = {
        name
        for name in ("dana", "luis", "tom", "sam", "elise")
        if "by the public record"
        in browser_of(getattr(cast, name)).get(bill.get_absolute_url()).content.decode()
    }

    assert seen == readers[level]


def test_a_person_decides_on_a_page_of_its_own(cast: Cast, bill: Measure, reyes: Official):
    record = asked(cast.dana, bill, reyes, AskKind.VOTE_YES)
    voted(bill, reyes, "no", on=LATER)
    proofs.settle(now=NOW)
    proof = Proof.objects.get()
    browser = browser_of(cast.dana)
    assert proof.get_absolute_url() in browser.get(record.get_absolute_url()).content.decode()
    assert "It was not kept" in browser.get(proof.get_absolute_url()).content.decode()

    answer = browser.post(proof.get_absolute_url(), {"decision": "not_kept"})

    assert answer.url == record.get_absolute_url()
    proof.refresh_from_db()
    assert (proof.state, proof.decided_by, proof.decided_on) == ("not_kept", cast.dana, TODAY)


@pytest.mark.parametrize("rows", [1, 3])
def test_asking_the_record_costs_the_same_for_one_open_promise_and_for_three(
    cast: Cast, bill: Measure, rows: int, django_assert_num_queries
):
    for number in range(rows):
        member = official_in(seat_in(state("tx", "Texas"), str(number)), f"Member {number}")
        asked(cast.dana, bill, member, AskKind.VOTE_YES, AskResponse.WILL_CONSIDER)
        voted(bill, member, "no", on=LATER)

    with django_assert_num_queries(6):
        assert proofs.settle(now=NOW) == 0


# --- The form ---


def promise_form(cast: Cast, reyes: Official | None, *bills: Measure, **changes: str) -> PromiseForm:
    said = {"side": "them", "text": "Her vote.", "check_back_on": "2027-03-01", "shown_by": "vote_yes"}
    form = PromiseForm(said | changes)
    form.offer(User.objects.all(), [reyes] if reyes else [], list(bills))
    return form


def test_a_promise_that_the_record_will_show_takes_the_one_official_and_measure(
    cast: Cast, bill: Measure, reyes: Official
):
    form = promise_form(cast, reyes, bill)

    assert form.is_valid()
    promise = form.promise()
    assert promise is not None
    assert (promise.shown_by, promise.official, promise.measure) == ("vote_yes", reyes, bill)


def test_a_promise_that_the_record_cannot_show_is_refused_with_a_reason(
    cast: Cast, bill: Measure, reyes: Official
):
    other = measure("HB 9")

    assert promise_form(cast, reyes, bill, other).errors == {
        "about": ["Choose the measure that it is about."]
    }
    assert promise_form(cast, reyes, bill, other, about=str(other.pk)).is_valid()
    assert promise_form(cast, None, bill).errors == {"shown_by": ["Choose which official promised it."]}
    assert promise_form(cast, reyes, bill, side="us").errors == {
        "shown_by": ["The public record shows what they do, not what we do."]
    }
