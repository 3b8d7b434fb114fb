"""Calendar links: a secret, hashed at rest, that shows what its owner may see and can be revoked."""

from typing import Any

import pytest
import vobject
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from advocacy.accounts.models import User
from members.models import Chapter
from members.taskforce.actions import calendar_feeds
from members.taskforce.models import CalendarFeed
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.meetings import FEBRUARY, JANUARY, action_item, held, the_meeting


def link(owner: User, scope: str = "person", chapter: Chapter | None = None) -> str:
    _feed, address = calendar_feeds.make(by=owner, scope=scope, chapter=chapter, now=NOW)
    return address


def entries(address: str) -> set[str]:
    answer = Client().get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar: Any = vobject.readOne(answer.content.decode())
    return {event.summary.value for event in calendar.contents.get("vevent", [])}


def test_ones_own_calendar_holds_the_meetings_and_ones_own_days(cast: Cast):
    meeting = the_meeting(cast)
    action_item(meeting, cast.dana, text="Mine")
    action_item(meeting, cast.luis, text="His")

    assert entries(link(cast.dana)) == {"Task force meeting", "Due: Mine"}


def test_a_chapters_calendar_holds_the_days_of_its_people_and_the_task_forces_none(cast: Cast):
    meeting = the_meeting(cast)
    action_item(meeting, cast.dana, text="Gulf")
    action_item(meeting, cast.luis, text="Hill")

    assert entries(link(cast.dana, "chapter", cast.gulf_prairie)) == {"Task force meeting", "Due: Gulf"}
    assert entries(link(cast.dana, "taskforce")) == {"Task force meeting"}


def test_a_word_about_a_colleague_stands_in_no_calendar(cast: Cast):
    held(cast.angela, JANUARY, luis=(cast.luis, "absent"))
    held(cast.angela, FEBRUARY, luis=(cast.luis, "absent"))

    assert entries(link(cast.tom)) == {"Task force meeting"}


def test_only_the_hash_of_the_secret_is_kept(cast: Cast):
    secret = link(cast.dana).rpartition("/")[2].removesuffix(".ics")

    assert secret not in str(CalendarFeed.objects.values().get())


def test_a_revoked_link_an_ended_role_and_a_guess_show_nothing(cast: Cast):
    address = link(cast.dana)
    browser_of(cast.dana).post(reverse("taskforce:calendar_revoke", args=[CalendarFeed.objects.get().pk]))
    other = link(cast.luis)
    cast.luis.roles.update(ends_on=TODAY)

    guesses = [address, other, reverse("taskforce:calendar", args=["guess"])]

    assert [Client().get(one).status_code for one in guesses] == [404, 404, 404]


def test_without_the_second_step_of_their_role_a_link_shows_as_little_as_the_portal(cast: Cast):
    the_meeting(cast)
    address = link(cast.jordan, "taskforce")
    assert entries(address) == {"Task force meeting"}

    Authenticator.objects.filter(user=cast.jordan).delete()

    assert Client().get(address).status_code == 404


def test_nobody_revokes_the_link_of_somebody_else(cast: Cast):
    link(cast.dana)
    feed = CalendarFeed.objects.get()

    answer = browser_of(cast.jordan).post(reverse("taskforce:calendar_revoke", args=[feed.pk]))

    feed.refresh_from_db()
    assert (answer.status_code, feed.revoked_at) == (404, None)


@pytest.mark.parametrize(("who", "scope"), [("sam", "person"), ("sam", "taskforce"), ("former", "person")])
def test_who_is_not_of_the_task_force_gets_no_link_to_it(cast: Cast, who: str, scope: str):
    with pytest.raises(calendar_feeds.NotYours):
        link(getattr(cast, who), scope)


def test_another_chapters_calendar_is_not_mine_to_share(cast: Cast):
    with pytest.raises(calendar_feeds.NotYours):
        link(cast.dana, "chapter", cast.hill_country)


def test_the_new_address_is_shown_once_on_the_page(cast: Cast):
    dana = browser_of(cast.dana)

    shown = dana.post(reverse("taskforce:calendar_list"), {"scope": "person"}).content.decode()

    assert "/meetings/calendar/" in shown
    assert "/meetings/calendar/" not in dana.get(reverse("taskforce:calendar_list")).content.decode()
