"""Coverage: how we stand with each holder of a seat, counted by hand."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from advocacy.audit.models import Entry
from advocacy.interactions.actions import relationships
from advocacy.interactions.coverage import Coverage, Figures, Line, Standing, coverage, percent
from advocacy.interactions.models import Confidentiality, Kind, RelationshipScore
from legislation.models import Official, Tenure
from members import delegation
from members.models import ChapterTerritory, RoleAssignment
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import logged
from tests.factories.maps import division, holds, houston, three_capitals_of

SENATE_13 = "ocd-division/country:us/state:tx/sldu:13"


def official(name: str) -> Official:
    return Official.objects.get(name=name)


def covered(cast: Cast, reader: str = "dana", on: date = TODAY) -> Coverage:
    found = delegation.of_chapter(cast.gulf_prairie, on)
    return coverage(found, user=getattr(cast, reader), today=on)


def line(found: Coverage, name: str) -> Line:
    (one,) = [line for line in found.lines if str(line.member.holder.tenure.official) == name]
    return one


def know(cast: Cast, name: str, strength: int, on: date = TODAY) -> RelationshipScore:
    return relationships.judge(
        by=cast.dana,
        official=official(name),
        chapter=cast.gulf_prairie,
        strength=strength,
        willingness=None,
        influence=None,
        on=on,
    )


@pytest.fixture
def world(cast: Cast):
    """Five holders: Reyes, Dell (named by staff), Marsh, and the senators Vale and Lund; House 147 is vacant."""
    houston()
    ChapterTerritory.objects.get(chapter=cast.gulf_prairie).divisions.add(division(SENATE_13))
    return cast


def test_the_figures_equal_a_count_by_hand(world: Cast):
    logged(world.dana, [official("Alma Reyes")])
    logged(world.dana, [official("Iris Vale")], kind=Kind.PHONE_CALL, was_voicemail_only=True)
    relationships.adopt(
        by=world.dana, official=official("Iris Vale"), chapter=world.gulf_prairie, rhythm_days=90, on=TODAY
    )
    know(world, "Omar Dell", 4)

    found = covered(world)

    # Reyes was met; Vale only got a voicemail, but somebody keeps in touch; Dell is known well.
    standings = {str(one.member.holder.tenure.official): one.standing for one in found.lines}
    assert standings == {
        "Alma Reyes": Standing.TOUCHED,
        "Iris Vale": Standing.ASSIGNED,
        "Omar Dell": Standing.STRONG,
        "Theo Marsh": Standing.NONE,
        "Otto Lund": Standing.NONE,
    }
    rows = [(one.name, one.members, one.touched, one.assigned, one.strong) for one in found.chambers()]
    assert rows == [
        ("Texas House", 1, 1, 0, 0),
        ("Texas Senate", 1, 0, 0, 1),
        ("United States House", 1, 0, 0, 0),
        ("United States Senate", 2, 0, 1, 0),
        ("All seats", 5, 1, 1, 1),
    ]
    assert found.chambers()[-1].touched_percent == "20%"


def figures(rows: list[Figures]) -> list[tuple[str, int, int, int, int]]:
    return [(one.name, one.members, one.touched, one.assigned, one.strong) for one in rows]


def test_the_figures_are_told_by_level_too(world: Cast):
    logged(world.dana, [official("Alma Reyes")])
    know(world, "Otto Lund", 4)

    found = covered(world)

    assert figures(found.levels()) == [("Federal", 3, 0, 0, 1), ("State", 2, 1, 0, 0)]
    assert [group.title for group in found.groups()] == ["By level", "By chamber"]


def test_a_chapter_over_three_jurisdictions_is_counted_by_hand(cast: Cast):
    """DC: its delegate. Maryland: district 1 by its codes, and two senators. Virginia: district 2 by name, and two."""
    three_capitals_of(cast)
    gate, one = official("Dee Gate"), official("Maryland Senator One")
    logged(cast.ruth, [gate], chapter=cast.three_capitals)
    relationships.adopt(by=cast.ruth, official=one, chapter=cast.three_capitals, rhythm_days=90, on=TODAY)
    relationships.judge(
        by=cast.ruth,
        official=official("Virginia 2"),
        chapter=cast.three_capitals,
        strength=5,
        willingness=None,
        influence=None,
        on=TODAY,
    )

    found = coverage(delegation.of_chapter(cast.three_capitals, TODAY), user=cast.ruth, today=TODAY)

    assert figures(found.chambers()) == [
        ("United States House", 3, 1, 0, 1),
        ("United States Senate", 4, 0, 1, 0),
        ("All seats", 7, 1, 1, 1),
    ]
    assert figures(found.states()) == [
        ("District of Columbia", 1, 1, 0, 0),
        ("Maryland", 3, 0, 1, 0),
        ("Virginia", 3, 0, 0, 1),
    ]
    assert [group.title for group in found.groups()] == ["By state or province", "By chamber"]


def test_the_tie_of_somebody_whose_role_has_ended_no_longer_counts(world: Cast):
    lund = official("Otto Lund")
    for person in (world.dana, world.jordan):
        relationships.adopt(by=person, official=lund, chapter=world.gulf_prairie, rhythm_days=90, on=TODAY)

    RoleAssignment.objects.filter(person=world.dana).update(ends_on=TODAY)

    (tie,) = line(covered(world, "luis"), "Otto Lund").ties
    assert tie.person == world.jordan
    RoleAssignment.objects.filter(person=world.jordan).update(ends_on=TODAY)
    assert line(covered(world, "luis"), "Otto Lund").standing == Standing.NONE
    assert line(covered(world, "luis", on=TODAY - timedelta(days=1)), "Otto Lund").ties == []


def test_a_role_in_another_chapter_keeps_no_tie_of_this_one(world: Cast):
    relationships.adopt(
        by=world.luis, official=official("Otto Lund"), chapter=world.gulf_prairie, rhythm_days=90, on=TODAY
    )

    assert line(covered(world, "luis"), "Otto Lund").standing == Standing.NONE


def test_the_coldest_seats_come_first_and_each_says_why(world: Cast):
    logged(world.dana, [official("Alma Reyes")])

    found = covered(world)

    assert [one.standing for one in found.lines] == [Standing.NONE] * 4 + [Standing.TOUCHED]
    assert line(found, "Otto Lund").why == "no key contact and no contact in 12 months that you may read"
    assert "contact on" in line(found, "Alma Reyes").why


def test_a_new_holder_starts_at_zero(world: Cast):
    logged(world.dana, [official("Omar Dell")])
    seat = Tenure.objects.get(official__name="Omar Dell").seat
    Tenure.objects.filter(seat=seat).update(ends_on=TODAY, end_reason="moved_to_other_seat")
    holds(seat, "Bea Holt", starts_on=TODAY)

    assert line(covered(world), "Bea Holt").standing == Standing.NONE


def test_a_contact_counts_for_twelve_months(world: Cast):
    logged(world.dana, [official("Alma Reyes")])

    assert line(covered(world, on=TODAY + timedelta(days=364)), "Alma Reyes").is_touched
    assert not line(covered(world, on=TODAY + timedelta(days=365)), "Alma Reyes").is_touched


@pytest.mark.parametrize(
    ("strength", "days", "standing"), [(3, 0, "none"), (4, 364, "strong"), (5, 365, "none")]
)
def test_strong_means_four_or_five_said_within_a_year(world: Cast, strength: int, days: int, standing: str):
    know(world, "Otto Lund", strength, on=TODAY - timedelta(days=days))

    assert line(covered(world), "Otto Lund").standing == standing


def test_the_newest_judgement_counts(world: Cast):
    know(world, "Otto Lund", 5, on=TODAY - timedelta(days=30))
    know(world, "Otto Lund", 2)

    assert line(covered(world), "Otto Lund").standing == Standing.NONE


def test_a_judgement_counts_from_the_day_it_was_made(world: Cast):
    know(world, "Otto Lund", 5)

    assert line(covered(world, on=TODAY - timedelta(days=1)), "Otto Lund").standing == Standing.NONE


def test_the_same_judgement_is_confirmed_by_saying_so_and_not_by_another_rhythm(world: Cast):
    lund, browser = official("Otto Lund"), browser_of(world.dana)
    know(world, "Otto Lund", 4, on=TODAY - timedelta(days=350))
    address, said = (
        f"/log/officials/{lund.pk}/keep-in-touch/",
        {"strength": "4", "willingness": "", "influence": ""},
    )

    browser.post(address, {"rhythm_days": "60", **said})
    assert RelationshipScore.objects.count() == 1
    browser.post(address, {"rhythm_days": "60", **said, "still_true": "on"})

    assert RelationshipScore.objects.filter(said_on=TODAY, strength=4).exists()


def test_a_restricted_contact_says_nothing_to_those_who_may_not_read_it(world: Cast):
    logged(world.dana, [official("Alma Reyes")], confidentiality=Confidentiality.RESTRICTED)

    assert line(covered(world, "dana"), "Alma Reyes").standing == Standing.TOUCHED
    for reader in ("luis", "tom", "angela", "sam"):
        assert line(covered(world, reader), "Alma Reyes").standing == Standing.NONE, reader


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(0, 0, "–"), (0, 3, "0%"), (199, 200, "99%"), (3, 3, "100%")]
)
def test_a_percentage_is_never_rounded_up(part: int, whole: int, said: str):
    assert percent(part, whole) == said


def test_a_score_is_one_to_five_and_once_a_day(world: Cast):
    score = know(world, "Otto Lund", 3)
    assert know(world, "Otto Lund", 4).pk == score.pk
    for change in ({"strength": 6}, {"strength": 0}, {"willingness": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RelationshipScore.objects.filter(pk=score.pk).update(**change)


def test_as_many_queries_for_many_seats_as_for_few(world: Cast):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            covered(world)
        return len(captured)

    few = queries()
    seat = Tenure.objects.get(official__name="Otto Lund").seat
    for number in range(5):
        relationships.adopt(
            by=world.dana,
            official=holds(seat, f"Extra {number}"),
            chapter=world.gulf_prairie,
            rhythm_days=90,
            on=TODAY,
        )

    assert queries() == few


def test_the_page_is_narrowed_by_its_address(world: Cast):
    logged(world.dana, [official("Alma Reyes")])
    browser = browser_of(world.dana)

    everything = browser.get("/log/coverage/gulf-prairie/").content.decode()
    touched = browser.get("/log/coverage/gulf-prairie/?standing=touched").content.decode()

    assert "Otto Lund" in everything
    assert "Texas House 147" in everything
    assert "Otto Lund" not in touched
    assert "Alma Reyes" in touched


def test_the_filters_hold_for_the_statewide_offices_too(world: Cast):
    browser = browser_of(world.dana)

    assert "Maud Stone" in browser.get("/log/coverage/gulf-prairie/").content.decode()
    assert "Maud Stone" not in browser.get("/log/coverage/gulf-prairie/?standing=touched").content.decode()


def test_the_link_of_a_chamber_keeps_the_other_filters(world: Cast):
    page = browser_of(world.dana).get("/log/coverage/gulf-prairie/?standing=none&chamber=1").content.decode()

    assert re.findall(r'href="\?standing=none&amp;chamber=\d+">Texas House<', page)


def seats_shown(page: str) -> list[str]:
    return re.findall(r'<tr id="seat-[^"]+">\s*<th scope="row">([^<]+)', page)


def test_the_table_is_sorted_by_its_address(world: Cast):
    browser = browser_of(world.dana)
    logged(world.dana, [official("Alma Reyes")])

    def shown(query: str) -> list[str]:
        return seats_shown(browser.get(f"/log/coverage/gulf-prairie/{query}").content.decode())

    coldest = shown("")
    assert coldest[-3:] == ["Texas House 131", "Texas House 147", "Governor of Texas"]
    assert shown("?sort=seat") == [*sorted(coldest[:-1]), "Governor of Texas"]
    assert shown("?sort=-seat")[0] == sorted(coldest)[-1] == "U.S. Senate Texas"
    assert shown("?sort=-standing")[:2] == ["Texas House 147", "Texas House 131"]
    assert shown("?sort=nonsense") == coldest


def test_another_day_has_its_own_holders_lines_and_contacts(world: Cast):
    logged(world.dana, [official("Alma Reyes")])
    browser = browser_of(world.dana)

    def standings(day: str) -> dict[str, str]:
        page = browser.get(f"/log/coverage/gulf-prairie/?on={day}").content.decode()
        assert "Lines, holders and contacts as of" in page
        rows = re.findall(r'<tr id="seat-.*?</tr>', page, re.DOTALL)
        found = [re.findall(r'<th scope="row">([^<]+)|class="badge[^"]*">([\w ]+)<', row) for row in rows]
        return {seat[0]: badges[-1][1] for seat, *badges in found if "House" in seat[0]}

    assert standings("2027-02-08") == {
        "Texas House 131": "None",
        "Texas House 147": "Vacant seat",
        "U.S. House TX-9": "None",
    }
    assert standings("2027-01-02") == {
        "Texas House 131": "None",
        "Texas House 147": "Vacant seat",
        "U.S. House TX-18": "None",
    }
    assert "as of" not in browser.get("/log/coverage/gulf-prairie/?on=someday").content.decode()


def downloaded(cast: Cast, address: str) -> list[dict[str, str]]:
    answer = browser_of(cast.dana).get(address)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_file_holds_the_seats_of_the_page_and_is_on_record(world: Cast):
    logged(world.dana, [official("Alma Reyes")])

    rows = downloaded(world, "/log/coverage/gulf-prairie/seats.csv?sort=seat")

    assert [(row["Seat"], row["Held by"], row["Coverage"]) for row in rows[:2]] == [
        ("Texas House 131", "Alma Reyes", "Touched"),
        ("Texas House 147", "", "Vacant seat"),
    ]
    assert [row["Vacant places"] for row in rows if row["Coverage"] == "Vacant seat"] == ["1"]
    touched = downloaded(world, f"/log/coverage/teams/{world.texas_team.pk}/seats.csv?standing=touched")
    assert [row["Last contact"] for row in touched] == [str(TODAY)]
    told = [entry.changes for entry in Entry.objects.filter(verb="exported").order_by("pk")]
    assert told == [
        {"what": [None, "Coverage of Gulf Prairie"], "filters": [None, []]},
        {"what": [None, "Coverage of Texas team"], "filters": [None, ["Coverage: Touched"]]},
    ]


def test_a_restricted_contact_leaves_in_no_file(world: Cast):
    logged(world.dana, [official("Alma Reyes")], confidentiality=Confidentiality.RESTRICTED)

    assert line(covered(world, "dana"), "Alma Reyes").standing == Standing.TOUCHED
    rows = downloaded(world, "/log/coverage/gulf-prairie/seats.csv")
    assert {row["Coverage"] for row in rows} == {"None", "Vacant seat"}


def test_what_the_record_does_not_know_is_on_the_page(world: Cast):
    ChapterTerritory.objects.filter(chapter=world.gulf_prairie).update(postal_prefixes="770, 999")

    page = browser_of(world.dana).get("/log/coverage/gulf-prairie/").content.decode()

    assert "Texas: no loaded table has codes that begin with 999." in page


def test_the_team_counts_each_seat_once(world: Cast):
    page = browser_of(world.dana).get(f"/log/coverage/teams/{world.texas_team.pk}/").content.decode()

    assert page.count("Otto Lund") == 1


def test_how_well_one_knows_them_is_said_where_one_keeps_in_touch_and_shown_on_their_page(world: Cast):
    lund, browser = official("Otto Lund"), browser_of(world.dana)

    refused = browser.post(
        f"/log/officials/{lund.pk}/keep-in-touch/", {"rhythm_days": "90", "influence": "5"}
    )
    browser.post(
        f"/log/officials/{lund.pk}/keep-in-touch/", {"rhythm_days": "90", "strength": "4", "influence": "5"}
    )

    assert "Say first how well you know them" in refused.content.decode()
    score = RelationshipScore.objects.get()
    assert (score.strength, score.influence, score.said_by, score.said_on) == (4, 5, world.dana, TODAY)
    assert "takes our calls" in browser_of(world.luis).get(lund.get_absolute_url()).content.decode()
    assert "takes our calls" not in browser_of(world.sam).get(lund.get_absolute_url()).content.decode()
