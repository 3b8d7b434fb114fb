from collections import Counter

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.text import capfirst

from advocacy.accounts.models import User
from advocacy.portal.navigation import Navigation
from members.access import keep_reach
from tests.cast import Cast, browser_of
from tests.factories.log import alma_reyes, logged

EVERYBODY = [
    "Who represents me", "Home", "Officials", "Measures", "Hearings", "Interactions", "Campaigns", "Advocacy Days",
    "Meeting requests",
    "Policy issues", "Research", "Materials", "Chapters", "People", "Mailbox",
]  # fmt: skip
READERS = {
    "Chapter reports", "Follow-ups", "Meetings", "Positions", "Sign-on letters", "Coalitions", "Grasstops contacts",
}  # fmt: skip


def frame_of(user: User, path: str = "/") -> Navigation:
    person = User.objects.get(pk=user.pk)
    keep_reach(person)
    return Navigation(RequestFactory().get(path), person)


@pytest.mark.parametrize(
    ("who", "more"),
    [
        ("sam", {"Whom do you know?"}),
        ("dana", {*READERS, "Whom do you know?"}),
        ("tom", READERS),
        ("angela", {*READERS, "Month export"}),
        ("jordan", {*READERS, "Month export", "Admin"}),
    ],
)
def test_the_menu_offers_what_the_role_can_open(cast: Cast, who: str, more: set[str]):
    labels = {item.label for item in frame_of(getattr(cast, who)).items}

    assert labels == {*EVERYBODY, *more}


@pytest.mark.parametrize("who", ["sam", "dana", "tom", "angela", "jordan"])
def test_every_entry_of_the_menu_opens(cast: Cast, who: str):
    person = getattr(cast, who)
    browser = browser_of(person)

    assert {item.url: browser.get(item.url).status_code for item in frame_of(person).items} == {
        item.url: 200 for item in frame_of(person).items
    }


def test_a_real_portal_shows_its_mailbox_to_staff_only(cast: Cast, settings):
    settings.MAILBOX_OPEN = False
    offers = {
        person.full_name: any(item.label == "Mailbox" for item in frame_of(person).items)
        for person in (cast.dana, cast.jordan)
    }

    assert offers == {"Dana Whitfield": False, "Jordan Blake": True}


def test_follow_ups_due_are_counted_beside_their_entry(cast: Cast, clock):
    logged(cast.dana, [alma_reyes()])
    tomorrow = frame_of(cast.dana).followups_due
    clock.shift(24 * 3600)

    assert (tomorrow, frame_of(cast.dana).followups_due) == (0, 1)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("dana", "Chapter advocate · Gulf Prairie"),
        ("priya", "Advocacy volunteer · Gulf Prairie"),
        ("sam", "Member · Gulf Prairie"),
        ("chris", "Chapter president · Gulf Prairie"),
        ("tom", "Regional vice chair · Southern"),
        ("angela", "Task force lead"),
        ("jordan", "National staff"),
    ],
)
def test_the_strongest_role_and_its_place_stand_in_the_header(cast: Cast, who: str, words: str):
    assert frame_of(getattr(cast, who)).who_am_i == words


@pytest.mark.parametrize(
    ("page", "entry"), [("followup_list", "Follow-ups"), ("request_list", "Meeting requests")]
)
def test_the_entry_of_the_page_is_marked_and_only_that(cast: Cast, page: str, entry: str):
    url = reverse(f"interactions:{page}")

    assert [item.label for item in frame_of(cast.dana, url).items if item.is_current] == [entry]


@pytest.mark.parametrize("page", ["tracking:board", "tracking:measure_add", "legislation:measure_list"])
def test_the_pages_of_measures_are_one_entry_wherever_they_live(cast: Cast, page: str):
    frame = frame_of(cast.dana, reverse(page))

    assert [item.label for item in frame.items if item.is_current] == ["Measures"]


def test_only_people_who_log_get_the_log_button(cast: Cast):
    logging = {name: bool(frame_of(getattr(cast, name)).log_url) for name in ("dana", "priya", "sam", "tom")}

    assert logging == {"dana": True, "priya": True, "sam": False, "tom": False}


def test_the_frame_costs_two_queries(cast: Cast, django_assert_num_queries):
    frame = frame_of(cast.dana)

    with django_assert_num_queries(2):
        _ = frame.items, frame.who_am_i, frame.is_demo, frame.log_url


def test_a_visitor_pays_nothing_for_the_frame(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get(reverse("account_reset_password"))


def test_no_two_lists_of_the_admin_have_the_same_name():
    names = Counter(capfirst(model._meta.verbose_name_plural) for model in admin.site._registry)

    assert [name for name, times in names.items() if times > 1] == []
