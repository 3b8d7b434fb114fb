"""Coverage: how we stand with each holder of a seat, counted by hand."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from advocacy.interactions.actions import relationships
from advocacy.interactions.coverage import Coverage, Line, Standing, coverage, percent
from advocacy.interactions.models import Confidentiality, Kind, RelationshipScore
from legislation.models import Official, Tenure
from members import delegation
from members.models import ChapterTerritory
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import logged
from tests.factories.maps import division, holds, houston

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
    assert found.chambers()[-1].touched_percent == "20 %"


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
    ("part", "whole", "said"), [(0, 0, "–"), (0, 3, "0 %"), (199, 200, "99 %"), (3, 3, "100 %")]
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
