"""Whom a printed name means: by id, or by name inside the body on the day; never guessed."""

from datetime import date

import pytest

from legislation.actions.measure_matching import Body, Matcher
from legislation.models import (
    ChamberCode,
    Committee,
    Identifier,
    Measure,
    Official,
    SponsorRole,
    Sponsorship,
    Vote,
    VoteOption,
)
from legislation.sources.measures.records import PersonHint
from tests.factories.log import official_in, seat_in
from tests.factories.people import state, united_states
from tests.legislation.measures.loading import HEARD, again, bill, loaded, roll_call, sponsor, the

pytestmark = pytest.mark.django_db
DAY = date(2027, 2, 1)


def member(
    name: str, district: str, chamber: str = ChamberCode.LOWER, place: str = "tx", **term: date
) -> Official:
    home = state(place, {"tx": "Texas", "oh": "Ohio"}[place])
    return official_in(seat_in(home, district, chamber), name, **term)


def found(name: str, *, chamber: str = "", day: date | None = DAY, **hint: str) -> str:
    who = PersonHint(name, **hint)
    key = Matcher().official(who, Body(state("tx", "Texas").pk, chamber, day))
    return Official.objects.get(pk=key).name if key else ""


def sponsors(number: str = "HB 1") -> list[tuple[str, str]]:
    rows = Sponsorship.objects.filter(measure=the(number)).order_by("-role", "order")
    return [(row.name, row.official.name if row.official else "") for row in rows.select_related("official")]


@pytest.mark.parametrize(
    "printed",
    [
        "Alma Reyes",
        "REYES",
        "Reyes, Alma",
        "A. Reyes",
        "Reyes, A",
        "Rep. Alma Reyes",
        "Alma B. Reyes",
        "Representative Reyes",
        "Reyes [D-131]",
        "The Honorable Alma Reyes",
    ],
)
def test_a_member_is_found_under_every_way_of_printing_the_name(printed):
    member("Alma Reyes", "131")

    assert found(printed) == "Alma Reyes"


@pytest.mark.parametrize("printed", ["", "Bo Reyes", "B. Reyes", "Rey", "Alma", "Smith"])
def test_a_name_that_is_another_finds_nobody(printed):
    member("Alma Reyes", "131")

    assert found(printed) == ""


def test_accents_and_hyphens_are_no_difference():
    member("José Núñez-Ortiz", "1")

    assert found("NUNEZ ORTIZ") == "José Núñez-Ortiz"


def test_a_surname_that_two_members_share_is_nobody_until_more_is_printed():
    member("Gary Brown", "1")
    member("Landon Brown", "2")

    assert [found("Brown"), found("Brown, G"), found("Landon Brown")] == ["", "Gary Brown", "Landon Brown"]


def test_the_district_tells_two_of_a_name_apart():
    member("Gary Brown", "1")
    member("Landon Brown", "12")

    assert [found("Brown", district=one) for one in ("HD-012", "1", "7")] == [
        "Landon Brown",
        "Gary Brown",
        "",
    ]


def test_only_those_who_sat_in_that_chamber_on_that_day_count():
    member("Gary Brown", "1", starts_on=date(2027, 1, 12))
    member("Old Brown", "2", ends_on=date(2027, 1, 1))
    member("Sue Brown", "1", ChamberCode.UPPER)

    assert found("Brown", chamber=ChamberCode.LOWER) == "Gary Brown"
    assert found("Brown", chamber=ChamberCode.UPPER) == "Sue Brown"
    assert found("Brown", chamber=ChamberCode.LOWER, day=date(2026, 6, 1)) == "Old Brown"
    assert (found("Brown"), found("Brown", chamber=ChamberCode.LOWER, day=None)) == ("", "")


def test_nobody_is_found_in_another_legislature_or_in_the_executive():
    member("Alma Reyes", "131", place="oh")
    member("Greg Stone", "", ChamberCode.EXECUTIVE)

    assert [found("Alma Reyes"), found("Stone")] == ["", ""]


def test_a_legislature_of_one_chamber_has_members_whatever_a_source_calls_it():
    member("Alma Reyes", "131", ChamberCode.LEGISLATURE)

    assert found("Reyes", chamber=ChamberCode.UPPER) == "Alma Reyes"


def test_an_id_is_believed_before_any_name():
    member("Alma Reyes", "131")
    named = member("Bo Young", "2", place="oh")
    Identifier.objects.create(official=named, scheme="bioguide", value="Y000001")

    loaded(bill(sponsors=(sponsor("Reyes", identifiers=(("lis", "S1"), ("bioguide", "Y000001"))),)))

    assert sponsors() == [("Reyes", "Bo Young")]


def test_a_shared_surname_stays_visible_as_a_name():
    member("Gary Brown", "1")
    member("Landon Brown", "2")
    member("Alma Reyes", "131")

    report = loaded(bill(sponsors=(sponsor("Brown"), sponsor("Reyes", SponsorRole.COSPONSOR))))

    assert sponsors() == [("Brown", ""), ("Reyes", "Alma Reyes")]
    assert (dict(report.unmatched), report.all_counts()["unmatched"]) == ({"Brown": 1}, 1)


def test_two_names_that_would_be_one_person_are_neither():
    member("Gary Brown", "1")

    loaded(bill(sponsors=(sponsor("Brown"), sponsor("G. Brown", SponsorRole.COSPONSOR))))

    assert sponsors() == [("Brown", ""), ("G. Brown", "")]


def test_two_votes_under_one_name_are_two_people_of_whom_we_know_one():
    member("Gary Brown", "1")
    member("Alma Reyes", "131")
    call = roll_call("v1", {"Reyes": VoteOption.YES, "Brown": VoteOption.NO})
    loaded(bill(roll_calls=(call._replace(votes=(*(call.votes or ()), call.votes[1])),)))

    assert list(Vote.objects.values_list("name", "official__name").order_by("order")) == [
        ("Reyes", "Alma Reyes"),
        ("Brown", None),
        ("Brown", None),
    ]


def test_who_sponsors_and_is_listed_again_stands_once_and_who_rejoined_has_not_withdrawn():
    member("Alma Reyes", "131")
    left = sponsor("Reyes", SponsorRole.COSPONSOR, on=DAY, withdrawn_on=HEARD)
    back = sponsor("Reyes", SponsorRole.COSPONSOR, on=HEARD)

    loaded(bill(sponsors=(left, back)), bill("HB 2", sponsors=(sponsor("Reyes"), back)))

    assert list(Sponsorship.objects.values_list("measure__number", "role", "withdrawn_on")) == [
        ("HB 1", "cosponsor", None),
        ("HB 2", "sponsor", None),
    ]


def test_committees_are_found_by_their_subject_and_chamber():
    texas = state("tx", "Texas")
    house = seat_in(texas, "1").chamber
    health = Committee.objects.create(
        jurisdiction=texas, chamber=house, name="Public Health", external_id="1"
    )
    Committee.objects.create(jurisdiction=united_states(), name="Finance", external_id="3")
    matcher, body = Matcher(), Body(texas.pk, "", DAY)

    names = ["Public Health", "House Committee on Public Health", "house public health committee"]
    assert [matcher.committee(name, body) for name in names] == [health.pk] * 3
    assert [matcher.committee(name, body) for name in ("Senate Public Health", "Finance", "")] == [None] * 3


def test_a_committee_can_sponsor_and_an_unknown_one_stays_a_name():
    texas = state("tx", "Texas")
    health = Committee.objects.create(jurisdiction=texas, name="Public Health", external_id="1")

    loaded(
        bill(
            sponsors=(
                sponsor("Public Health Committee", is_committee=True),
                sponsor("Rules", is_committee=True),
            )
        )
    )

    rows = Sponsorship.objects.order_by("order").values_list("name", "committee", "official")
    assert list(rows) == [("Public Health Committee", health.pk, None), ("Rules", None, None)]


def test_a_name_is_looked_for_again_when_more_people_are_known():
    record = bill(sponsors=(sponsor("Reyes"),), roll_calls=(roll_call("v1", {"Reyes": VoteOption.YES}),))
    loaded(record)
    kept = (Sponsorship.objects.get().pk, Vote.objects.get().pk)
    member("Alma Reyes", "131")

    report = loaded(record)

    assert (Sponsorship.objects.get().pk, Vote.objects.get().pk) == kept
    assert [Sponsorship.objects.get().official.name, Vote.objects.get().official.name] == ["Alma Reyes"] * 2
    assert (report.changes, report.counts["rows"], loaded(record).counts["rows"]) == (0, 2, 0)


def test_a_source_that_corrects_a_name_keeps_the_row_of_the_official():
    member("Alma Reyes", "131")
    record = bill(sponsors=(sponsor("Reyes"),))
    loaded(record)
    before = Sponsorship.objects.get().pk

    loaded(again(record, sponsors=(sponsor("Alma Reyes", SponsorRole.COSPONSOR),)))

    row = Sponsorship.objects.get()
    assert (row.pk, row.name, row.role) == (before, "Alma Reyes", "cosponsor")
    assert Measure.objects.count() == 1
