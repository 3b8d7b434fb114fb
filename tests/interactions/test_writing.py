"""The composer: a text with merge fields, the ways it reaches the office, and putting a request on record."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from advocacy.accounts.models import User
from advocacy.interactions import letters
from advocacy.interactions.models import FollowUp, MeetingRequest
from advocacy.interactions.ways import LONGEST_LINK, mail_link, ways_to
from legislation.models import ContactPoint, Office, Official
from members.models import SavedPlace
from members.saved_places import members_in_district
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, official_in, seat_in
from tests.factories.maps import division, houston, remembers
from tests.factories.people import member_of, national_staff, province, state
from tests.factories.requests import asked

CHANNEL = {"act": "record", "channel": "web_form", "requested_on": "2027-02-09"}


@pytest.fixture
def reyes(cast: Cast) -> Official:
    """Rep. Alma Reyes of Texas House 131, whose district is on the map."""
    return houston().reyes


def write_url(official: Official, what: str = "meeting", language: str = "") -> str:
    return f"/officials/{official.pk}/write/?what={what}" + (f"&language={language}" if language else "")


def drawn(page: Any, **changes: Any) -> dict[str, Any]:
    """The form as the page offers it, sent back with changes."""
    form = page.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {
        name: getattr(value, "pk", value) if not hasattr(value, "isoformat") else value.isoformat()
        for name, value in values.items()
        if value is not None
    }
    return values | {"act": "draw"} | changes


def letter_in(page: Any) -> Any:
    return page.context["letter"]


def letter_for(user: User, official: Official, what: str = "meeting", language: str = "") -> str:
    letter = letter_in(browser_of(user).get(write_url(official, what, language)))
    return f"{letter.subject}\n\n{letter.text}"


def lives_in(cast: Cast, official: Official, count: int, basis: str = "home") -> None:
    """So many members of Gulf Prairie remembered a place in this official's district."""
    seat = official.tenures.get().seat
    for _ in range(count):
        remembers(member_of(cast.gulf_prairie), seat, basis)


# --- The text ---------------------------------------------------------------------------------------------------


def test_a_request_is_written_with_everything_that_is_known(cast: Cast, reyes: Official):
    assert letter_for(cast.dana, reyes) == (
        "Meeting request from Gulf Prairie\n\n"
        "Dear Alma Reyes,\n\n"
        "I am writing on behalf of the Gulf Prairie chapter of SHD.\n\n"
        "We would like to meet with you, or with the person on your staff who works on it, about health information "
        "and technology. Half an hour is enough. Would one of these times suit you?\n\n"
        "- Wednesday, February 24, 2027, 10 a.m. (Chicago time)\n"
        "- Thursday, February 25, 2027, 2 p.m. (Chicago time)\n\n"
        "If another time is better, please name one. I will get in touch again on February 17, 2027.\n\n"
        "With thanks for your service,\n\n"
        "Dana Whitfield\nGulf Prairie"
    )


@pytest.mark.parametrize("what", ["meeting", "site_visit", "message", "call"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_piece_is_complete_in_both_languages(cast: Cast, reyes: Official, what: str, language: str):
    text = letter_for(cast.sam, reyes, what, language)

    assert "Sam Reed" in text
    assert "Gulf Prairie" in text
    assert not re.search(r"[{}]|None|  ", text)


def test_offices_in_quebec_are_first_written_to_in_french(cast: Cast):
    quebec = official_in(seat_in(province("qc", "Quebec", "Québec"), "Laurier"), "Ève Roy")
    text = letter_for(cast.elise, quebec)

    assert text.startswith("Demande de rencontre\u00a0: Saint-Laurent\n\nMadame, Monsieur,")
    assert "- mardi 23 février 2027, 10 h 00 (heure de Toronto)" in text
    assert "votre bureau le 16 février 2027." in text


@pytest.mark.parametrize(("members", "is_told"), [(4, False), (5, True)])
def test_members_in_the_district_are_counted_from_five_on(
    cast: Cast, reyes: Official, members: int, is_told: bool
):
    lives_in(cast, reyes, members)

    text = letter_for(cast.dana, reyes)

    assert ("5 of our members live or work in the area you represent." in text) == is_told
    assert ("members" in text) == is_told


def test_only_members_with_a_role_and_todays_lines_are_counted(cast: Cast, reyes: Official):
    lives_in(cast, reyes, 4)
    seat = reyes.tenures.get().seat
    remembers(cast.former, seat)
    old = remembers(cast.priya, seat, on=date(2022, 1, 1))
    gone = remembers(cast.chris, seat)
    User.objects.filter(pk=cast.chris.pk).update(is_active=False)
    divisions = [seat.division_id]

    assert members_in_district(divisions, TODAY) is None
    SavedPlace.objects.filter(pk=old.place_id).update(remembered_on=TODAY)
    assert members_in_district(divisions, TODAY) == 5
    assert gone.division_id == seat.division_id


def test_below_five_the_field_is_refused_by_name(cast: Cast, reyes: Official):
    lives_in(cast, reyes, 4)
    browser, url = browser_of(cast.dana), write_url(reyes)
    body = "{{ members_in_district }} of us live there."

    answer = browser.post(url, drawn(browser.get(url), body=body))

    assert answer.status_code == 422
    assert "There is nothing to put in place of {{ members_in_district }}." in answer.content.decode()
    assert letter_in(answer) is None


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Dear {{ user.password }}", "There is no field {{ user.password }}."),
        ("Dear {{ official", "These braces do not belong together: {{ official"),
        ("{{ constituent }}", "There is nothing to put in place of {{ constituent }}."),
        ("{{ " + "x" * 300 + " }}", "There is no field {{ " + "x" * 40 + " }}."),
    ],
)
def test_a_field_that_cannot_be_filled_is_named(cast: Cast, reyes: Official, body: str, sentence: str):
    browser, url = browser_of(cast.dana), write_url(reyes)

    answer = browser.post(url, drawn(browser.get(url), body=body))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_what_somebody_types_is_never_read_as_a_field(cast: Cast, reyes: Official):
    browser, url = browser_of(cast.dana), write_url(reyes, "message")

    answer = browser.post(url, drawn(browser.get(url), purpose="{{ sender }} <b>{% now %}"))

    assert "about {{ sender }} <b>{% now %}." in letter_in(answer).text
    assert "<b>{%" not in answer.content.decode()


@pytest.mark.parametrize(
    ("basis", "language", "sentence"),
    [
        ("home", "en", "I live in the area you represent."),
        ("work", "en", "I work in the area you represent."),
        ("home", "fr", "J’habite le territoire que vous représentez."),
        ("work", "fr", "Je travaille dans le territoire que vous représentez."),
    ],
)
def test_who_had_their_place_remembered_says_that_they_are_a_constituent(
    cast: Cast, reyes: Official, basis: str, language: str, sentence: str
):
    remembers(cast.sam, reyes.tenures.get().seat, basis)

    assert sentence in letter_for(cast.sam, reyes, language=language)
    assert sentence not in letter_for(cast.dana, reyes, language=language)


def test_a_slot_without_its_time_and_one_in_the_past_are_refused(cast: Cast, reyes: Official):
    browser, url = browser_of(cast.dana), write_url(reyes)
    form = drawn(browser.get(url))
    refusals = {
        "Give the day together with its time.": {"slot_1_time": ""},
        "This day is over.": {"slot_1_on": "2027-02-08"},
        "Give the first time before a second.": {"slot_1_on": "", "slot_1_time": ""},
        "There is nothing to put in place of {{ slot_2 }}.": {"slot_2_on": "", "slot_2_time": ""},
        "Enter a valid date.": {"slot_1_on": "2027-02-29"},
    }

    for sentence, changes in refusals.items():
        answer = browser.post(url, form | changes)
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True), sentence


def test_a_slot_on_the_29th_of_february(cast: Cast, reyes: Official, clock):
    clock.move_to(datetime(2028, 2, 15, 16, tzinfo=UTC))
    slot = letters.Slot(date(2028, 2, 29), datetime(2028, 2, 29, 10, 30).time())  # noqa: DTZ001 (a local time)

    assert slot.in_words("America/St_Johns", "en") == "Tuesday, February 29, 2028, 10:30 a.m. (St Johns time)"
    assert slot.in_words("America/Toronto", "fr") == "mardi 29 février 2028, 10 h 30 (heure de Toronto)"


# --- The ways ---------------------------------------------------------------------------------------------------


def test_a_mail_link_carries_subject_and_text(reyes: Official):
    link = mail_link("a+b@example.org", "Zoë & co?", "One\nTwo & three=4")
    address, query = urlsplit(link.link).path, parse_qs(urlsplit(link.link).query)

    assert address == "a%2Bb@example.org"
    assert query == {"subject": ["Zoë & co?"], "body": ["One\r\nTwo & three=4"]}


def test_a_text_too_long_for_a_link_is_left_to_be_pasted(reyes: Official):
    long = mail_link("a@example.org", "Subject", "é" * 400)

    assert (long.has_text, parse_qs(urlsplit(long.link).query)) == (False, {"subject": ["Subject"]})
    assert all(len(mail_link("a@example.org", "S", "x" * n).link) <= LONGEST_LINK for n in (10, 1800, 9000))


def test_only_ways_that_hold_today_are_offered(cast: Cast, reyes: Official):
    yesterday = TODAY - timedelta(days=1)
    for kind, value, fields in (
        ("email", "reyes@example.org", {}),
        ("email", "old@example.org", {"ended_on": yesterday}),
        ("webform", "https://example.org/form", {}),
    ):
        ContactPoint.objects.create(official=reyes, kind=kind, value=value, **fields)
    Office.objects.create(official=reyes, phone="512-555-0131")
    ways = ways_to(reyes, subject="S", text="T")

    assert [mail.address for mail in ways.mail] == ["reyes@example.org"]
    assert (ways.forms, ways.phones) == (["https://example.org/form"], ["512-555-0131"])


def test_an_office_without_any_address_still_gets_its_text(cast: Cast, reyes: Official):
    page = browser_of(cast.dana).get(write_url(reyes))

    assert "No e-mail address is on record for this office." in page.content.decode()
    assert "mailto:" not in page.content.decode()
    assert letter_in(page) is not None


def test_nothing_on_the_page_is_a_script_of_its_own(cast: Cast, reyes: Official):
    text = browser_of(cast.dana).get(write_url(reyes)).content.decode()

    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|javascript:", text)
    assert text.count("js/letter") == 1


def test_somebody_out_of_office_is_said_to_be(cast: Cast):
    gone = official_in(seat_in(state("tx", "Texas"), "9"), "Al Gone", ends_on=date(2026, 1, 1))

    page = browser_of(cast.dana).get(write_url(gone))

    assert "Al Gone holds no office today. Write to whoever holds the seat now." in page.content.decode()
    assert "Dear Al Gone," in letter_in(page).text


# --- On record --------------------------------------------------------------------------------------------------


def test_a_request_is_recorded_with_its_words_and_the_way_it_went(cast: Cast, reyes: Official):
    browser, url = browser_of(cast.dana), write_url(reyes)
    answer = browser.post(url, drawn(browser.get(url), purpose="HB 210", **CHANNEL))

    request = MeetingRequest.objects.get()
    assert answer.url == request.get_absolute_url()
    assert (request.channel, request.requested_on, request.slot_1_on) == (
        "web_form",
        TODAY,
        date(2027, 2, 24),
    )
    assert "about HB 210." in request.wording


def test_two_clicks_make_one_request(cast: Cast, reyes: Official):
    browser, url = browser_of(cast.dana), write_url(reyes)
    form = drawn(browser.get(url), **CHANNEL)

    answers = [browser.post(url, form, follow=True).content.decode() for _ in range(2)]

    assert (MeetingRequest.objects.count(), FollowUp.objects.count()) == (1, 1)
    assert "This request is on record already; it was saved once." in answers[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"channel": ""},
        {"channel": "pigeon"},
        {"requested_on": "2027-02-10"},
        {"requested_on": ""},
        {"requested_on": "0027-02-08"},
    ],
)
def test_how_and_when_it_went_must_be_said(cast: Cast, reyes: Official, changes: dict[str, str]):
    browser, url = browser_of(cast.dana), write_url(reyes)

    assert browser.post(url, drawn(browser.get(url), **CHANNEL) | changes).status_code == 422
    assert not MeetingRequest.objects.exists()


def test_another_chapter_cannot_be_asked_for(cast: Cast, reyes: Official):
    browser, url = browser_of(cast.dana), write_url(reyes)

    answer = browser.post(
        url,
        drawn(
            browser.get(url),
            **CHANNEL,
        )
        | {"chapter": cast.hill_country.pk},
    )

    assert (answer.status_code, MeetingRequest.objects.count()) == (422, 0)


@pytest.mark.parametrize("what", ["call", "message"])
def test_what_asks_for_no_day_is_not_recorded_as_a_request(cast: Cast, reyes: Official, what: str):
    browser, url = browser_of(cast.dana), write_url(reyes, what)

    browser.post(url, drawn(browser.get(url), **CHANNEL))

    assert not MeetingRequest.objects.exists()
    assert f"/log/new/?official={reyes.pk}&amp;kind=" in browser.get(url).content.decode()


def test_drawing_the_text_records_nothing(cast: Cast, reyes: Official):
    browser, url = browser_of(cast.dana), write_url(reyes)

    browser.post(url, drawn(browser.get(url)))

    assert not MeetingRequest.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("sam", 200), ("tom", 404), ("former", 403)])
def test_whoever_belongs_to_a_chapter_writes(cast: Cast, reyes: Official, who: str, status: int):
    assert browser_of(getattr(cast, who)).get(write_url(reyes)).status_code == status


def test_where_there_is_no_chapter_yet_the_page_still_opens(db: None, clock):
    browser = browser_of(national_staff())
    url = write_url(Official.objects.create(name="Bo Lane"))

    page = browser.get(url)

    assert (page.status_code, letter_in(page)) == (200, None)
    assert browser.post(url, drawn(page)).status_code == 422


def test_an_unknown_piece_or_language_falls_back(cast: Cast, reyes: Official):
    page = browser_of(cast.dana).get(write_url(reyes, "poem", "tlh"))

    assert letter_in(page).subject == "Meeting request from Gulf Prairie"


def test_an_official_nobody_knows_is_missing(cast: Cast):
    assert browser_of(cast.dana).get("/officials/4711/write/").status_code == 404


def test_the_profile_offers_every_way_to_begin(cast: Cast, reyes: Official):
    text = browser_of(cast.dana).get(reyes.get_absolute_url()).content.decode()
    links = {
        what: f"{write_url(reyes, what)}" in text for what in ("meeting", "call", "message", "site_visit")
    }

    assert links == dict.fromkeys(links, True)
    assert f"/log/new/?official={reyes.pk}" in text


def test_the_page_costs_the_same_however_much_is_known(cast: Cast, django_assert_max_num_queries):
    reyes = alma_reyes()
    lower = reyes.tenures.get().seat
    lower.division = division("ocd-division/country:us/state:tx/sldl:131", state("tx", "Texas"))
    lower.save()
    lives_in(cast, reyes, 6)
    for _ in range(3):
        asked(cast.dana, reyes)
    browser = browser_of(cast.dana)

    with django_assert_max_num_queries(30):
        browser.get(write_url(reyes))
