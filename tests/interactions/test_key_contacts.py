"""Key contacts per seat: who goes first, what an election asks, and what stays in the history."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from advocacy.audit.models import Entry
from advocacy.interactions.actions import key_contacts, relationships
from advocacy.interactions.actions.key_contacts import TeamIsSpokenFor
from advocacy.interactions.coverage import Coverage, Line, coverage
from advocacy.interactions.models import KeyContact, Rank, RelationshipScore
from legislation.actions import leavers
from legislation.models import Decision, LeaverDecision, Official, Seat, Tenure
from members import delegation
from members.models import ChapterTerritory
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import logged, official_in, seat_in
from tests.factories.maps import division, holds, houston
from tests.factories.people import state, volunteer_of

pytestmark = pytest.mark.django_db
SENATE_13 = "ocd-division/country:us/state:tx/sldu:13"
TURNOVER = date(2027, 2, 1)


@pytest.fixture
def world(cast: Cast) -> Cast:
    houston()
    ChapterTerritory.objects.get(chapter=cast.gulf_prairie).divisions.add(division(SENATE_13))
    return cast


@pytest.fixture
def dell(world: Cast) -> Official:
    return official("Omar Dell")


def official(name: str) -> Official:
    return Official.objects.get(name=name)


def assign(cast: Cast, person, to: Official, rank: Rank = Rank.PRIMARY, **values) -> KeyContact:
    values = {"by": cast.dana, "chapter": cast.gulf_prairie, "on": date(2026, 8, 1)} | values
    return key_contacts.assign(person=person, official=to, rank=rank, **values)


def elected(dell: Official, *, successor: bool = True) -> Official | None:
    """Dell leaves Senate 13 and becomes Comptroller the same day; Bea Holt comes after him."""
    senate = Seat.objects.get(district="13")
    texas = senate.chamber.jurisdiction
    Tenure.objects.filter(seat=senate).update(ends_on=TURNOVER, end_reason="moved_to_other_seat")
    holds_too = Seat.objects.create(
        chamber=Seat.objects.get(district="governor").chamber, district="comptroller", label="Comptroller"
    )
    assert holds_too.chamber.jurisdiction == texas
    Tenure.objects.create(official=dell, seat=holds_too, starts_on=TURNOVER)
    return holds(senate, "Bea Holt", starts_on=TURNOVER) if successor else None


def covered(cast: Cast, reader: str = "dana") -> Coverage:
    return coverage(delegation.of_chapter(cast.gulf_prairie, TODAY), user=getattr(cast, reader), today=TODAY)


def line(found: Coverage, name: str) -> Line:
    (one,) = [one for one in found.lines if str(one.member.holder.tenure.official) == name]
    return one


def ranks(to: Official) -> dict[str, str]:
    return {str(tie.person): tie.rank for tie in KeyContact.objects.open().filter(official=to)}


def test_the_first_of_a_chapter_to_keep_in_touch_goes_first(world: Cast, dell: Official):
    for person in (world.dana, world.priya):
        relationships.adopt(by=person, official=dell, chapter=world.gulf_prairie, rhythm_days=90, on=TODAY)
    relationships.adopt(by=world.luis, official=dell, chapter=world.hill_country, rhythm_days=90, on=TODAY)

    assert ranks(dell) == {"Dana Whitfield": "primary", "Priya Shah": "secondary", "Luis Ortega": "primary"}
    assert KeyContact.objects.filter(seat__district="13").count() == 3


def test_staff_who_keep_in_touch_take_no_chapters_first_place(world: Cast, dell: Official):
    relationships.adopt(by=world.jordan, official=dell, chapter=world.gulf_prairie, rhythm_days=90, on=TODAY)

    assert ranks(dell) == {"Jordan Blake": "secondary"}


def test_naming_another_primary_makes_the_former_secondary(world: Cast, dell: Official):
    assign(world, world.dana, dell)

    assign(world, world.priya, dell)

    assert ranks(dell) == {"Dana Whitfield": "secondary", "Priya Shah": "primary"}


def test_handed_on_the_former_ends_with_the_reason_and_stays_in_the_history(world: Cast, dell: Official):
    former = assign(world, world.dana, dell)

    assign(world, world.priya, dell, former_stays=False, on=TODAY)

    former.refresh_from_db()
    assert ranks(dell) == {"Priya Shah": "primary"}
    assert (former.ends_on, former.end_reason) == (TODAY, "Handed on to Priya Shah")
    assert Entry.objects.about(former).filter(verb="released", actor=world.dana).exists()


def test_any_number_of_secondary_contacts(world: Cast, dell: Official):
    people = [volunteer_of(world.gulf_prairie) for _ in range(3)]
    for person in people:
        assign(world, person, dell, Rank.SECONDARY)

    assert list(ranks(dell).values()) == ["secondary"] * 3
    assert not line(covered(world), "Omar Dell").is_assigned


def test_coverage_counts_a_primary_key_contact_of_this_chapter(world: Cast, dell: Official):
    assign(world, world.luis, dell, chapter=world.hill_country, by=world.luis)
    assert line(covered(world), "Omar Dell").ties == []

    assign(world, world.priya, dell, Rank.SECONDARY)
    with_a_secondary = covered(world)
    second = line(with_a_secondary, "Omar Dell")
    assign(world, world.dana, dell)
    with_a_primary = covered(world)
    first = line(with_a_primary, "Omar Dell")

    assert (with_a_secondary.chambers()[-1].assigned, with_a_primary.chambers()[-1].assigned) == (0, 1)
    assert (second.standing, second.is_assigned) == ("none", False)
    assert second.why == "no primary key contact and no contact in 12 months"
    assert (first.standing, first.is_assigned) == ("assigned", True)
    assert [str(tie.person) for tie in first.ties] == ["Dana Whitfield", "Priya Shah"]


def test_one_speaks_for_the_team_and_only_staff_take_that_from_another_chapter(world: Cast, dell: Official):
    theirs = assign(world, world.luis, dell, chapter=world.hill_country, by=world.luis, team=world.texas_team)

    with pytest.raises(TeamIsSpokenFor, match="Luis Ortega of Hill Country"):
        assign(world, world.dana, dell, team=world.texas_team)
    ours = assign(world, world.dana, dell, team=world.texas_team, by=world.jordan)

    theirs.refresh_from_db()
    assert (ours.team, theirs.team, theirs.rank) == (world.texas_team, None, "primary")
    found = coverage(delegation.of_team(world.texas_team, TODAY), user=world.luis, today=TODAY)
    assert [str(tie.person) for tie in line(found, "Omar Dell").ties] == ["Dana Whitfield", "Luis Ortega"]


def test_a_change_of_holder_asks_and_until_an_answer_nothing_changes(world: Cast, dell: Official):
    tie = assign(world, world.dana, dell)
    elected(dell)

    holt = line(covered(world), "Bea Holt")

    assert (holt.standing, holt.ties) == ("none", [])
    (question,) = holt.questions
    assert (question.tie, question.name, question.may_answer) == (tie, "Bea Holt", True)
    assert list(KeyContact.objects.in_force(TODAY)) == [tie]


def test_kept_for_the_successor_it_begins_anew_at_zero(world: Cast, dell: Official):
    tie = assign(world, world.dana, dell, rhythm_days=60)
    relationships.judge(
        by=world.dana,
        official=dell,
        chapter=world.gulf_prairie,
        strength=5,
        willingness=None,
        influence=None,
        on=date(2027, 1, 1),
    )
    logged(world.dana, [dell])
    holt = elected(dell)

    assert key_contacts.answer(tie, Decision.KEEP_FOR_SUCCESSOR, by=world.dana, now=timezone.now())

    begun = KeyContact.objects.get(official=holt)
    tie.refresh_from_db()
    assert (begun.person, begun.rank, begun.rhythm_days, begun.seat.district) == (
        world.dana, "primary", 60, "13",
    )  # fmt: skip
    assert (tie.ends_on, tie.end_reason) == (TODAY, "Kept for Bea Holt")
    assert not RelationshipScore.objects.filter(official=holt).exists()
    found = line(covered(world), "Bea Holt")
    assert (found.standing, found.is_strong, found.questions) == ("assigned", False, [])


def test_kept_for_the_person_it_goes_along_to_the_new_office(world: Cast, dell: Official):
    tie = assign(world, world.dana, dell)
    elected(dell)

    key_contacts.answer(tie, Decision.KEEP_FOR_PERSON, by=world.dana, now=timezone.now())

    tie.refresh_from_db()
    assert (tie.seat.district, tie.ends_on) == ("comptroller", None)
    assert line(covered(world), "Bea Holt").questions == []
    changes = Entry.objects.about(tie).get(verb="edited").changes
    assert changes == {"seat": ["Texas Senate 13", "Comptroller"]}


def test_closed_it_ends_with_the_reason(world: Cast, dell: Official):
    tie = assign(world, world.dana, dell)
    elected(dell)

    key_contacts.answer(
        tie, Decision.CLOSE, by=world.dana, now=timezone.now(), reason="Nobody of ours knows her."
    )

    tie.refresh_from_db()
    assert (tie.ends_on, tie.end_reason) == (TODAY, "Nobody of ours knows her.")


def test_the_answer_settles_what_the_list_of_leavers_asks_too(world: Cast, dell: Official):
    tie = assign(world, world.dana, dell)
    elected(dell)
    leavers.list_for_decision(None, [dell.pk], day=TODAY)

    key_contacts.answer(tie, Decision.KEEP_FOR_PERSON, by=world.dana, now=timezone.now())

    row = LeaverDecision.objects.get()
    assert (row.decision, row.decided_by) == (Decision.KEEP_FOR_PERSON, world.dana)


def test_the_list_of_leavers_gives_it_to_the_holder_of_the_seat_it_remembers(world: Cast, dell: Official):
    """Dell left another seat later: that one's new holder is not who the tie was meant for."""
    assign(world, world.dana, dell)
    holt = elected(dell)
    comptroller = Seat.objects.get(district="comptroller")
    Tenure.objects.filter(seat=comptroller).update(ends_on=TURNOVER + timedelta(days=3))
    official_in(comptroller, "Una Grey", starts_on=TURNOVER + timedelta(days=3))
    leavers.list_for_decision(None, [dell.pk], day=TODAY)

    assert leavers.successor_for(LeaverDecision.objects.get(), TODAY) == holt


def test_a_vacant_seat_keeps_the_question_for_its_next_holder(world: Cast, dell: Official):
    tie = assign(world, world.dana, dell)
    elected(dell, successor=False)

    (empty,) = [one for one in covered(world).vacancies if one.vacancy.seat.district == "13"]
    (question,) = empty.questions
    assert (question.tie, question.successor) == (tie, None)

    official_in(Seat.objects.get(district="13"), "Bea Holt", starts_on=TODAY)
    assert [str(one.successor) for one in line(covered(world), "Bea Holt").questions] == ["Bea Holt"]


def test_the_other_senator_of_the_state_is_not_asked_about(world: Cast):
    vale = official("Iris Vale")
    assign(world, world.dana, vale)
    senate = Tenure.objects.get(official=vale).seat
    Tenure.objects.filter(official=vale).update(ends_on=TURNOVER)
    holds(senate, "Ines Moor", starts_on=TURNOVER)

    found = covered(world)

    assert [str(one.successor) for one in line(found, "Ines Moor").questions] == ["Ines Moor"]
    assert line(found, "Otto Lund").questions == []


def test_where_two_came_at_once_nobody_is_guessed_and_the_question_stays_in_sight(world: Cast):
    vale = official("Iris Vale")
    tie = assign(world, world.dana, vale)
    senate = Tenure.objects.get(official=vale).seat
    Tenure.objects.filter(seat=senate).update(ends_on=TURNOVER)
    for name in ("Ines Moor", "Ula Park"):
        holds(senate, name, starts_on=TURNOVER)

    found = covered(world)

    for name in ("Ines Moor", "Ula Park"):
        assert [(one.tie, one.name) for one in line(found, name).questions] == [(tie, "")]
    page = browser_of(world.dana).get(f"/log/key-contacts/{tie.pk}/answer/").content.decode()
    assert "it cannot be told who it is" in page
    assert "keep_for_successor" not in page


def test_the_advocate_of_the_chapter_answers_for_her_volunteers_and_nobody_elsewhere(
    world: Cast, dell: Official
):
    assign(world, world.priya, dell)
    elected(dell)

    asked = {
        reader: [one.may_answer for one in line(covered(world, reader), "Bea Holt").questions]
        for reader in ("priya", "dana", "angela", "jordan", "luis", "chris", "tom", "sam")
    }

    assert asked == {
        "priya": [True], "dana": [True], "angela": [True], "jordan": [True],
        "luis": [False], "chris": [False], "tom": [False], "sam": [],
    }  # fmt: skip


def test_somebody_who_returns_after_four_years_begins_at_zero(world: Cast):
    """DOMAIN.md §9, trap 1: she loses, and wins the seat back four years later."""
    seat = seat_in(state("tx", "Texas"), "140")
    back = official_in(seat, "Rosa Lane", starts_on=date(2019, 1, 8), ends_on=date(2023, 1, 10))
    KeyContact.objects.create(
        person=world.dana, official=back, chapter=world.gulf_prairie, seat=seat, rank=Rank.PRIMARY,
        starts_on=date(2020, 1, 1), ends_on=date(2023, 1, 20), end_reason="She lost.",
    )  # fmt: skip
    RelationshipScore.objects.create(
        official=back, person=world.dana, chapter=world.gulf_prairie, strength=5,
        said_by=world.dana, said_on=date(2022, 6, 1),
    )  # fmt: skip
    official_in(seat, "Ned Between", starts_on=date(2023, 1, 10), ends_on=date(2027, 1, 12))
    Tenure.objects.create(official=back, seat=seat, starts_on=date(2027, 1, 12))
    ChapterTerritory.objects.filter(chapter=world.gulf_prairie).update(
        coverage="full", counties="", postal_prefixes=""
    )

    found = line(covered(world), "Rosa Lane")

    assert (found.standing, found.ties, found.questions) == ("none", [], [])
    page = browser_of(world.dana).get(back.get_absolute_url()).content.decode()
    assert "1 earlier term" in page
    assert (
        "She lost."
        in browser_of(world.dana).get(f"/log/coverage/gulf-prairie/officials/{back.pk}/").content.decode()
    )


def test_only_the_chapters_advocate_and_staff_name_key_contacts(world: Cast, dell: Official):
    address = f"/log/coverage/gulf-prairie/officials/{dell.pk}/"

    said = {
        name: browser_of(getattr(world, name)).get(address).status_code
        for name in ("dana", "jordan", "luis", "priya", "chris", "sam")
    }

    assert said == {"dana": 200, "jordan": 200, "luis": 404, "priya": 404, "chris": 404, "sam": 404}


def test_the_page_names_a_key_contact_and_ends_one(world: Cast, dell: Official):
    browser = browser_of(world.dana)
    address = f"/log/coverage/gulf-prairie/officials/{dell.pk}/?seat={Seat.objects.get(district='13').pk}"

    outsider = browser.post(address, {"person": world.luis.pk, "rank": "primary"})
    answer = browser.post(address, {"person": world.priya.pk, "rank": "primary", "former_stays": "on"})
    tie = KeyContact.objects.get()
    silent = browser.post(f"/log/key-contacts/{tie.pk}/end/", {"reason": ""})
    ended = browser.post(f"/log/key-contacts/{tie.pk}/end/", {"reason": "She moved away."})

    assert (outsider.status_code, answer.status_code, silent.status_code, ended.status_code) == (
        200,
        302,
        200,
        302,
    )
    tie.refresh_from_db()
    assert (tie.person, tie.seat.district, tie.ends_on, tie.end_reason) == (
        world.priya, "13", TODAY, "She moved away.",
    )  # fmt: skip


def test_who_speaks_for_the_team_is_chosen_where_the_team_shares_the_legislature(world: Cast, dell: Official):
    browser = browser_of(world.dana)
    state_seat = browser.get(f"/log/coverage/gulf-prairie/officials/{dell.pk}/").content.decode()
    Tenure.objects.filter(official=dell).update(ends_on=TURNOVER)
    without = browser.get(f"/log/coverage/gulf-prairie/officials/{dell.pk}/").content.decode()

    assert "Also primary for the team" in state_seat
    assert "Also primary for the team" not in without


Broken = Callable[[KeyContact, Cast], object]
BROKEN: dict[str, Broken] = {
    "two primaries of one chapter": lambda tie, cast: KeyContact.objects.create(
        person=cast.priya, official=tie.official, chapter=tie.chapter, rank="primary", starts_on=TODAY
    ),
    "two who speak for the team": lambda tie, cast: KeyContact.objects.create(
        person=cast.luis,
        official=tie.official,
        chapter=cast.hill_country,
        team=cast.texas_team,
        rank="primary",
        starts_on=TODAY,
    ),
    "a secondary who speaks for the team": lambda tie, cast: KeyContact.objects.filter(pk=tie.pk).update(
        rank="secondary"
    ),
    "a reason without an end": lambda tie, cast: KeyContact.objects.filter(pk=tie.pk).update(end_reason="X"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(world: Cast, dell: Official, name: str):
    tie = assign(world, world.dana, dell, team=world.texas_team)

    with pytest.raises(IntegrityError), transaction.atomic():
        BROKEN[name](tie, world)
