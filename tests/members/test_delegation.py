"""The delegation: which seats a chapter or a team is meant to cover, and why."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from legislation.models import Jurisdiction, Seat, Tenure
from members import delegation
from members.delegation import Delegation
from members.models import ChapterTerritory
from tests.cast import TODAY, Cast
from tests.factories.maps import (
    MARYLAND,
    VIRGINIA,
    area,
    division,
    holds,
    houston,
    lies_in,
    seat,
    three_capitals,
    three_capitals_of,
)


def names(found: Delegation) -> list[str]:
    return sorted(str(member.holder.tenure.official) for member in found.members)


def why(found: Delegation, name: str) -> str:
    (member,) = [one for one in found.members if str(one.holder.tenure.official) == name]
    return member.why


def test_all_of_a_state_is_every_seat_that_represents_it(cast: Cast):
    houston()
    ChapterTerritory.objects.filter(chapter=cast.gulf_prairie).update(
        coverage="full", counties="", postal_prefixes=""
    )

    found = delegation.of_chapter(cast.gulf_prairie, TODAY)

    assert names(found) == [
        "Ada Quill",
        "Alma Reyes",
        "Iris Vale",
        "Nell Frost",
        "Omar Dell",
        "Otto Lund",
        "Theo Marsh",
    ]
    assert [str(one.holder.tenure.official) for one in found.statewide] == ["Maud Stone"]
    assert why(found, "Alma Reyes") == "all of Texas"
    assert found.undecided == []


def test_a_part_of_a_state_is_what_its_codes_lie_in_and_what_everybody_elects(cast: Cast):
    houston()

    found = delegation.of_chapter(cast.gulf_prairie, TODAY)

    assert names(found) == ["Alma Reyes", "Iris Vale", "Otto Lund", "Theo Marsh"]
    assert why(found, "Theo Marsh") == "codes that begin with 770 lie in it"
    assert why(found, "Iris Vale") == "all of Texas elects it"
    assert [(str(one.seat), one.places) for one in found.vacancies] == [("Texas House 147", 1)]
    assert [(str(one.place), str(one.chamber)) for one in found.undecided] == [("Texas", "Texas Senate")]


def test_the_lines_of_the_day_decide(cast: Cast):
    houston()

    assert "Ada Quill" in names(delegation.of_chapter(cast.gulf_prairie, date(2027, 1, 2)))
    assert "Ada Quill" not in names(delegation.of_chapter(cast.gulf_prairie, date(2027, 1, 3)))


def test_staff_name_the_districts_no_table_tells(cast: Cast):
    houston()
    territory = ChapterTerritory.objects.get(chapter=cast.gulf_prairie)
    territory.divisions.add(division("ocd-division/country:us/state:tx/sldu:13"))

    found = delegation.of_chapter(cast.gulf_prairie, TODAY)

    assert "Omar Dell" in names(found)
    assert why(found, "Omar Dell") == "named by staff"
    assert found.undecided == []


def test_a_chapter_over_three_jurisdictions_covers_its_part_of_each(cast: Cast):
    three_capitals_of(cast)

    found = delegation.of_chapter(cast.three_capitals, TODAY)

    # DC: its delegate. Maryland: district 1 by its codes, both senators. Virginia: district 2 by name, both senators.
    assert names(found) == [
        "Dee Gate",
        "Maryland 1",
        "Maryland Senator One",
        "Maryland Senator Two",
        "Virginia 2",
        "Virginia Senator One",
        "Virginia Senator Two",
    ]


def test_what_one_state_decides_leaves_the_other_open(cast: Cast):
    _dc, maryland, virginia = three_capitals()
    territory = cast.three_capitals.territories.get(jurisdiction=virginia)
    territory.divisions.add(division(f"{VIRGINIA}/cd:2"))

    found = delegation.of_chapter(cast.three_capitals, TODAY)

    assert [one.place for one in found.undecided] == [maryland]


def test_a_seat_counts_once_while_the_term_before_is_unconfirmed(cast: Cast):
    houston()
    ChapterTerritory.objects.get(chapter=cast.gulf_prairie).divisions.add(
        division("ocd-division/country:us/state:tx/sldu:13")
    )
    before = Tenure.objects.get(official__name="Omar Dell")
    Tenure.objects.filter(pk=before.pk).update(ends_on=date(2027, 1, 12), end_is_expected=True)
    assert "Omar Dell" in names(delegation.of_chapter(cast.gulf_prairie, TODAY))

    holds(before.seat, "Bea Holt", starts_on=date(2027, 1, 12))

    found = names(delegation.of_chapter(cast.gulf_prairie, TODAY))
    assert ("Bea Holt" in found, "Omar Dell" in found) == (True, False)


def test_a_seat_two_chapters_share_is_in_both_delegations_and_once_in_the_teams(cast: Cast):
    houston()

    in_both = {
        chapter.slug: [str(one.seat) for one in delegation.of_chapter(chapter, TODAY).members].count(
            "U.S. Senate Texas"
        )
        for chapter in (cast.gulf_prairie, cast.hill_country)
    }
    team = delegation.of_team(cast.texas_team, TODAY)

    assert in_both == {"gulf-prairie": 2, "hill-country": 2}
    assert names(team) == ["Alma Reyes", "Iris Vale", "Otto Lund", "Theo Marsh"]


def test_a_seat_of_an_old_map_is_no_longer_covered(cast: Cast):
    houston()
    Seat.objects.filter(label="Texas House 131").update(is_current=False)

    assert "Alma Reyes" not in names(delegation.of_chapter(cast.gulf_prairie, TODAY))


def test_a_town_does_not_count(cast: Cast):
    world = houston()
    town = Jurisdiction.objects.create(ocd_id="x", name="Houston", level="local", parent=world.texas)
    holds(
        seat(
            town,
            "local",
            "mayor",
            division("ocd-division/country:us/state:tx/place:houston", world.texas),
            label="Mayor",
        ),
        "May Orr",
    )
    ChapterTerritory.objects.filter(chapter=cast.gulf_prairie).update(
        coverage="full", counties="", postal_prefixes=""
    )

    assert "May Orr" not in names(delegation.of_chapter(cast.gulf_prairie, TODAY))


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("7", True),
        ("77004", True),
        ("771", False),
        ("7700", True),
        ("H2X", True),
        ("H2Z", False),
        ("H", True),
        ("", False),
    ],
)
def test_codes_are_found_by_how_they_begin(prefix: str, found: bool, db):
    world = houston()
    lies_in(world.cd120, "H2X1Y4", world.tx9)

    assert world.cd120.postal_districts.beginning_with(prefix).exists() is found


def test_a_prefix_is_read_as_it_is_typed(cast: Cast):
    world = houston()
    lies_in(world.cd120, "H2X1Y4", world.tx9)
    territory = ChapterTerritory.objects.get(chapter=cast.gulf_prairie)
    for typed in ("770 04", "77004-", "h2x 1y"):
        territory.postal_prefixes = typed
        territory.save()

        found = delegation.of_chapter(cast.gulf_prairie, TODAY)

        assert "Theo Marsh" in names(found), typed
        assert why(found, "Theo Marsh") == f"codes that begin with {typed.upper()} lie in it"


def test_a_prefix_that_no_table_knows_is_named(cast: Cast):
    houston()
    ChapterTerritory.objects.filter(chapter=cast.gulf_prairie).update(postal_prefixes="77, 770, 999")

    found = delegation.of_chapter(cast.gulf_prairie, TODAY)

    assert found.remarks == ["Texas: no loaded table has codes that begin with 999."]
    assert why(found, "Theo Marsh") == "codes that begin with 770 lie in it"


def test_a_district_of_another_state_is_named_and_not_dropped_in_silence(cast: Cast):
    three_capitals()
    houston()
    ChapterTerritory.objects.filter(chapter=cast.gulf_prairie).update(postal_prefixes="770")
    territory = ChapterTerritory.objects.get(chapter=cast.gulf_prairie)
    unseated = division("ocd-division/country:us/state:tx/sldu:99", territory.jurisdiction, name="Senate 99")
    territory.divisions.add(division(f"{MARYLAND}/cd:1"), unseated)

    found = delegation.of_chapter(cast.gulf_prairie, TODAY)

    assert sorted(found.remarks) == [
        "Maryland 1 was named for Texas but does not lie there.",
        "Senate 99 has no seat in the record of Texas.",
    ]
    assert "Maryland 1" not in names(found)


def test_a_legislature_without_loaded_seats_is_not_known(cast: Cast):
    three_capitals()

    found = delegation.of_chapter(cast.three_capitals, TODAY)
    without = delegation.of_chapter(cast.cascadia_north, TODAY)

    assert "Maryland: no seats of the legislature are loaded; its coverage is not known." in found.remarks
    assert without.remarks == [
        "British Columbia: no seats of the legislature are loaded; its coverage is not known.",
        "British Columbia: none of its seats in the federal legislature are loaded.",
    ]


def test_as_many_queries_for_many_prefixes_as_for_one(cast: Cast):
    houston()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            delegation.of_chapter(cast.gulf_prairie, TODAY)
        return len(captured)

    many = ", ".join(str(number) for number in range(770, 800))
    ChapterTerritory.objects.filter(chapter=cast.gulf_prairie).update(postal_prefixes="770")
    few = queries()
    ChapterTerritory.objects.filter(chapter=cast.gulf_prairie).update(postal_prefixes=many)

    assert queries() == few


def test_a_day_in_the_past_has_the_seats_of_its_own_lines(cast: Cast):
    """TX-18 and TX-7 were on the lines of the 119th Congress, TX-9 is on those of the 120th."""
    world = houston()
    Seat.objects.filter(division__in=[world.tx18, world.tx7]).update(is_current=False)
    ChapterTerritory.objects.filter(chapter=cast.gulf_prairie).update(
        coverage="full", counties="", postal_prefixes=""
    )

    def house(day: date) -> list[str]:
        found = delegation.of_chapter(cast.gulf_prairie, day).members
        return sorted(str(one.seat) for one in found if str(one.seat.chamber) == "United States House")

    assert house(date(2027, 1, 2)) == ["U.S. House TX-18", "U.S. House TX-7"]
    assert house(date(2027, 1, 3)) == ["U.S. House TX-9"]


def test_a_district_that_stays_is_on_both_maps(cast: Cast):
    world = houston()
    area(world.cd119, world.tx9, -97, 29, -96.5, 30)
    ChapterTerritory.objects.filter(chapter=cast.gulf_prairie).update(
        coverage="full", counties="", postal_prefixes=""
    )

    for day in (date(2027, 1, 2), date(2027, 1, 3)):
        assert "Theo Marsh" in names(delegation.of_chapter(cast.gulf_prairie, day))
