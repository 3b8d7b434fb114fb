"""The pages of meeting requests: the list with its filters, one request, and on into the log."""

from datetime import timedelta
from typing import Any

import pytest

from advocacy.interactions.models import Confidentiality, Interaction, MeetingRequest, Step
from legislation.models import Official
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes, logged, official_in, seat_in
from tests.factories.people import state
from tests.factories.requests import asked, confirmed, held, took
from tests.interactions.test_log_form import NEW, filled

LIST = "/log/requests/"
LONG_AGO = TODAY - timedelta(days=30)


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


def listed(cast: Cast, who: str, **query: str) -> list[MeetingRequest]:
    page = browser_of(getattr(cast, who)).get(LIST, query)
    assert page.status_code == 200
    return [row["request"] for row in page.context["rows"]]


def stepped(cast: Cast, request: MeetingRequest, step: str, **fields: Any) -> Any:
    data = {"step": step, "on": "2027-02-09", "meets_on": "", "meets_time": "", "note": ""}
    return browser_of(cast.dana).post(request.get_absolute_url(), data | fields)


# --- The list ---------------------------------------------------------------------------------------------------


def test_the_list_narrows_to_mine_my_chapters_and_all_i_may_see(cast: Cast, reyes: Official):
    mine, colleague = asked(cast.dana, reyes), asked(cast.priya, reyes)
    neighbour = asked(cast.luis, reyes)

    assert listed(cast, "dana") == [mine]
    assert listed(cast, "dana", whose="chapters") == [colleague, mine]
    assert listed(cast, "dana", whose="all") == [neighbour, colleague, mine]
    assert listed(cast, "tom") == [neighbour, colleague, mine]
    assert listed(cast, "elise", whose="all") == []


def test_the_list_narrows_to_a_state_by_its_address(cast: Cast, reyes: Official):
    waiting, late = asked(cast.dana, reyes), asked(cast.dana, reyes, requested_on=LONG_AGO)
    fixed = confirmed(asked(cast.dana, reyes), by=cast.dana, for_day=TODAY)
    no = took(asked(cast.dana, reyes), Step.DECLINE, by=cast.dana)

    assert listed(cast, "dana", state="requested") == [waiting, late]
    assert listed(cast, "dana", state="nudge") == [late]
    assert listed(cast, "dana", state="open") == [fixed, waiting, late]
    assert listed(cast, "dana", state="declined") == [no]
    assert listed(cast, "dana", state="abolished", whose="nobody") == [no, fixed, waiting, late]


def test_requests_without_a_reply_are_pointed_out(cast: Cast, reyes: Official):
    asked(cast.dana, reyes, requested_on=LONG_AGO)
    text = browser_of(cast.dana).get(LIST).content.decode()

    assert "One request has had no reply for 5 business days." in text
    assert "No reply for 5 business days" in text
    assert 'href="?state=nudge"' in text


def test_the_nudge_stands_on_the_home_page_of_whoever_asked(cast: Cast, reyes: Official, clock):
    asked(cast.sam, reyes)
    clock.move_to("2027-02-17T16:00:00Z")

    text = browser_of(cast.sam).get("/").content.decode()

    assert "Schedule a meeting" in text
    assert "Alma Reyes" in text


def test_an_empty_list_says_where_to_begin(cast: Cast):
    browser = browser_of(cast.dana)

    assert "No request is on record" in browser.get(LIST).content.decode()
    assert "No request matches these filters" in browser.get(LIST, {"state": "held"}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    cast: Cast, reyes: Official, rows: int, django_assert_num_queries
):
    for number in range(rows):
        office = official_in(seat_in(state("tx", "Texas"), f"9{number}"), f"Bo Lane {number}")
        held(asked(cast.priya, office), by=cast.priya)
        asked(cast.dana, reyes)
    browser = browser_of(cast.dana)

    with django_assert_num_queries(15):
        browser.get(LIST, {"whose": "chapters"})


def test_long_lists_page(cast: Cast, reyes: Official):
    rows = [asked(cast.dana, reyes) for _ in range(51)]
    page = browser_of(cast.dana).get(LIST)
    second = browser_of(cast.dana).get(LIST + page.context["page"].next_url)

    pages = [[row["request"] for row in one.context["rows"]] for one in (page, second)]
    assert [*pages[0], *pages[1]] == rows[::-1]


# --- One request ------------------------------------------------------------------------------------------------


def test_a_request_of_a_chapter_one_does_not_read_is_missing(cast: Cast, reyes: Official):
    url = asked(cast.dana, reyes).get_absolute_url()
    statuses = {
        who: browser_of(getattr(cast, who)).get(url).status_code
        for who in ("dana", "priya", "luis", "chris", "sam", "elise", "ruth", "former")
    }

    assert statuses == {
        "dana": 200, "priya": 200, "luis": 200, "chris": 200, "sam": 404, "elise": 404, "ruth": 404, "former": 403,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["luis", "chris"])
def test_whoever_only_reads_it_is_offered_no_step_and_cannot_send_one(cast: Cast, reyes: Official, who: str):
    request = asked(cast.dana, reyes)
    browser = browser_of(getattr(cast, who))

    assert "Next step" not in browser.get(request.get_absolute_url()).content.decode()
    assert browser.post(request.get_absolute_url(), {"step": "reply", "on": "2027-02-09"}).status_code == 404
    request.refresh_from_db()
    assert request.first_reply_on is None


def test_a_step_is_noted(cast: Cast, reyes: Official):
    request = asked(cast.dana, reyes)
    answer = stepped(cast, request, "confirm", meets_on="2027-02-20", meets_time="10:30", note="Room 4")

    request.refresh_from_db()
    assert answer.url == request.get_absolute_url()
    assert (request.state, str(request.confirmed_on), str(request.confirmed_time), request.note) == (
        "confirmed", "2027-02-20", "10:30:00", "Room 4",
    )  # fmt: skip
    text = browser_of(cast.dana).get(request.get_absolute_url()).content.decode()
    assert "Next step" in text
    assert "Feb. 20, 2027, 10:30 a.m. (Chicago time)" in text
    assert "after 0 days" in text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"step": ""}, "step"),
        ({"step": "log"}, "step"),
        ({"step": "reply", "on": ""}, "on"),
        ({"step": "reply", "on": "2027-02-10"}, "on"),
        ({"step": "reply", "on": "2027-02-08"}, "on"),
        ({"step": "reply", "on": "2027-02-29"}, "on"),
        ({"step": "confirm"}, "meets_on"),
        ({"step": "confirm", "meets_on": "2027-02-08"}, "meets_on"),
        ({"step": "decline", "note": "x" * 201}, "note"),
    ],
)
def test_a_step_that_makes_no_sense_is_refused_in_words(
    cast: Cast, reyes: Official, fields: dict[str, str], field: str
):
    request = asked(cast.dana, reyes)

    answer = stepped(cast, request, **({"step": "reply"} | fields))

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_a_second_click_is_told_that_it_was_noted(cast: Cast, reyes: Official):
    request = asked(cast.dana, reyes)
    stepped(cast, request, "decline")
    again = stepped(cast, request, "decline")

    assert again.url == request.get_absolute_url()
    text = browser_of(cast.dana).get(request.get_absolute_url()).content.decode()
    assert text.count("Declined") == 1


def test_that_it_was_logged_restricted_is_not_shown_to_other_readers(cast: Cast, reyes: Official):
    request = held(asked(cast.dana, reyes), by=cast.dana)
    restricted = Confidentiality.RESTRICTED
    browser_of(cast.dana).post(f"{NEW}?request={request.pk}", filled(cast, reyes, confidentiality=restricted))
    pages = {
        who: browser_of(getattr(cast, who)).get(request.get_absolute_url()).content.decode()
        for who in ("dana", "luis")
    }

    assert Interaction.objects.get().confidentiality == restricted
    assert {who: ("Logged" in text, "In the log" in text) for who, text in pages.items()} == {
        "dana": (True, True),
        "luis": (False, False),
    }
    assert listed(cast, "luis", whose="all", state="logged") == []
    assert listed(cast, "luis", whose="all", state="held") == [request]


# --- Into the log -----------------------------------------------------------------------------------------------


def test_we_met_leads_to_the_log_form_filled_in(cast: Cast, reyes: Official):
    request = confirmed(asked(cast.dana, reyes, requested_on=LONG_AGO), by=cast.dana, for_day=TODAY)
    answer = stepped(cast, request, "hold")
    form = browser_of(cast.dana).get(answer.url).context["report"].contact

    assert answer.url == f"{NEW}?request={request.pk}"
    assert {
        name: form[name].value() for name in ("kind", "occurred_on", "summary", "initiated_by", "zone")
    } == {
        "kind": "meeting_in_person",
        "occurred_on": TODAY,
        "summary": "the data exchange bill",
        "initiated_by": "us",
        "zone": "America/Chicago",
    }
    assert form["officials"].value() == [reyes.pk]


def test_saving_that_form_closes_the_request(cast: Cast, reyes: Official):
    request = held(asked(cast.dana, reyes), by=cast.dana)

    browser_of(cast.dana).post(f"{NEW}?request={request.pk}", filled(cast, reyes))

    request.refresh_from_db()
    assert (request.state, request.interaction) == ("logged", Interaction.objects.get())


def test_joining_a_colleagues_record_closes_it_too(cast: Cast, reyes: Official):
    request = held(asked(cast.dana, reyes), by=cast.dana)
    theirs = logged(cast.luis, [reyes])

    form = filled(cast, reyes, duplicate=f"join:{theirs.pk}", summary="")
    browser_of(cast.dana).post(f"{NEW}?request={request.pk}", form)

    request.refresh_from_db()
    assert (request.state, request.interaction) == ("logged", theirs)


@pytest.mark.parametrize("key", ["4711", "abc", "-1", "", "9" * 30])
def test_a_request_nobody_knows_changes_nothing_in_the_form(cast: Cast, reyes: Official, key: str):
    browser = browser_of(cast.dana)

    assert browser.get(NEW, {"request": key}).context["report"].contact["officials"].value() is None
    browser.post(f"{NEW}?request={key}", filled(cast, reyes))
    assert Interaction.objects.count() == 1


def test_a_request_of_another_chapter_is_neither_shown_nor_closed_by_the_form(cast: Cast, reyes: Official):
    request = held(asked(cast.luis, reyes), by=cast.luis)
    browser = browser_of(cast.dana)

    shown = browser.get(NEW, {"request": request.pk}).context["report"].contact["officials"].value()
    browser.post(f"{NEW}?request={request.pk}", filled(cast, reyes))

    request.refresh_from_db()
    assert (shown, request.state) == (None, "held")


def test_a_member_is_not_sent_to_a_form_they_may_not_use(cast: Cast, reyes: Official):
    request = confirmed(asked(cast.sam, reyes), by=cast.sam, for_day=TODAY)
    answer = browser_of(cast.sam).post(request.get_absolute_url(), {"step": "hold", "on": "2027-02-09"})

    assert answer.url == request.get_absolute_url()
    assert "Log the meeting" not in browser_of(cast.sam).get(answer.url).content.decode()


def test_the_nudge_leads_back_to_its_request(cast: Cast, reyes: Official):
    request = asked(cast.dana, reyes)

    text = browser_of(cast.dana).get(request.nudge.get_absolute_url()).content.decode()

    assert f'href="{request.get_absolute_url()}"' in text


def test_open_requests_stand_on_the_profile(cast: Cast, reyes: Official):
    asked(cast.dana, reyes, purpose="zebra crossings")
    took(asked(cast.dana, reyes, purpose="closed doors"), Step.DECLINE, by=cast.dana)
    text = browser_of(cast.dana).get(reyes.get_absolute_url()).content.decode()

    assert ("zebra crossings" in text, "closed doors" in text) == (True, False)
    assert "zebra" not in browser_of(cast.elise).get(reyes.get_absolute_url()).content.decode()
