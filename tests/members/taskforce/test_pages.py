"""The pages of meetings through the client: who does what where."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.models import User
from members.taskforce.actions import answers, attendance, meetings, minutes
from members.taskforce.actions.attendance import Seen
from members.taskforce.models import ActionItem, AgendaItem, Attendance, Decision, Meeting
from tests.cast import Cast, browser_of
from tests.factories.meetings import action_item, item, planned, series, the_meeting


def test_a_lead_plans_the_next_of_a_series_with_one_button(cast: Cast):
    rule = series(cast.angela)

    answer = browser_of(cast.angela).post(reverse("taskforce:meeting_new"), {"series": rule.pk})

    meeting = Meeting.objects.get()
    assert (answer["Location"], meeting.period) == (meeting.get_absolute_url(), "2027-02")


def test_a_meeting_of_its_own_is_planned_in_its_own_zone(cast: Cast):
    values = {"title": "Extra", "on": "2027-07-14", "at": "13:00", "zone": "America/Vancouver", "minutes": 30}

    browser_of(cast.jordan).post(reverse("taskforce:meeting_new"), values | {"host": cast.angela.pk})

    assert Meeting.objects.get().starts_at.isoformat() == "2027-07-14T20:00:00+00:00"


@pytest.mark.parametrize("sent", ["", "x", "999999999999999999999", "-1"])
def test_a_series_that_is_not_there_is_missing(cast: Cast, sent: str):
    answer = browser_of(cast.angela).post(reverse("taskforce:meeting_new"), {"series": sent})

    assert answer.status_code == 404


def test_an_advocate_proposes_an_item(cast: Cast):
    meeting = planned(cast.angela)
    values = {"title": "Broadband", "minutes_wanted": 15, "purpose": "decide"}

    browser_of(cast.noor).post(reverse("taskforce:item_propose", args=[meeting.pk]), values)

    assert AgendaItem.objects.values_list("title", "purpose", "proposed_by").get() == (
        "Broadband",
        "decide",
        cast.noor.pk,
    )


def test_the_attendance_screen_is_filled_in_from_the_answers(cast: Cast):
    meeting = the_meeting(cast)
    meeting.invitations.filter(person=cast.luis).update(
        answer="no", how="link", answered_at=meeting.starts_at
    )

    page = browser_of(cast.angela).get(reverse("taskforce:attendance", args=[meeting.pk]))

    filled = {row["person"].full_name: row["form"]["presence"].value() for row in page.context["rows"]}
    assert {name: value for name, value in filled.items() if value} == {"Luis Ortega": "absent_with_regrets"}
    assert len(filled) == 7


def test_taking_attendance_records_those_who_were_marked(cast: Cast):
    meeting = the_meeting(cast)
    values = {
        f"p{cast.noor.pk}-presence": "present",
        f"p{cast.noor.pk}-minutes_present": "55",
        f"p{cast.luis.pk}-presence": "delegate",
        f"p{cast.luis.pk}-delegate_name": "Pat Nolan",
    }

    browser_of(cast.angela).post(reverse("taskforce:attendance", args=[meeting.pk]), values)

    rows = Attendance.objects.order_by("person__full_name")
    assert list(rows.values_list("person__full_name", "presence", "delegate_name", "minutes_present")) == [
        ("Luis Ortega", "delegate", "Pat Nolan", None),
        ("Noor Haddad", "present", "", 55),
    ]


def test_everybody_else_is_said_in_one_choice(cast: Cast):
    meeting = the_meeting(cast)
    values = {f"p{cast.luis.pk}-presence": "absent_with_regrets", "rest": "present"}

    browser_of(cast.angela).post(reverse("taskforce:attendance", args=[meeting.pk]), values)

    seen = dict(Attendance.objects.values_list("person__full_name", "presence"))
    assert seen.pop("Luis Ortega") == "absent_with_regrets"
    assert (len(seen), set(seen.values())) == (6, {"present"})


def test_attendance_and_minutes_before_it_begins_say_what_that_means(cast: Cast, clock):
    meeting = the_meeting(cast)
    pages = [reverse(f"taskforce:{name}", args=[meeting.pk]) for name in ("attendance", "publish")]
    words = "This meeting has not begun."

    before = [words in browser_of(cast.angela).get(page).content.decode() for page in pages]
    clock.move_to(meeting.starts_at)
    during = [words in browser_of(cast.angela).get(page).content.decode() for page in pages]

    assert (before, during) == ([True, True], [False, False])


def test_a_meeting_says_what_comes_next_to_whoever_runs_it(cast: Cast, clock):
    meeting = planned(cast.angela)

    def next_step() -> str | None:
        return browser_of(cast.angela).get(meeting.get_absolute_url()).context["next_step"]

    steps = [next_step()]
    meetings.invite(meeting, by=cast.angela, now=timezone.now())
    steps.append(next_step())
    clock.move_to(meeting.starts_at)
    steps.append(next_step())
    attendance.take(meeting, [Seen(cast.noor, "present")], by=cast.angela, now=timezone.now())
    steps.append(next_step())
    minutes.publish(meeting, by=cast.angela, now=timezone.now())
    steps.append(next_step())

    assert steps == ["invite", "prepare", "attendance", "minutes", None]
    page = browser_of(cast.noor).get(meeting.get_absolute_url())
    assert page.context["next_step"] is None


def test_the_page_counts_the_answers(cast: Cast):
    meeting = the_meeting(cast)
    for person in (cast.noor, cast.dana):
        answers.answer_in_portal(meeting, by=person, said="yes", now=timezone.now(), delegate_name="")

    page = browser_of(cast.noor).get(meeting.get_absolute_url())

    assert page.context["answered"] == "No answer yet: 5 · Yes: 2"


def test_a_delegate_without_a_name_saves_nobody(cast: Cast):
    meeting = the_meeting(cast)
    values = {f"p{cast.noor.pk}-presence": "present", f"p{cast.luis.pk}-presence": "delegate"}

    page = browser_of(cast.angela).post(reverse("taskforce:attendance", args=[meeting.pk]), values)

    assert "Name the delegate." in page.content.decode()
    assert not Attendance.objects.exists()


def test_the_editor_writes_decides_and_assigns_one_at_a_time(cast: Cast):
    meeting = the_meeting(cast)
    point = meeting.items.get()
    angela, address = browser_of(cast.angela), reverse("taskforce:item_minutes", args=[point.pk])
    written = {
        "version": 1,
        "title": point.title,
        "order": 1,
        "minutes_wanted": 10,
        "summary": "Talked.",
        "outcome": "Go on",
    }

    angela.post(address, {"act": "write", **{f"write-{name}": value for name, value in written.items()}})
    angela.post(address, {"act": "decide", "decide-text": "Support it", "decide-how": "consensus"})
    assign = {"act": "assign", "assign-text": "Share it", "assign-owner": cast.dana.pk}
    angela.post(address, assign | {"assign-due_on": "2027-02-24"})

    point.refresh_from_db()
    assert (point.summary, point.outcome) == ("Talked.", "Go on")
    assert Decision.objects.get().text == "Support it"
    assert ActionItem.objects.values_list("owner", "due_on").get() == (cast.dana.pk, date(2027, 2, 24))


def test_whoever_saves_after_a_colleague_sees_both_and_decides(cast: Cast):
    point = item(planned(cast.angela), by=cast.dana)
    address = reverse("taskforce:item_minutes", args=[point.pk])

    def saved(person: User, version: int, summary: str) -> HttpResponse:
        words = {"title": point.title, "order": 1, "minutes_wanted": 10, "summary": summary, "outcome": ""}
        sent = {f"write-{name}": value for name, value in (words | {"version": version}).items()}
        return browser_of(person).post(address, {"act": "write"} | sent)

    saved(cast.angela, 1, "The first notes.")
    refused = saved(cast.jordan, 1, "The second notes.")
    page = refused.content.decode()
    kept = AgendaItem.objects.get().summary
    decided = saved(cast.jordan, 2, "The second notes.")

    assert (refused.status_code, decided.status_code) == (409, 302)
    assert "Angela Moss changed it last." in page
    assert [text in page for text in ("The first notes.", "The second notes.")] == [True, True]
    assert 'name="write-version" value="2"' in page
    assert kept == "The first notes."
    assert AgendaItem.objects.get().summary == "The second notes."


@pytest.mark.parametrize(
    "sent",
    [{"act": "decide", "decide-text": "X", "decide-how": "vote"}, {"act": "nonsense"}, {"act": "assign"}],
)
def test_what_is_incomplete_is_asked_again_and_writes_nothing(cast: Cast, sent: dict[str, str]):
    point = item(planned(cast.angela), by=cast.dana)

    answer = browser_of(cast.angela).post(reverse("taskforce:item_minutes", args=[point.pk]), sent)

    assert answer.status_code == 200
    assert not Decision.objects.exists()
    assert not ActionItem.objects.exists()


def test_everybody_of_the_task_force_reads_published_minutes_with_their_corrections(cast: Cast):
    meeting = the_meeting(cast)
    angela = browser_of(cast.angela)
    angela.post(reverse("taskforce:publish", args=[meeting.pk]))
    angela.post(reverse("taskforce:correct", args=[meeting.pk]), {"text": "Read six for five."})

    page = browser_of(cast.elise).get(meeting.get_absolute_url()).content.decode()

    assert "Read six for five." in page
    assert "Telehealth parity" in page


def test_my_action_items_stand_on_home_and_in_the_list_until_they_are_done(cast: Cast):
    todo = action_item(planned(cast.angela), cast.dana)
    dana = browser_of(cast.dana)
    assert todo.text in dana.get(reverse("portal:home")).content.decode()
    assert todo.text in dana.get(reverse("taskforce:action_list")).content.decode()

    dana.post(todo.get_absolute_url(), {"status": "done"})

    assert todo.text not in dana.get(reverse("portal:home")).content.decode()
    assert todo.text not in dana.get(reverse("taskforce:action_list")).content.decode()


def test_a_colleague_reads_an_item_and_does_not_close_it(cast: Cast):
    todo = action_item(planned(cast.angela), cast.dana)
    luis = browser_of(cast.luis)

    assert luis.get(todo.get_absolute_url()).status_code == 200
    assert luis.post(todo.get_absolute_url(), {"status": "done"}).status_code == 404
    todo.refresh_from_db()
    assert todo.status == "open"


def test_the_page_of_a_meeting_costs_the_same_with_one_row_or_three(cast: Cast, django_assert_num_queries):
    meeting, dana = the_meeting(cast), browser_of(cast.dana)
    action_item(meeting, cast.dana)
    dana.get(meeting.get_absolute_url())

    with django_assert_num_queries(QUERIES):
        dana.get(meeting.get_absolute_url())
    for number in range(2):
        item(meeting, by=cast.noor, title=f"Item {number}")
        action_item(meeting, cast.dana, text=f"Task {number}")
    with django_assert_num_queries(QUERIES):
        dana.get(meeting.get_absolute_url())


QUERIES = 18


def test_somebody_outside_the_task_force_reads_their_own_item_without_the_meetings_title(cast: Cast):
    todo = action_item(planned(cast.angela, title="Closed circle"), cast.sam)

    page = browser_of(cast.sam).get(todo.get_absolute_url()).content.decode()

    assert todo.text in page
    assert "Closed circle" not in page


def test_an_empty_portal_says_that_no_meeting_is_planned(cast: Cast):
    assert (
        "No meeting is planned"
        in browser_of(cast.dana).get(reverse("taskforce:meeting_list")).content.decode()
    )


def test_staff_find_a_meeting_by_its_host_and_change_a_rule_in_its_own_zone(cast: Cast):
    rule = series(cast.angela)
    planned(cast.angela)
    browser = browser_of(cast.jordan)
    meetings_list = reverse("admin:taskforce_meeting_changelist")

    found = [browser.get(meetings_list, {"q": text}).context["cl"].result_count for text in ("Angela", "Tom")]
    form = browser.get(reverse("admin:taskforce_meetingseries_change", args=[rule.pk])).content.decode()

    assert found == [1, 0]
    assert ('type="time"' in form, "vTimeField" in form) == (True, False)
