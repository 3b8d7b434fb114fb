"""The whip count: who stands where, how we know, what is needed, and who moved."""

from datetime import date, timedelta

import pytest

from advocacy.audit.models import Entry
from advocacy.interactions.actions import stances
from advocacy.interactions.errors import InTheFuture, NotAllowedToChange, NotAllowedToLogHere
from advocacy.interactions.models import OfficialStance, VotesNeeded
from advocacy.interactions.whip import WhipCount
from legislation.models import Measure, Official
from legislation.voting_bodies import Bodies, Body
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import hb_210, official_in, seat_in
from tests.factories.measures import tracked
from tests.factories.people import state
from tests.factories.stances import asked, noted, sponsored, voted

EARLIER = date(2027, 1, 20)


@pytest.fixture
def bill(cast: Cast) -> Measure:
    return hb_210()


@pytest.fixture
def house(cast: Cast) -> list[Official]:
    """Four members, of districts 1 to 4."""
    texas = state("tx", "Texas")
    return [
        official_in(seat_in(texas, str(number)), f"{given} {family}")
        for number, (given, family) in enumerate(
            [("Alma", "Reyes"), ("Cora", "Bell"), ("Dov", "Stone"), ("Eve", "Hart")], start=1
        )
    ]


def body_of(bill: Measure) -> Body:
    body = Bodies(bill, TODAY).at
    assert body is not None
    return body


def count_for(user, bill: Measure, day: date = TODAY, **how) -> WhipCount:
    return WhipCount(bill, body_of(bill), user=user, day=day, **how)


def said(count: WhipCount) -> dict[str, str]:
    return {line.official.family_name: line.says for line in count.lines}


def address(bill: Measure, query: str = "") -> str:
    return f"/officials/measures/{bill.pk}/whip/{query}"


# --- Who stands where ---


def test_each_member_stands_where_the_newest_word_says(cast: Cast, bill: Measure, house):
    reyes, bell, stone, _hart = house
    noted(cast.dana, bill, reyes, "undecided", as_of=EARLIER)
    asked(cast.dana, bill, reyes, stance="lean_yes")
    sponsored(bill, bell)
    voted(bill, stone, "no")

    count = count_for(cast.dana, bill)

    assert said(count) == {"Reyes": "Lean yes", "Bell": "Yes", "Stone": "No", "Hart": "Unknown"}
    assert {side.code: side.count for side in count.sides} == {
        "yes": 1, "lean_yes": 1, "undecided": 0, "lean_no": 0, "no": 1, "unknown": 1,
    }  # fmt: skip
    assert [line.word.evidence for line in count.lines if line.word] == [
        "Via staff", "Cosponsor", "Public vote",
    ]  # fmt: skip


def test_a_champion_counts_as_a_sure_vote_and_keeps_the_name(cast: Cast, bill: Measure, house):
    noted(cast.dana, bill, house[0], "champion")

    count = count_for(cast.dana, bill)

    assert (count.counts["yes"], count.lines[0].says) == (1, "Champion")


def test_a_vote_outweighs_what_was_said_on_the_same_day(cast: Cast, bill: Measure, house):
    voted(bill, house[0], "no", on=TODAY)
    noted(cast.dana, bill, house[0], "yes", as_of=TODAY)

    assert said(count_for(cast.dana, bill))["Reyes"] == "No"


def test_a_vote_on_procedure_and_one_not_cast_say_nothing(cast: Cast, bill: Measure, house):
    voted(bill, house[0], "no", motion="Motion to table")
    voted(bill, house[1], "absent")

    assert count_for(cast.dana, bill).counts == {"unknown": 4}


def test_that_it_did_not_come_up_takes_nothing_back(cast: Cast, bill: Measure, house):
    noted(cast.dana, bill, house[0], "lean_no", as_of=EARLIER)
    noted(cast.dana, bill, house[0], "not_raised")

    assert said(count_for(cast.dana, bill))["Reyes"] == "Lean no"


def test_a_name_that_was_withdrawn_counts_only_until_that_day(cast: Cast, bill: Measure, house):
    sponsored(bill, house[0], on=EARLIER, withdrawn_on=date(2027, 2, 3))

    assert said(count_for(cast.dana, bill, date(2027, 2, 2)))["Reyes"] == "Yes"
    assert said(count_for(cast.dana, bill, date(2027, 2, 3)))["Reyes"] == "Unknown"


def test_a_planned_contact_has_heard_nothing_yet(cast: Cast, bill: Measure, house):
    record = asked(cast.dana, bill, house[0], stance="yes")
    type(record).objects.filter(pk=record.pk).update(state="planned", logged_at=None)

    assert count_for(cast.dana, bill).counts == {"unknown": 4}


def test_a_stance_of_more_than_a_year_ago_is_marked_and_a_vote_is_not(cast: Cast, bill: Measure, house):
    noted(cast.dana, bill, house[0], "yes", as_of=TODAY - timedelta(days=365))
    noted(cast.dana, bill, house[1], "yes", as_of=TODAY - timedelta(days=364))
    voted(bill, house[2], "yes", on=date(2025, 5, 1))

    assert [line.is_old for line in count_for(cast.dana, bill).lines] == [True, False, False, False]
    assert "more than a year ago" in browser_of(cast.dana).get(address(bill)).content.decode()


# --- What a reader may know ---

READERS = {
    "shared": {"dana", "luis", "priya", "chris", "tom", "angela", "jordan"},
    "chapter": {"dana", "priya", "chris", "tom", "jordan"},
    "restricted": {"dana", "jordan"},
}
EVERYBODY = (
    "dana",
    "luis",
    "ruth",
    "noor",
    "elise",
    "sam",
    "tom",
    "angela",
    "jordan",
    "chris",
    "pat",
    "priya",
)


@pytest.mark.parametrize("level", ["shared", "chapter", "restricted"])
@pytest.mark.parametrize("way", ["noted", "asked"])
def test_a_stance_is_read_by_exactly_these_people_and_counts_for_nobody_else(
    cast: Cast, bill: Measure, house, level: str, way: str
):
    if way == "noted":
        noted(cast.dana, bill, house[0], "champion", confidentiality=level, source="cx-source")
    else:
        asked(cast.dana, bill, house[0], stance="champion", confidentiality=level)

    counted = {name for name in EVERYBODY if count_for(getattr(cast, name), bill).counts["yes"]}
    shown = {
        name
        for name in EVERYBODY
        if name not in ("angela", "jordan")  # who sign in with a second step
        and "Champion</span>" in browser_of(getattr(cast, name)).get(address(bill)).content.decode()
    }

    assert counted == READERS[level]
    assert shown == READERS[level] - {"angela", "jordan"}


def test_an_earlier_word_that_everybody_may_read_holds_where_the_newer_is_hidden(
    cast: Cast, bill: Measure, house
):
    noted(cast.luis, bill, house[0], "lean_yes", as_of=EARLIER)
    noted(cast.dana, bill, house[0], "no", confidentiality="restricted")

    assert said(count_for(cast.dana, bill))["Reyes"] == "No"
    assert said(count_for(cast.luis, bill))["Reyes"] == "Lean yes"


def test_the_file_holds_nothing_restricted_whoever_asks(cast: Cast, bill: Measure, house):
    noted(cast.dana, bill, house[0], "no", confidentiality="restricted", source="private concern zebra")
    asked(cast.dana, bill, house[1], stance="no", confidentiality="restricted")
    noted(cast.dana, bill, house[2], "lean_yes", confidentiality="chapter")

    answer = browser_of(cast.dana).get(address(bill, "count.csv"))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()

    assert len(lines) == 5
    assert [line.split(",")[2] for line in lines[1:]] == ["Unknown", "Unknown", "Lean yes", "Unknown"]
    assert Entry.objects.filter(verb="exported", actor=cast.dana).count() == 1


def test_party_is_not_on_the_page(cast: Cast, bill: Measure, house):
    house[0].parties.create(party="Purple Party")

    assert "Purple" not in browser_of(cast.dana).get(address(bill)).content.decode()


# --- Votes needed ---


def test_a_majority_of_the_seats_is_needed_unless_somebody_set_another_number(
    cast: Cast, bill: Measure, house
):
    seat_in(state("tx", "Texas"), "5")
    sponsored(bill, house[0])
    count = count_for(cast.dana, bill)
    assert (count.votes_in_all, count.needed, count.missing) == (5, 3, 2)

    stances.set_votes(
        by=cast.jordan, measure=bill, body=body_of(bill), votes=4, reason="Two thirds.", on=TODAY
    )

    count = count_for(cast.dana, bill)
    assert (count.needed, count.missing) == (4, 3)
    assert "Two thirds." in browser_of(cast.dana).get(address(bill)).content.decode()
    stances.set_votes(by=cast.jordan, measure=bill, body=body_of(bill), votes=None, reason="", on=TODAY)
    assert not VotesNeeded.objects.exists()
    assert list(Entry.objects.filter(model="interactions.votesneeded").values_list("verb", flat=True)) == [
        "lifted", "edited",
    ]  # fmt: skip


def test_the_number_is_set_by_staff_and_by_whoever_looks_after_the_measure(cast: Cast, bill: Measure, house):
    page = address(bill, "votes-needed/?body=lower")
    assert browser_of(cast.dana).get(page).status_code == 404
    with pytest.raises(NotAllowedToChange):
        stances.set_votes(by=cast.dana, measure=bill, body=body_of(bill), votes=4, reason="So.", on=TODAY)

    tracked(bill, cast.gulf_prairie, owner=cast.dana)

    assert browser_of(cast.dana).get(page).status_code == 200
    assert browser_of(cast.luis).get(page).status_code == 404
    assert browser_of(cast.dana).post(page, {"votes": "4", "reason": ""}).status_code == 422
    answer = browser_of(cast.dana).post(page, {"votes": "4", "reason": "Two thirds."})
    assert (answer.status_code, answer.url) == (302, address(bill, "?body=lower"))
    assert count_for(cast.luis, bill).needed == 4


# --- Who moved ---


def test_who_moved_between_two_days_is_told_from_what_to_what(cast: Cast, bill: Measure, house):
    reyes, bell, stone, hart = house
    noted(cast.dana, bill, reyes, "undecided", as_of=EARLIER)
    noted(cast.dana, bill, reyes, "yes", as_of=date(2027, 2, 2))
    noted(cast.dana, bill, bell, "no", as_of=EARLIER)
    voted(bill, stone, "yes", on=date(2027, 2, 3))
    noted(cast.dana, bill, hart, "no", as_of=date(2027, 2, 8))

    moves = count_for(cast.dana, bill, date(2027, 2, 5)).moves_since(date(2027, 1, 25))

    assert [(move.line.official, move.was, move.line.says) for move in moves] == [
        (reyes, "Undecided", "Yes"),
        (stone, "Unknown", "Yes"),
    ]
    page = browser_of(cast.dana).get(address(bill, "?since=2027-01-25&until=2027-02-05")).content.decode()
    moved = page.partition('id="moves-title"')[2].partition("</section>")[0]
    assert "Alma Reyes" in moved
    assert "Undecided → <strong>Yes" in moved
    assert "Eve Hart" not in moved


def test_days_that_make_no_sense_are_named_and_filter_nothing(cast: Cast, bill: Measure, house):
    page = browser_of(cast.dana).get(address(bill, "?since=2027-02-09&until=2027-02-01")).content.decode()
    assert "The first day comes before the other one." in page
    page = browser_of(cast.dana).get(address(bill, "?until=2999-01-01")).content.decode()
    assert "This day has not come yet." in page


def test_the_list_is_narrowed_by_side_and_by_name(cast: Cast, bill: Measure, house):
    noted(cast.dana, bill, house[0], "yes")
    count = count_for(cast.dana, bill)

    assert [line.official for line in count.found("yes", "")] == [house[0]]
    assert [line.official for line in count.found("", "bell house")] == [house[1]]


# --- Noting a stance ---


def test_a_stance_is_noted_in_two_taps_and_audited(cast: Cast, bill: Measure, house):
    browser = browser_of(cast.dana)
    count = browser.get(address(bill)).content.decode()
    form = address(bill, f"{house[0].pk}/?body=lower")
    assert form in count

    page = browser.get(form).content.decode()
    assert 'name="stance" value="lean_yes"' in page
    answer = browser.post(form, _as_offered(cast) | {"stance": "lean_yes"})

    assert answer.url == address(bill, "?body=lower")
    row = OfficialStance.objects.get()
    assert (row.official, row.measure, row.stance, row.evidence, row.as_of, row.chapter, row.ask) == (
        house[0], bill, "lean_yes", "said_directly", TODAY, cast.gulf_prairie, None,
    )  # fmt: skip
    assert Entry.objects.about(row).get().actor == cast.dana


def _as_offered(cast: Cast) -> dict[str, str]:
    """What the form holds when nobody has touched it."""
    return {
        "evidence": "said_directly",
        "as_of": "2027-02-09",
        "source": "",
        "chapter": str(cast.gulf_prairie.pk),
        "confidentiality": "shared",
    }


def test_without_a_button_pressed_nothing_is_noted(cast: Cast, bill: Measure, house):
    answer = browser_of(cast.dana).post(address(bill, f"{house[0].pk}/"), _as_offered(cast))

    assert answer.status_code == 422
    assert "Press the button that says where they stand." in answer.content.decode()
    assert not OfficialStance.objects.exists()


def test_who_does_not_log_notes_no_stance(cast: Cast, bill: Measure, house):
    form = address(bill, f"{house[0].pk}/")
    for person in (cast.sam, cast.chris):
        assert browser_of(person).get(form).status_code == 404
        assert form not in browser_of(person).get(address(bill)).content.decode()
    with pytest.raises(NotAllowedToLogHere):
        noted(cast.dana, bill, house[0], "yes", chapter=cast.hill_country)
    with pytest.raises(InTheFuture):
        noted(cast.dana, bill, house[0], "yes", as_of=TODAY + timedelta(days=1))


# --- The page ---


@pytest.mark.parametrize("rows", [1, 3])
def test_the_count_costs_the_same_for_one_member_and_for_three(
    cast: Cast, bill: Measure, rows: int, django_assert_num_queries
):
    texas = state("tx", "Texas")
    for number in range(rows):
        member = official_in(seat_in(texas, str(number)), f"Member {number}")
        asked(cast.dana, bill, member, stance="yes")
        noted(cast.dana, bill, member, "no", as_of=EARLIER)
        sponsored(bill, member)
        voted(bill, member, "yes", on=EARLIER)
    browser = browser_of(cast.dana)
    browser.get("/")

    with django_assert_num_queries(21):
        browser.get(address(bill, "?since=2027-01-01"))


def test_without_members_on_record_the_page_says_so(cast: Cast, bill: Measure):
    assert "Nobody is known to vote on it" in browser_of(cast.dana).get(address(bill)).content.decode()
    assert browser_of(cast.dana).get(address(bill, "count.csv")).status_code == 404


def test_the_page_of_the_measure_sums_it_up(cast: Cast, bill: Measure, house):
    noted(cast.dana, bill, house[0], "yes")

    page = browser_of(cast.dana).get(bill.get_absolute_url()).content.decode()

    panel = page.partition('id="whip-title"')[2].partition("</section>")[0]
    assert "Texas House" in panel
    assert "<strong>3</strong> of 4 votes are needed." in panel
