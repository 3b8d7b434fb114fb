"""Asking colleagues to leave an office alone, and going on all the same."""

from datetime import date, timedelta

import pytest

from advocacy.audit.models import Entry
from advocacy.interactions.actions import do_not_contact, relationships
from advocacy.interactions.errors import NotAllowedToChange
from advocacy.interactions.models import DoNotContact, Interaction, MeetingRequest
from legislation.models import Official
from tests.cast import TODAY, Cast, browser_of
from tests.factories.log import alma_reyes
from tests.factories.requests import quiet
from tests.interactions.test_log_form import NEW, filled
from tests.interactions.test_writing import drawn, letter_in, write_url

UNTIL = "2027-03-01"


@pytest.fixture
def reyes(cast: Cast) -> Official:
    return alma_reyes()


def ask_url(official: Official) -> str:
    return f"/officials/{official.pk}/do-not-contact/"


def went_on() -> list[tuple[str, str]]:
    return [(str(one.actor), one.reason) for one in Entry.objects.filter(verb="went on").order_by("pk")]


def test_staff_leads_and_who_holds_the_tie_may_ask(cast: Cast, reyes: Official):
    relationships.adopt(
        by=cast.luis, official=reyes, chapter=cast.hill_country, rhythm_days=60, on=TODAY - timedelta(days=9)
    )
    people = ("dana", "luis", "sam", "chris", "tom", "angela", "jordan", "former")

    answers = {who: browser_of(getattr(cast, who)).get(ask_url(reyes)).status_code for who in people}

    assert {who for who, status in answers.items() if status == 200} == {"luis", "angela", "jordan"}


def test_who_may_not_is_refused_by_the_action_too(cast: Cast, reyes: Official):
    with pytest.raises(NotAllowedToChange):
        do_not_contact.ask(by=cast.dana, official=reyes, until=date(2027, 3, 1), reason="Mine", on=TODAY)
    note = quiet(reyes, by=cast.jordan)
    with pytest.raises(NotAllowedToChange):
        do_not_contact.lift(note, by=cast.dana, on=TODAY)


def test_a_note_is_left_read_by_everybody_and_lifted(cast: Cast, reyes: Official):
    relationships.adopt(
        by=cast.luis, official=reyes, chapter=cast.hill_country, rhythm_days=60, on=TODAY - timedelta(days=9)
    )
    browser = browser_of(cast.luis)
    browser.post(ask_url(reyes), {"until": UNTIL, "reason": "Funeral in the family"})
    note = DoNotContact.objects.get()
    text = browser_of(cast.sam).get(reyes.get_absolute_url()).content.decode()

    assert "Please do not contact this office before March 1, 2027." in text
    assert "Funeral in the family" in text

    browser.post(f"/officials/do-not-contact/{note.pk}/lift/")
    note.refresh_from_db()
    assert (note.lifted_on, note.lifted_by) == (TODAY, cast.luis)
    assert "Funeral" not in browser_of(cast.sam).get(reyes.get_absolute_url()).content.decode()
    assert [one.verb for one in Entry.objects.about(note).order_by("pk")] == ["added", "lifted"]


@pytest.mark.parametrize("until", ["2027-02-09", "2027-02-08", "2028-02-11", "2027-02-29", ""])
def test_a_day_that_makes_no_sense_is_refused_in_words(cast: Cast, reyes: Official, until: str):
    relationships.adopt(by=cast.dana, official=reyes, chapter=cast.gulf_prairie, rhythm_days=60, on=TODAY)

    answer = browser_of(cast.dana).post(ask_url(reyes), {"until": until, "reason": "x"})

    assert (answer.status_code, DoNotContact.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == ["until"]


def test_a_note_may_end_on_the_29th_of_february(cast: Cast, reyes: Official, clock):
    clock.move_to("2028-02-20T16:00:00Z")
    note = quiet(reyes, by=cast.jordan, days=9)

    assert note.until == date(2028, 2, 29)
    in_force = [DoNotContact.objects.in_force(date(2028, 2, day)).exists() for day in (28, 29)]
    assert in_force == [True, False]


def test_a_lifted_note_cannot_be_lifted_again(cast: Cast, reyes: Official):
    note = quiet(reyes, by=cast.jordan)

    assert [do_not_contact.lift(note, by=cast.jordan, on=TODAY) for _ in range(2)] == [True, False]
    assert Entry.objects.about(note).filter(verb="lifted").count() == 1


# --- Going on all the same --------------------------------------------------------------------------------------


def test_the_composer_shows_its_text_once_somebody_says_why(cast: Cast, reyes: Official):
    quiet(reyes, by=cast.jordan)
    browser, url = browser_of(cast.dana), write_url(reyes, "call")

    before = browser.get(url)
    without = browser.post(url, drawn(before))
    with_reason = browser.post(url, drawn(before, reason_to_go_on="They called us"))

    assert [letter_in(page) is None for page in (before, without, with_reason)] == [True, True, False]
    assert without.status_code == 422
    assert went_on() == [("Dana Whitfield", "They called us")]


def test_the_same_reason_is_kept_once_however_often_the_text_is_drawn(cast: Cast, reyes: Official):
    quiet(reyes, by=cast.jordan)
    browser, url = browser_of(cast.dana), write_url(reyes, "meeting")
    form = drawn(browser.get(url), reason_to_go_on="They called us")
    for _ in range(2):
        browser.post(url, form)
    browser.post(url, form | {"act": "record", "channel": "phone", "requested_on": "2027-02-09"})

    assert went_on() == [("Dana Whitfield", "They called us")]
    assert MeetingRequest.objects.count() == 1


def test_a_request_is_not_recorded_without_a_reason(cast: Cast, reyes: Official):
    quiet(reyes, by=cast.jordan)
    browser, url = browser_of(cast.dana), write_url(reyes, "meeting")
    form = drawn(browser.get(url)) | {"act": "record", "channel": "phone", "requested_on": "2027-02-09"}

    assert browser.post(url, form).status_code == 422
    assert not MeetingRequest.objects.exists()


def test_once_its_day_has_come_nothing_is_asked(cast: Cast, reyes: Official, clock):
    quiet(reyes, by=cast.jordan, days=2)
    clock.move_to("2027-02-11T16:00:00Z")

    page = browser_of(cast.dana).get(write_url(reyes, "meeting"))

    assert letter_in(page) is not None
    assert "all the same" not in page.content.decode()


def test_a_plan_asks_why_and_what_has_happened_does_not(cast: Cast, reyes: Official):
    quiet(reyes, by=cast.jordan)
    browser = browser_of(cast.dana)
    plan = filled(cast, reyes, occurred_on="2027-02-15", save="plan")

    refused = browser.post(NEW, plan)
    assert refused.status_code == 422
    assert "A colleague asks to leave this office alone. Say why you go on." in refused.content.decode()

    browser.post(NEW, plan | {"reason_to_go_on": "Long agreed"})
    browser.post(NEW, filled(cast, reyes))
    assert went_on() == [("Dana Whitfield", "Long agreed")]
    assert sorted(Interaction.objects.values_list("state", flat=True)) == ["logged", "planned"]


def test_another_office_needs_no_reason(cast: Cast, reyes: Official):
    other = Official.objects.create(name="Bo Lane")
    quiet(other, by=cast.jordan)

    browser_of(cast.dana).post(NEW, filled(cast, reyes, occurred_on="2027-02-15", save="plan"))

    assert Interaction.objects.get().state == "planned"
