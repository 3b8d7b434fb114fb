"""The page "Who represents me": what it shows, what it never shows, and where addresses never stand."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from legislation.models import Official, PartyAffiliation
from tests.cast import Cast, browser_of
from tests.factories.maps import holds, houston, ottawa
from tests.legislation.lookup.upstream import Upstream, boundary, census, match, postcode, serving

pytestmark = pytest.mark.django_db
PAGE, ASK = "/representatives/", "/representatives/ask/"
ADDRESS = "4800 Calhoun Rd, Houston, TX 77004"


@pytest.fixture
def sam(cast: Cast) -> Client:
    houston()
    return browser_of(cast.sam)


@pytest.fixture
def upstream(settings) -> Iterator[Upstream]:
    with serving() as server:
        settings.GEOCODER_US = settings.GEOCODER_CA = True
        settings.GEOCODER_US_URL = settings.GEOCODER_CA_URL = server.url
        server.answer = census(match(congress=120, district="4809"))
        yield server


def shown(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def officials(response) -> list[str]:
    main = shown(response).partition('id="answer"')[2]
    return re.findall(r'href="/officials/\d+/">([^<]+)</a>', main)


def test_a_code_is_looked_up_from_the_address_of_the_page(sam: Client):
    answer = sam.post(PAGE, {"text": "77004"})

    assert (answer.status_code, answer["Location"]) == (302, "/representatives/?q=77004")
    page = sam.get("/representatives/?q=77004")
    assert officials(page) == ["Iris Vale", "Otto Lund", "Theo Marsh", "Alma Reyes", "Gov. Maud Stone"]
    assert "This ZIP code crosses district lines" in shown(page)
    assert "2 possible" in shown(page)
    assert "Data as of Aug. 5, 2026" in shown(page)
    assert "By: Texas House districts of 2021" in shown(page)
    assert "Texas Senate: no lines are loaded" in shown(page)
    assert 'id="narrow_text"' in shown(page)


def test_no_candidate_is_selected_and_none_can_be_remembered(sam: Client):
    page = (
        shown(sam.get("/representatives/?q=77004")).partition('id="answer"')[2].partition("Choose by hand")[0]
    )

    assert "checked" not in page
    assert "selected" not in page
    assert "Remember" not in page


def test_a_street_address_never_stands_in_a_url(sam: Client):
    by_post = sam.post(PAGE, {"text": ADDRESS})
    by_link = sam.get(PAGE, {"q": ADDRESS})

    assert by_post.status_code == 200
    assert "Alma Reyes" in officials(by_post)
    assert officials(by_link) == []
    assert "An address is not looked up from a link" in shown(by_link)
    links = re.findall(r'(?:href|action|hx-get|hx-post)="([^"]*)"', shown(by_post))
    assert [link for link in links if "alhoun" in link] == []


def test_a_point_has_one_district_in_each_loaded_chamber(sam: Client):
    page = sam.post(PAGE, {"text": "29.72,-95.34"})

    assert officials(page) == ["Iris Vale", "Otto Lund", "Theo Marsh", "Alma Reyes", "Gov. Maud Stone"]
    assert "crosses district lines" not in shown(page)


def test_the_address_that_narrows_a_code_down_is_read_with_that_code(sam: Client, upstream: Upstream):
    sam.post(ASK, {"text": "4800 Calhoun Rd, Houston", "near": "77004"})

    assert "77004" in upstream.asked[0]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Enter a ZIP code"),
        ("O1A 0B1", "letter O"),
        ("-95.34,29.72", "Did you mean 29.72, -95.34?"),
        ("Elm " * 1250, "longer than any address"),
    ],
)
def test_what_can_be_no_place_is_refused_beside_the_field(sam: Client, typed: str, words: str):
    page = sam.post(PAGE, {"text": typed})

    assert page.status_code == 200
    assert words in shown(page)
    assert officials(page) == []


def test_an_unknown_code_offers_the_choice_by_hand(sam: Client):
    page = shown(sam.get("/representatives/?q=09021"))

    assert "military or diplomatic mail" in page
    assert 'href="#by-hand"' in page


def test_the_page_asks_nobody_itself_and_offers_to_ask(sam: Client, upstream: Upstream):
    page = shown(sam.post(PAGE, {"text": ADDRESS}))

    assert upstream.asked == []
    assert 'hx-post="/representatives/ask/"' in page
    assert "Ask the geocoder" in page


def test_the_part_that_is_swapped_in_equals_the_page_without_javascript(sam: Client, upstream: Upstream):
    whole = sam.post(ASK, {"text": ADDRESS})
    part = sam.post(ASK, {"text": ADDRESS}, headers={"HX-Request": "true"})

    assert len(upstream.asked) == 1
    assert "Texas Senate 13" in shown(part)
    assert "<html" not in shown(part)
    assert _quiet(shown(part)) in _quiet(shown(whole))
    assert officials(whole) == [
        "Iris Vale",
        "Otto Lund",
        "Theo Marsh",
        "Omar Dell",
        "Alma Reyes",
        "Gov. Maud Stone",
    ]


def _quiet(page: str) -> str:
    """Without what differs from one answer to the next."""
    return re.sub(r'value="[\w:.-]{40,}"', 'value=""', page).strip()


def test_with_the_geocoder_off_the_page_says_what_it_could_not_ask(sam: Client, settings):
    settings.GEOCODER_US = False

    page = shown(sam.post(PAGE, {"text": ADDRESS}))

    assert "Ask the geocoder" not in page
    assert "The address itself was not looked up" in page
    assert "These are the districts of 77004" in page


def test_the_page_says_to_whom_an_address_is_sent(sam: Client, settings):
    settings.GEOCODER_US, settings.GEOCODER_CA = True, False
    asking = shown(sam.get(PAGE))
    settings.GEOCODER_US = False

    assert "is sent to: The U.S. Census geocoder." in asking
    assert "is sent to" not in shown(sam.get(PAGE))


def test_with_the_geocoder_down_the_loaded_record_still_answers(sam: Client, upstream: Upstream):
    upstream.status = [500] * 4

    page = sam.post(ASK, {"text": ADDRESS})

    assert "cannot be reached" in shown(page)
    assert "Alma Reyes" in officials(page)


def test_the_choice_by_hand_names_the_officials_of_the_districts(sam: Client, cast: Cast):
    texas = cast.texas_team.jurisdiction
    first = shown(sam.get(PAGE, {"place": texas.pk}))
    name = re.search(r'<select name="(seat\d+)"[^>]*>(?:(?!</select>).)*Texas House 131', first)
    house_131 = re.search(r'<option value="(\d+)">Texas House 131<', first)
    assert name
    assert house_131

    page = sam.get(PAGE, {"place": texas.pk, name[1]: house_131[1]})

    assert officials(page) == ["Iris Vale", "Otto Lund", "Alma Reyes", "Gov. Maud Stone"]
    assert "Remember these districts" in shown(page)


@pytest.mark.parametrize("place", ["0", "-1", "9223372036854775808", "x", ""])
def test_a_place_that_is_none_shows_only_the_form(sam: Client, place: str):
    assert sam.get(PAGE, {"place": place}).status_code == 200


def test_parties_are_not_shown(sam: Client):
    reyes = Official.objects.get(name="Alma Reyes")
    PartyAffiliation.objects.create(official=reyes, party="Canary Party", starts_on=date(2025, 1, 3))

    assert "Canary Party" not in shown(sam.get("/representatives/?q=77004"))


def test_a_canadian_code_is_asked_of_represent_where_the_record_does_not_know_it(
    sam: Client, upstream: Upstream
):
    ottawa()
    upstream.answer = postcode([boundary("35079")], [])

    page = sam.post(ASK, {"text": "K1A 0Z9"})

    assert upstream.asked == ["/postcodes/K1A0Z9/"]
    assert officials(page) == ["Ivo Penn"]


def test_a_query_costs_the_same_for_one_and_for_three_seats(
    sam: Client, cast: Cast, django_assert_num_queries
):
    with django_assert_num_queries(38):
        sam.get("/representatives/?q=77004")
    lower_147 = cast.texas_team.jurisdiction.chambers.get(code="lower").seats.get(district="147")
    lower_147.places = 3
    lower_147.save()
    for name in ("Ada One", "Bo Two", "Cy Three"):
        holds(lower_147, name, starts_on=date(2025, 1, 14))

    with django_assert_num_queries(38):
        page = sam.get("/representatives/?q=77004")

    assert len(officials(page)) == 8
