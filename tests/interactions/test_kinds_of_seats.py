"""Seats of every kind, in the delegation, in coverage, on profiles and in the directory."""

from datetime import date, timedelta

import pytest

from advocacy.interactions.coverage import Coverage, coverage
from advocacy.interactions.entry import Met
from advocacy.interactions.models import Interaction, Level, Purpose
from legislation.models import Chamber, Jurisdiction, Official, Seat, Tenure
from members import delegation
from members.models import Chapter, ChapterTerritory
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import logged, official_in, seat_in
from tests.factories.maps import division, holds, houston, seat, with_division
from tests.factories.people import canada, covers, province, state, united_states

pytestmark = pytest.mark.django_db
SWORN_IN = date(2027, 3, 2)


def chapter_of(cast: Cast, *places: Jurisdiction) -> Chapter:
    """Gulf Prairie, moved to these places, all of each."""
    cast.gulf_prairie.territories.all().delete()
    for place in places:
        covers(cast.gulf_prairie, place)
    return cast.gulf_prairie


def covered(cast: Cast, on: date = TODAY) -> Coverage:
    return coverage(delegation.of_chapter(cast.gulf_prairie, on), user=cast.dana, today=on)


def names(found: Coverage) -> list[str]:
    return sorted(str(line.member.holder.tenure.official) for line in found.lines)


def vacancies(found: Coverage) -> list[tuple[str, int]]:
    return [(str(one.vacancy.seat), one.vacancy.places) for one in found.vacancies]


def test_a_vacancy_is_computed_and_a_special_election_fills_it(cast: Cast):
    """DOMAIN.md §9, trap 1: the member resigns, the seat is empty, somebody is elected for the rest of the term."""
    texas = state("tx", "Texas")
    empty = seat_in(texas, "131")
    left = official_in(empty, "Alma Reyes")
    chapter_of(cast, texas)
    Tenure.objects.filter(official=left).update(ends_on=date(2027, 1, 20), end_reason="resigned")

    before = covered(cast)
    Tenure.objects.create(official=Official.objects.create(name="Nell Abara"), seat=empty, starts_on=SWORN_IN)
    after = covered(cast, SWORN_IN)

    assert (names(before), vacancies(before)) == ([], [("Texas House 131", 1)])
    assert before.chambers()[0].touched_percent == "–"
    assert (names(after), vacancies(after)) == (["Nell Abara"], [])
    assert after.chambers()[0].touched_percent == "0%"
    assert names(covered(cast, date(2027, 1, 19))) == ["Alma Reyes"]


def test_an_official_elect_is_named_with_the_day_and_counts_from_it(cast: Cast):
    texas = state("tx", "Texas")
    place = seat_in(texas, "131")
    official_in(place, "Alma Reyes", ends_on=SWORN_IN)
    elect = official_in(place, "Nell Abara", starts_on=SWORN_IN)
    chapter_of(cast, texas)
    browser = browser_of(cast.dana)

    (line,) = covered(cast).lines
    page = browser.get("/log/coverage/gulf-prairie/").content.decode()

    assert str(line.member.holder.tenure.official) == "Alma Reyes"
    assert [str(one.official) for one in line.member.elect] == ["Nell Abara"]
    assert "takes office on March 2, 2027" in page
    assert "Takes office on March 2, 2027" in browser.get(elect.get_absolute_url()).content.decode()
    assert "takes office on March 2, 2027" in browser.get(texas.get_absolute_url()).content.decode()
    assert names(covered(cast, SWORN_IN)) == ["Nell Abara"]


def test_the_directory_keeps_the_elect_apart_from_those_in_office_and_from_former_ones(cast: Cast):
    place = seat_in(state("tx", "Texas"), "131")
    official_in(place, "Alma Reyes", ends_on=SWORN_IN)
    official_in(place, "Nell Abara", starts_on=SWORN_IN)
    back = official_in(place, "Rosa Lane", starts_on=date(2019, 1, 8), ends_on=date(2023, 1, 10))
    Tenure.objects.create(official=back, seat=seat_in(state("tx", "Texas"), "9"), starts_on=SWORN_IN)
    official_in(place, "Ned Gone", starts_on=date(2015, 1, 8), ends_on=date(2019, 1, 8))

    def listed(found) -> list[str]:
        return sorted(str(one) for one in found)

    assert listed(Official.objects.in_office(TODAY)) == ["Alma Reyes"]
    assert listed(Official.objects.elect(TODAY)) == ["Nell Abara", "Rosa Lane"]
    assert listed(Official.objects.former(TODAY)) == ["Ned Gone"]
    page = browser_of(cast.dana).get("/officials/?status=elect").content.decode()
    assert "Nell Abara" in page
    assert "Alma Reyes" not in page
    found = browser_of(cast.dana).get("/officials/suggest/?q=abara").json()["results"]
    assert found[0]["hint"] == "takes office on March 2, 2027 · Texas House 131"


def test_one_of_two_senators_is_missing(cast: Cast):
    houston()
    chapter_of(cast, state("tx", "Texas"))
    Tenure.objects.filter(official__name="Otto Lund").update(ends_on=TODAY)

    found = covered(cast)

    assert "Iris Vale" in names(found)
    assert "Otto Lund" not in names(found)
    assert ("U.S. Senate Texas", 1) in vacancies(found)
    senate = next(one for one in found.chambers() if one.name == "United States Senate")
    assert senate.members == 1


def test_a_district_that_elects_several_counts_each_of_them(cast: Cast):
    maryland = with_division(state("md", "Maryland"))
    district = seat(maryland, "lower", "14", None, label="House of Delegates 14", places=3)
    for name in ("Ann One", "Bo Two"):
        holds(district, name)
    chapter_of(cast, maryland)

    found = covered(cast)

    assert names(found) == ["Ann One", "Bo Two"]
    assert vacancies(found) == [("House of Delegates 14", 1)]


def test_the_only_member_of_a_state_at_large_is_everybodys(cast: Cast):
    wyoming = with_division(state("wy", "Wyoming"))
    whole = division(wyoming.division_id)
    holds(seat(united_states(), "lower", "WY-AL", whole, label="U.S. House Wyoming at large"), "Al Large")
    chapter_of(cast, wyoming)
    assert names(covered(cast)) == ["Al Large"]

    cast.gulf_prairie.territories.update(coverage="partial", postal_prefixes="820")

    assert names(covered(cast)) == ["Al Large"]


def test_a_floterial_district_lies_over_others_and_both_count(cast: Cast):
    new_hampshire = with_division(state("nh", "New Hampshire"))
    base, over = (division(f"{new_hampshire.division_id}/sldl:{one}", new_hampshire) for one in ("1", "33"))
    holds(seat(new_hampshire, "lower", "1", base, label="Sullivan 1"), "Bea Base")
    holds(seat(new_hampshire, "lower", "33", over, label="Sullivan 33 (floterial)"), "Flo Over")
    chapter_of(cast, new_hampshire)
    assert names(covered(cast)) == ["Bea Base", "Flo Over"]

    territory = cast.gulf_prairie.territories.get()
    ChapterTerritory.objects.filter(pk=territory.pk).update(coverage="partial")
    territory.divisions.add(over)

    assert names(covered(cast)) == ["Flo Over"]


def test_a_unicameral_legislature_has_one_line_of_figures(cast: Cast):
    nebraska = with_division(state("ne", "Nebraska"))
    for number in ("1", "2"):
        holds(seat(nebraska, "legislature", number, None, label=f"Legislature {number}"), f"Sen. {number}")
    chapter_of(cast, nebraska)

    figures = covered(cast).chambers()

    assert [(one.name, one.members) for one in figures] == [("Nebraska Legislature", 2)]


def test_appointed_senators_of_a_province_count_and_serve_beyond_an_expected_end(cast: Cast):
    quebec = with_division(province("qc", "Quebec", "Québec"))
    whole = division(quebec.division_id)
    senate = seat(canada(), "upper", "QC", whole, label="Senate Quebec", places=2)
    holds(senate, "Marie Une")
    holds(senate, "Jean Deux", ends_on=TODAY - timedelta(days=9), end_is_expected=True)
    chapter_of(cast, quebec)

    found = covered(cast)

    assert names(found) == ["Jean Deux", "Marie Une"]
    unconfirmed = [line for line in found.lines if line.member.holder.is_unconfirmed]
    assert [str(line.member.holder.tenure.official) for line in unconfirmed] == ["Jean Deux"]


def test_a_minister_is_a_member_too_holds_both_lines_and_counts_once(cast: Cast):
    """DOMAIN.md §9, trap 4: one person, two roles at once."""
    ontario = with_division(province("on", "Ontario"))
    riding = seat(ontario, "legislature", "Ottawa Centre", None, label="Ottawa Centre")
    minister = holds(riding, "Ada Roy")
    cabinet = seat(ontario, "executive", "health minister", None, label="Minister of Health")
    Tenure.objects.create(
        official=minister, seat=cabinet, starts_on=date(2026, 6, 1), title="Acting Minister"
    )
    chapter_of(cast, ontario)

    logged(
        cast.dana,
        [minister],
        purpose=Purpose.RELATIONSHIP,
        met=[Met(level=Level.OFFICIAL, official=minister)],
    )

    found = covered(cast)
    assert [line.standing for line in [*found.lines, *found.statewide]] == ["touched", "touched"]
    reached = Interaction.objects.visible_to(cast.dana).values("offices__official").distinct()
    assert reached.count() == 1
    page = browser_of(cast.dana).get(minister.get_absolute_url()).content.decode()
    assert "Minister of Health · Acting Minister" in page
    assert "Ottawa Centre" in page
    chapter_page = browser_of(cast.dana).get("/chapters/gulf-prairie/")
    panel = next(one for one in chapter_page.context["panels"] if "officials" in one.context)
    assert (panel.context["contacts"], panel.context["officials"]) == (1, 1)


def test_a_towns_seats_count_for_the_chapter_that_opts_in_for_it(cast: Cast):
    texas = with_division(state("tx", "Texas"))
    town = Jurisdiction.objects.create(
        ocd_id="ocd-jurisdiction/country:us/state:tx/place:houston/government",
        name="Houston",
        level="local",
        country="US",
        parent=texas,
    )
    council = Chamber.objects.create(jurisdiction=town, code="local", name="Houston City Council")
    holds(Seat.objects.create(chamber=council, district="A", label="Council A"), "Cal Local")
    chapter_of(cast, texas)
    assert names(covered(cast)) == []

    covers(cast.gulf_prairie, town)

    found = covered(cast)
    assert names(found) == ["Cal Local"]
    assert found.lines[0].member.why == "all of Houston"
    assert [(one.name, one.members) for one in found.chambers()] == [("Houston City Council", 1)]
