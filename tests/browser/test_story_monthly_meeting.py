"""Story A8: the monthly meeting, from the answer to the invitation to the overdue action item."""

import re
from datetime import date, datetime

import pytest
from playwright.sync_api import Page, expect

from advocacy.interactions.models import FollowUp
from advocacy.outbox import delivery
from advocacy.outbox.models import OutboundMessage
from campaigns.reminders import planner
from members.taskforce.actions import attendance
from members.taskforce.models import MeetingInvitation
from tests.browser.conftest import Screen, SitDown
from tests.browser.hands import Hands
from tests.cast import Cast
from tests.factories.meetings import CHICAGO, JANUARY, held, the_meeting

pytestmark = [pytest.mark.browser, pytest.mark.story]


def link_mailed_to(person, page: Page) -> str:
    """The path of the answer link in the invitation this person got."""
    mail = OutboundMessage.objects.get(kind="taskforce.agenda", user=person)
    return re.search(r"/meetings/answer/\S+", mail.text)[0]


def test_a_meeting_from_the_answer_to_the_overdue_item(cast: Cast, sit_down: SitDown, screen: Screen, clock):
    held(cast.angela, JANUARY, luis=(cast.luis, "absent"))
    meeting = the_meeting(cast)

    noor = sit_down(None, screen)
    noor.goto(link_mailed_to(cast.noor, noor))
    expect(noor.get_by_role("main")).to_contain_text("12:00 your time")
    assert MeetingInvitation.objects.get(person=cast.noor).answer == ""
    Hands(noor).tap(noor.get_by_role("button", name="Yes"))
    expect(noor.get_by_role("status")).to_contain_text("Your answer is recorded: Yes.")
    expect(noor.get_by_role("main")).to_contain_text("12:00 your time")
    assert MeetingInvitation.objects.get(person=cast.noor).answer == "yes"

    angela = sit_down(cast.angela, screen)
    angela.goto(meeting.get_absolute_url())
    angela.get_by_role("link", name="Take attendance").click()
    for name, seen in (("Noor Haddad", "Present"), ("Luis Ortega", "Absent with regrets")):
        row = angela.get_by_role("group", name=name)
        row.get_by_label("Attendance").select_option(label=seen)
    angela.get_by_role("button", name="Confirm attendance").click()
    expect(angela.get_by_text("2 people confirmed.")).to_be_visible()

    angela.get_by_role("link", name="Write minutes").click()
    angela.get_by_label("Decision", exact=True).fill("Support the model language")
    angela.get_by_role("button", name="Record the decision").click()
    expect(angela.get_by_text("Decision recorded.")).to_be_visible()
    angela.get_by_label("What to do").fill("Share model telehealth language")
    angela.get_by_label("Owner").select_option(label="Dana Whitfield")
    angela.get_by_label("Due").fill("2027-02-24")
    angela.get_by_role("button", name="Add the action item").click()
    expect(angela.get_by_text("Action item added.")).to_be_visible()

    angela.goto(meeting.get_absolute_url())
    angela.get_by_role("link", name="Publish the minutes").click()
    angela.get_by_role("button", name="Publish the minutes").click()
    expect(angela.get_by_text("Minutes published.")).to_be_visible()

    for person in (cast.luis, cast.elise, cast.tom):
        reader = sit_down(person, screen)
        reader.goto(meeting.get_absolute_url())
        expect(reader.get_by_text("Support the model language")).to_be_visible()
    dana = sit_down(cast.dana, screen)
    dana.goto("/")
    mine = dana.get_by_role("region", name="My action items")
    expect(mine).to_contain_text("Share model telehealth language")
    assert attendance.absences_in_a_row([cast.luis], meeting) == {cast.luis.pk: 0}

    clock.move_to(datetime(2027, 2, 25, 9, tzinfo=CHICAGO))
    later = sit_down(cast.dana, screen)  # her session of two weeks ago has ended
    later.goto("/")
    expect(later.get_by_role("region", name="My action items")).to_contain_text("Overdue")

    promise = {"kind": "send_information", "owner": cast.dana, "created_by": cast.dana}
    FollowUp.objects.create(chapter=cast.gulf_prairie, due_on=date(2027, 2, 24), **promise)
    for _twice in range(2):
        planner.tick(datetime(2027, 2, 25, 9, tzinfo=CHICAGO))
        delivery.deliver()
    later.goto("/mail/")
    later.get_by_role("link", name="2 reminders for today").click()
    letter = later.locator(".letter")
    expect(letter).to_contain_text("Share model telehealth language was due on Feb. 24, 2027")
    expect(letter).to_contain_text("Send information was due on Feb. 24, 2027")
    of_today = OutboundMessage.objects.filter(user=cast.dana, kind__startswith="reminders.")
    assert [mail.text.count("Share model telehealth language") for mail in of_today] == [1]


def test_attendance_is_taken_on_a_phone_without_scripts(cast: Cast, sit_down: SitDown, screen: Screen):
    meeting = the_meeting(cast)
    angela = sit_down(cast.angela, screen, java_script_enabled=False)

    angela.goto(f"{meeting.get_absolute_url()}attendance/")
    angela.get_by_role("group", name="Noor Haddad").get_by_label("Attendance").select_option(label="Present")
    angela.get_by_role("button", name="Confirm attendance").click()

    expect(angela.get_by_text("1 person confirmed.")).to_be_visible()
