"""Who votes on a measure, where it stands, and which recorded votes are about the measure itself."""

from datetime import UTC, date, datetime

import pytest

from legislation.models import Chamber, Committee, CommitteeMembership, RollCall, Stage
from legislation.passage import is_on_passage
from legislation.voting_bodies import Bodies
from tests.cast import TODAY
from tests.factories.log import official_in, seat_in
from tests.factories.measures import heard, measure, stepped
from tests.factories.people import state

pytestmark = pytest.mark.django_db


@pytest.fixture
def chambers() -> None:
    for code, name in (("lower", "Texas House"), ("upper", "Texas Senate")):
        Chamber.objects.create(jurisdiction=state("tx", "Texas"), code=code, name=name)


@pytest.mark.parametrize(
    ("number", "steps", "where"),
    [
        ("HB 1", [], "lower"),
        ("SB 1", [], "upper"),
        ("HB 1", [(Stage.INTRODUCED, "lower")], "lower"),
        ("HB 1", [(Stage.INTRODUCED, "lower"), (Stage.PASSED_1, "lower")], "upper"),
        ("SB 1", [(Stage.PASSED_1, "upper")], "lower"),
        ("HB 1", [(Stage.PASSED_1, "lower"), (Stage.COMMITTEE_2, "")], "upper"),
        ("HB 1", [(Stage.PASSED_1, "lower"), (Stage.COMMITTEE_2, "upper")], "upper"),
    ],
)
def test_a_measure_stands_before_the_chamber_that_votes_next(chambers: None, number: str, steps, where: str):
    bill = measure(number)
    for day, (stage, chamber) in enumerate(steps, start=1):
        stepped(bill, stage, date(2027, 1, day), chamber=chamber)

    assert Bodies(bill, TODAY).at.key == where


def test_in_committee_it_stands_before_the_committee_that_heard_it(chambers: None):
    bill = measure("HB 1")
    health = Committee.objects.create(
        jurisdiction=state("tx", "Texas"),
        chamber=Chamber.objects.get(code="lower"),
        name="Public Health",
        external_id="1",
    )
    heard(bill, datetime(2027, 2, 1, 15, tzinfo=UTC), committee=health)
    stepped(bill, Stage.COMMITTEE_1, date(2027, 1, 20), chamber="lower")
    bodies = Bodies(bill, TODAY)

    assert bodies.at.committee == health
    assert [one.key for one in bodies.all] == ["upper", "lower", f"committee-{health.pk}"]
    assert bodies.find("upper").chamber.code == "upper"
    assert bodies.find("no such body") == bodies.at


def test_members_are_those_who_sit_there_on_the_day():
    bill = measure("HB 1")
    texas = state("tx", "Texas")
    reyes = official_in(seat_in(texas, "10"), "Alma Reyes")
    bell = official_in(seat_in(texas, "2"), "Cora Bell")
    official_in(seat_in(texas, "3"), "Gone Before", ends_on=date(2027, 1, 1))
    seat_in(texas, "4")
    house = Bodies(bill, TODAY).at

    members = house.members(TODAY)

    assert [one.official for one in members] == [bell.pk, reyes.pk]
    assert house.votes_in_all(members) == 4


def test_of_a_committee_everybody_on_it_has_a_vote():
    bill = measure("HB 1")
    texas = state("tx", "Texas")
    reyes = official_in(seat_in(texas, "10"), "Alma Reyes")
    health = Committee.objects.create(jurisdiction=texas, name="Public Health", external_id="1")
    CommitteeMembership.objects.create(committee=health, official=reyes)
    heard(bill, datetime(2027, 2, 1, 15, tzinfo=UTC), committee=health)
    body = Bodies(bill, TODAY).find(f"committee-{health.pk}")

    assert [one.official for one in body.members(TODAY)] == [reyes.pk]
    assert body.votes_in_all(body.members(TODAY)) == 1


@pytest.mark.parametrize("kind", ["regulation", "consultation", "executive_order", "ballot_measure", "study"])
def test_what_an_agency_or_the_voters_decide_stands_before_no_body(chambers: None, kind: str):
    assert Bodies(measure("HB 1", kind=kind), TODAY).at is None
    assert Bodies(measure("HB 2"), TODAY).at is not None


def test_a_legislature_without_chambers_on_record_has_no_body():
    assert Bodies(measure("HB 1"), TODAY).at is None


@pytest.mark.parametrize(
    "motion",
    [
        "On Passage of the Bill",
        "Third Reading",
        "H 3rd Reading and Passage",
        "Do Pass as amended",
        "On Motion to Suspend the Rules and Pass, as Amended",
        "Read a third time and passed",
        "Troisième lecture et adoption",
        "Lue une troisième fois",
    ],
)
def test_a_vote_on_passage_says_where_a_member_stands(motion: str):
    assert is_on_passage(RollCall(motion=motion))


@pytest.mark.parametrize(
    "motion",
    [
        "On the Amendment S.Amdt. 3331",
        "On the Cloture Motion",
        "Motion to table",
        "Recommit to committee before third reading",
        "Do Not Pass",
        "Postpone indefinitely",
        "Amendement au rapport avant la troisième lecture",
        "Quorum call",
        "On Passage of the Bill, the Objections of the President to the Contrary Notwithstanding (veto)",
        "",
    ],
)
def test_a_vote_on_a_step_of_procedure_says_nothing_certain(motion: str):
    assert not is_on_passage(RollCall(motion=motion))
