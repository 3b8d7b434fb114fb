"""The link in the mail: it shows name, moment and buttons, does one act, and nothing at all when merely opened."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from members.taskforce import links
from members.taskforce.actions import meetings
from members.taskforce.models import MeetingInvitation
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.meetings import FEBRUARY, planned, the_meeting


@pytest.fixture
def noors(cast: Cast) -> MeetingInvitation:
    return the_meeting(cast).invitations.get(person=cast.noor)


def address(invitation: MeetingInvitation) -> str:
    return reverse("taskforce:answer", args=[links.token_of(invitation.meeting, invitation.person)])


def test_opening_the_link_shows_the_readers_own_time_and_changes_nothing(noors: MeetingInvitation):
    for _ in range(3):
        page = Client().get(address(noors)).content.decode()

    noors.refresh_from_db()
    assert (noors.answer, noors.answered_at) == ("", None)
    assert "Noor Haddad, do you come?" in page
    assert "12:00</time> your time" in page
    assert "no-store" in Client().get(address(noors))["Cache-Control"]


def test_a_click_on_yes_is_recorded_signed_out(noors: MeetingInvitation):
    answer = Client().post(address(noors), {"answer": "yes"})

    noors.refresh_from_db()
    assert answer.status_code == 200
    assert "Thank you, Noor Haddad. Your answer is recorded: Yes." in answer.content.decode()
    assert (noors.answer, noors.how, noors.answered_at) == ("yes", "link", NOW)


def test_the_answer_so_far_is_the_button_that_stands_out(noors: MeetingInvitation):
    def standing_out() -> list[str]:
        page = Client().get(address(noors)).content.decode()
        return re.findall(r'class="button primary" type="submit" name="answer" value="(\w+)"', page)

    before = standing_out()
    Client().post(address(noors), {"answer": "maybe"})

    assert (before, standing_out()) == (["yes"], ["maybe"])


def test_a_delegate_needs_a_name(noors: MeetingInvitation):
    refused = Client().post(address(noors), {"answer": "delegate"})
    noors.refresh_from_db()
    assert ("Name the delegate." in refused.content.decode(), noors.answer) == (True, "")

    Client().post(address(noors), {"answer": "delegate", "delegate_name": "Priya Shah"})
    noors.refresh_from_db()
    assert (noors.answer, noors.delegate_name) == ("delegate", "Priya Shah")


def test_the_french_reader_is_asked_in_french_whatever_the_browser_speaks(
    cast: Cast, noors: MeetingInvitation
):
    page = Client().get(address(noors.meeting.invitations.get(person=cast.elise)))

    assert 'lang="fr"' in page.content.decode()


def test_a_forwarded_link_answers_for_its_own_person_and_signs_nobody_in(
    cast: Cast, noors: MeetingInvitation
):
    luis = browser_of(cast.luis)
    luis.post(address(noors), {"answer": "no", "person": cast.luis.pk, "meeting": 999})
    stranger = Client()
    stranger.post(address(noors), {"answer": "maybe"})

    answers = noors.meeting.invitations.exclude(answer="").values_list("person__full_name", "answer")
    assert list(answers) == [("Noor Haddad", "maybe")]
    assert stranger.get(reverse("taskforce:meeting_list")).status_code == 302


@pytest.mark.parametrize(
    "token",
    ["nonsense", "a:b:c", signing.dumps([1, 1], salt="something.else")],
    ids=["words", "parts", "signed for something else"],
)
def test_a_wrong_link_says_what_to_do(cast: Cast, token: str):
    answer = Client().post(reverse("taskforce:answer", args=[token]), {"answer": "yes"})

    assert answer.status_code == 410
    assert "Copy all of it from the mail" in answer.content.decode()


def test_a_link_for_another_meeting_cannot_be_made_from_this_one(cast: Cast, noors: MeetingInvitation):
    other = planned(cast.angela, FEBRUARY + timedelta(days=28))
    forged = links.token_of(other, cast.noor)

    assert Client().post(reverse("taskforce:answer", args=[forged]), {"answer": "yes"}).status_code == 410
    assert not other.invitations.exists()


def test_after_the_meeting_the_link_says_so(noors: MeetingInvitation, clock):
    clock.move_to(FEBRUARY + timedelta(hours=1))

    answer = Client().post(address(noors), {"answer": "yes"})

    noors.refresh_from_db()
    assert (answer.status_code, noors.answer) == (410, "")
    assert "This meeting is over." in answer.content.decode()


def test_a_cancelled_meeting_takes_no_answers(cast: Cast, noors: MeetingInvitation):
    meetings.cancel(noors.meeting, by=cast.angela, reason="Storm", now=NOW)

    assert Client().get(address(noors)).status_code == 410


def test_a_role_that_has_ended_closes_the_link(cast: Cast, noors: MeetingInvitation):
    cast.noor.roles.update(ends_on=TODAY)

    assert "a role that has ended" in Client().get(address(noors)).content.decode()


def test_a_delegates_name_is_shown_as_text(noors: MeetingInvitation):
    page = Client().post(address(noors), {"answer": "delegate", "delegate_name": "<b>Eve</b>"})

    assert "<b>Eve</b>" not in page.content.decode()
