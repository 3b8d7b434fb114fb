"""Geocoders: what they say is mapped to the lines in force, and what they say wrong is not believed."""

import json
import time
from datetime import date

import pytest
from django.core.cache import cache

from advocacy.kernel.postal import parse
from legislation.lookup.answer import Answer, Why
from legislation.lookup.answering import represent
from legislation.lookup.geocoders import web
from legislation.lookup.geocoders.census import sitting_congress
from legislation.lookup.geocoders.choosing import geocoder_for
from legislation.models import DivisionShape, EditionFile
from tests.factories.maps import division, houston, ottawa, seat
from tests.legislation.lookup.upstream import Upstream, boundary, census, in_147, match, postcode

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)
ADDRESS = "4800 Calhoun Rd, Houston, TX 77004"


def ask(typed: str, day: date = TODAY) -> Answer:
    query = parse(typed)
    return represent(query, day=day, geocoder=geocoder_for(query))


def whys(answer: Answer) -> list[str]:
    return [note.why for note in answer.notes]


def districts(answer: Answer) -> list[str]:
    return sorted(one.name for one in answer.divisions)


def test_an_address_has_one_district_in_each_chamber(upstream: Upstream):
    houston()
    upstream.answer = census(match())

    answer = ask(ADDRESS)

    assert districts(answer) == ["Texas House 131", "Texas Senate 13", "U.S. House TX-18"]
    assert [edition.key for edition in answer.editions] == [
        "cd119",
        "2024 State Legislative Districts - Upper",
        "2024 State Legislative Districts - Lower",
    ]
    assert (answer.method, answer.is_ambiguous, answer.unknown) == ("address", False, [])


def test_the_congress_of_a_day():
    days = [date(2025, 1, 2), date(2025, 1, 3), date(2026, 11, 21), date(2027, 1, 2), date(2027, 1, 3)]

    assert [sitting_congress(day) for day in days] == [118, 119, 119, 119, 120]


def test_an_answer_for_another_congress_is_refused_and_only_its_point_is_used(upstream: Upstream):
    houston()
    upstream.answer = census(match(congress=120, district="4809"))

    answer = ask(ADDRESS)

    assert districts(answer) == ["Texas House 131", "U.S. House TX-18"]
    assert Why.WRONG_EDITION in whys(answer)
    assert {edition.key for edition in answer.editions} == {"cd119", "tx-lower-2021"}


def test_without_a_map_an_answer_for_another_congress_leaves_the_districts_of_the_zip_code(
    upstream: Upstream,
):
    houston()
    DivisionShape.objects.all().delete()
    EditionFile.objects.all().delete()
    upstream.answer = census(match(congress=120, district="4809"))

    answer = ask(ADDRESS)

    assert districts(answer) == ["Texas House 131", "Texas House 147", "U.S. House TX-18"]
    assert answer.method == "zip"
    assert Why.WRONG_EDITION in whys(answer)


def test_a_row_that_contradicts_its_layer_about_the_congress_is_refused(upstream: Upstream):
    houston()
    lying = match()
    lying["geographies"]["119th Congressional Districts"][0]["CDSESSN"] = "120"
    upstream.answer = census(lying)

    assert Why.WRONG_EDITION in whys(ask(ADDRESS))


def test_the_next_vintage_is_asked_where_the_newest_answers_too_early(upstream: Upstream):
    houston()
    upstream.by_vintage = {
        "Current_Current": census(match(congress=120, district="4809")),
        "ACS2025_Current": census(match()),
    }

    first = ask(ADDRESS)
    ask("12 Other Street, Houston, TX 77004")

    assert "U.S. House TX-18" in districts(first)
    assert Why.WRONG_EDITION not in whys(first)
    asked = ["ACS2025" if "ACS2025" in path else "Current" for path in upstream.asked]
    assert asked == ["Current", "ACS2025", "ACS2025"]


def test_from_the_third_of_january_the_new_congress_is_the_right_one(upstream: Upstream):
    houston()
    upstream.answer = census(match(congress=120, district="4809"))

    assert "U.S. House TX-9" in districts(ask(ADDRESS, date(2027, 1, 4)))


def test_an_address_that_fits_several_places_shows_the_districts_of_all(upstream: Upstream):
    houston()
    upstream.answer = census(match(), in_147())

    answer = ask(ADDRESS)

    assert answer.is_ambiguous
    assert districts(answer) == [
        "Texas House 131",
        "Texas House 147",
        "Texas Senate 13",
        "U.S. House TX-18",
        "U.S. House TX-7",
    ]
    assert Why.SEVERAL_MATCHES in whys(answer)


def test_an_unknown_address_falls_back_to_its_zip_code_and_says_so(upstream: Upstream):
    houston()
    upstream.answer = census()

    answer = ask(ADDRESS)

    assert districts(answer) == ["Texas House 131", "Texas House 147", "U.S. House TX-18"]
    assert whys(answer)[:2] == [Why.NO_MATCH, Why.NOT_ASKED]


def test_a_geocoder_that_differs_from_our_map_is_not_simply_believed(upstream: Upstream):
    houston()
    upstream.answer = census(match(district="4807"))

    answer = ask(ADDRESS)

    assert answer.is_ambiguous
    assert {"U.S. House TX-18", "U.S. House TX-7"} < set(districts(answer))
    assert Why.DISAGREE in whys(answer)


def test_a_district_nobody_has_heard_of_names_nobody(upstream: Upstream):
    houston()
    upstream.answer = census(match(district="4899", house="48999", senate="48ZZZ"))

    assert districts(ask(ADDRESS)) == ["Texas House 131", "U.S. House TX-18"]


def test_a_state_with_one_district_is_that_district(upstream: Upstream):
    here = houston()
    seat(
        here.us,
        "lower",
        "TX-AL",
        division("ocd-division/country:us/state:tx"),
        label="U.S. House Texas at large",
    )
    DivisionShape.objects.all().delete()
    EditionFile.objects.all().delete()
    upstream.answer = census(match(district="4800"))

    assert "Texas" in districts(ask(ADDRESS))


TROUBLE = {
    "an error": ({"status": [500, 500]}, "cannot be reached"),
    "busy": ({"status": [503, 503]}, "cannot be reached"),
    "half an answer": ({"body": b'{"result": {"addressMatches": [{"coord'}, "cannot be read"),
    "a page": ({"body": b"<html>We are sorry</html>"}, "cannot be read"),
    "a list": ({"answer": []}, "cannot be read"),
    "another shape": ({"answer": {"result": {"addressMatches": [{"coordinates": None}]}}}, "cannot be read"),
    "off the globe": ({"answer": census(match((29.7, -1000.0)))}, "cannot be read"),
    "a redirect": ({"status": [302]}, "cannot be reached"),
    "too much": ({"body": b" " * 1_100_000 + json.dumps(census(match())).encode()}, "cannot be read"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_geocoder_in_trouble_leaves_the_districts_of_the_zip_code(upstream: Upstream, trouble: str):
    houston()
    changes, words = TROUBLE[trouble]
    for name, value in changes.items():
        setattr(upstream, name, list(value) if name == "status" else value)

    answer = ask(ADDRESS)

    assert districts(answer) == ["Texas House 131", "Texas House 147", "U.S. House TX-18"]
    assert next(note.text for note in answer.notes if note.why == Why.NOT_ANSWERED).count(words) == 1


def test_a_geocoder_that_is_down_is_not_waited_for(upstream: Upstream, settings):
    houston()
    settings.GEOCODER_US_URL = "http://127.0.0.1:9"

    assert Why.NOT_ANSWERED in whys(ask(ADDRESS))


def test_an_error_that_passes_is_asked_again(upstream: Upstream):
    houston()
    upstream.status = [503]
    upstream.answer = census(match())

    assert "Texas House 131" in districts(ask(ADDRESS))
    assert len(upstream.asked) == 2


def test_a_server_that_drips_is_cut_off(upstream: Upstream, monkeypatch: pytest.MonkeyPatch):
    houston()
    monkeypatch.setattr(web, "_SECONDS_IN_ALL", 0.4)
    upstream.answer = census(match())
    upstream.seconds_between_parts = 0.05

    began = time.monotonic()
    answer = ask(ADDRESS)

    assert Why.NOT_ANSWERED in whys(answer)
    assert time.monotonic() - began < 3


def test_the_same_address_is_asked_once_and_is_kept_nowhere(upstream: Upstream):
    houston()
    upstream.answer = census(match())

    ask(ADDRESS)
    again = ask("4800 calhoun rd Houston TX 77004")

    assert len(upstream.asked) == 1
    assert "Texas House 131" in districts(again)
    kept = " ".join(f"{key} {value}" for key, value in cache._cache.items())  # type: ignore[attr-defined]
    assert "geocoded" in kept
    assert "alhoun" not in kept


def test_a_failure_is_not_kept(upstream: Upstream):
    houston()
    upstream.status = [500, 500]
    upstream.answer = census(match())

    assert Why.NOT_ANSWERED in whys(ask(ADDRESS))
    assert "Texas Senate 13" in districts(ask(ADDRESS))


def test_both_lists_of_represent_count(upstream: Upstream):
    ottawa()
    upstream.answer = postcode([boundary("35075")], [boundary("35079"), boundary("35075")])

    answer = ask("12 Rue Sainte, Ottawa ON K1A 0Z9")

    assert districts(answer) == ["Ottawa Centre", "Ottawa West"]
    assert answer.is_ambiguous
    assert Why.SEVERAL_MATCHES not in whys(answer)
    assert upstream.asked == ["/postcodes/K1A0Z9/"]


def test_ridings_of_the_order_of_2013_are_left_out(upstream: Upstream):
    ottawa()
    upstream.answer = postcode(
        [boundary("35075", ""), boundary("35079")], [boundary("35099", "-2013-representation-order")]
    )

    assert districts(ask("12 Rue Sainte, Ottawa K1A 0Z9")) == ["Ottawa West"]


def test_only_older_ridings_are_an_answer_for_lines_not_in_force(upstream: Upstream):
    ottawa()
    upstream.answer = postcode([boundary("35075", "")], [])

    assert Why.WRONG_EDITION in whys(ask("K1A 0A9"))


def test_represent_is_asked_sixty_times_a_minute_at_most(upstream: Upstream, clock):
    ottawa()
    upstream.answer = postcode([boundary("35075")], [])
    codes = [f"K1A {digit}{letter}{last}" for digit in range(4) for letter in "AB" for last in range(8)]

    answers = [ask(code) for code in codes]

    assert len(upstream.asked) == 60
    assert [Why.NOT_ANSWERED in whys(answer) for answer in answers] == [False] * 60 + [True] * 4


def test_a_geocoder_that_is_switched_off_is_not_asked(upstream: Upstream, settings):
    houston()
    settings.GEOCODER_US = False

    answer = ask(ADDRESS)

    assert upstream.asked == []
    assert Why.NOT_ASKED in whys(answer)
    assert districts(answer) == ["Texas House 131", "Texas House 147", "U.S. House TX-18"]


def test_an_address_is_never_written_to_the_log(upstream: Upstream, caplog: pytest.LogCaptureFixture):
    houston()
    upstream.status = [500, 500]

    with caplog.at_level("DEBUG"):
        ask(ADDRESS)

    assert "alhoun" not in caplog.text
