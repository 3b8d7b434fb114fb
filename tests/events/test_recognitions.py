"""Recognitions: due in time for the day, on the list of those who may know, kept by their chapter."""

from datetime import date

import pytest

from advocacy.audit.models import Entry
from advocacy.events.models import Recognition
from advocacy.kernel.reminder_rules import Days, reminder_rules
from tests.cast import Cast, browser_of
from tests.factories.advocacy_days import day_of

LIST = "/advocacy-days/recognitions/"


def recognition(cast: Cast, title: str = "Health IT Week", **fields: object) -> Recognition:
    known = {
        "kind": "proclamation", "direction": "received", "chapter": cast.gulf_prairie, "office": "Governor",
        "due_on": date(2027, 2, 8), "owner": cast.dana,
    }  # fmt: skip
    return Recognition.objects.create(title=title, **(known | fields))


def typed(cast: Cast, **said: object) -> dict[str, object]:
    known = {
        "kind": "proclamation", "direction": "received", "title": "Health IT Week", "chapter": cast.gulf_prairie.pk,
        "office": "Mayor of Harbor", "status": "to_ask", "owner": cast.dana.pk,
    }  # fmt: skip
    return known | said


def test_without_a_day_it_is_due_eight_weeks_before_the_event_and_twice_is_once(cast: Cast):
    event = day_of(cast)
    for _ in range(2):
        browser_of(cast.dana).post(LIST + "new/", typed(cast, event=event.pk))

    row = Recognition.objects.get()
    assert (row.event, row.due_on, row.owner) == (event, date(2027, 2, 17), cast.dana)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Say by when it is needed, or choose the Advocacy Day."),
        ({"due_on": "2027-03-01", "office": ""}, "Name an official or another office: exactly one."),
        ({"due_on": "2027-03-01", "status": "done"}, "What was given or received has a day."),
    ],
)
def test_what_is_missing_is_said_by_the_field(cast: Cast, said: dict[str, object], words: str):
    page = browser_of(cast.dana).post(LIST + "new/", typed(cast, **said))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Recognition.objects.exists()


def test_the_list_shows_what_is_late_and_hides_what_others_still_ask_for(cast: Cast):
    recognition(cast)
    recognition(cast, "Given", status="done", done_on=date(2027, 2, 1))
    theirs = browser_of(cast.luis).get(LIST).content.decode()
    ours = browser_of(cast.dana).get(LIST + "?which=overdue").content.decode()

    assert [name in theirs for name in ("Health IT Week", "Given")] == [False, True]
    assert [name in ours for name in ("Health IT Week", ">Given<")] == [True, False]
    assert ours.count("Overdue</span>") == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    cast: Cast, rows: int, django_assert_num_queries
):
    event = day_of(cast)
    for number in range(rows):
        recognition(cast, f"One {number}", event=event)
    browser = browser_of(cast.dana)

    with django_assert_num_queries(11):
        browser.get(LIST)


def test_it_is_changed_by_its_chapter_and_nobody_else(cast: Cast):
    row = recognition(cast)
    path = f"{LIST}{row.pk}/"
    said = typed(cast, status="done", due_on="2027-02-08", done_on="2027-02-09")

    refused = browser_of(cast.luis).post(path, said)
    browser_of(cast.dana).post(path, said)
    row.refresh_from_db()

    assert refused.status_code == 404
    assert (row.status, row.done_on) == ("done", date(2027, 2, 9))
    assert Entry.objects.filter(verb="edited", object_id=str(row.pk)).count() == 1


def test_owner_and_coordinator_are_reminded_before_it_is_needed_and_once_afterwards_while_it_is_open(
    cast: Cast,
):
    row = recognition(cast, event=day_of(cast), due_on=date(2027, 2, 17))
    rule = reminder_rules["events.recognition"]
    dues = list(rule.due(Days(date(2027, 1, 1), date(2027, 4, 30)), rule.offsets))
    periods = {one.period for one in dues}
    late = rule.words(cast.priya, periods, date(2027, 2, 18))
    soon = rule.words(cast.dana, periods, date(2027, 2, 14))
    row.status, row.done_on = "done", date(2027, 2, 18)
    row.save()

    days = [date(2027, 2, 3), date(2027, 2, 14), date(2027, 2, 18)]
    assert [(one.person_id, one.day) for one in dues] == [
        (person.pk, day) for day in days for person in (cast.dana, cast.priya)
    ]
    assert {line.text for line in soon.values()} == {"Health IT Week (Governor): needed by Feb. 17, 2027"}
    assert {line.text for line in late.values()} == {"Health IT Week (Governor): was needed by Feb. 17, 2027"}
    assert rule.words(cast.dana, periods, date(2027, 2, 18)) == {}
    assert list(rule.due(Days(date(2027, 1, 1), date(2027, 4, 30)), rule.offsets)) == []
