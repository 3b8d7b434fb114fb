"""Saved searches: one's own, with what is new in them, and a feed at a secret address."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.audit.models import Entry
from legislation import saved_searches as standing
from legislation.actions import saved_searches
from legislation.forms.measures import MeasureFilters
from legislation.models import SavedSearch, Stage
from members.models import RoleAssignment
from tests.cast import NOW, TODAY, Cast, browser_of
from tests.factories.measures import measure, stepped, tracked
from tests.factories.people import province

pytestmark = pytest.mark.django_db
LIST = "/officials/measures/"


def saved(by: User, name: str = "Telehealth", **filters: object) -> SavedSearch:
    query = urlencode(filters or {"q": "telehealth"})
    return saved_searches.save(by=by, name=name, query=query, now=timezone.now())


def news(person: User) -> dict[str, int]:
    return {one.search.name: one.new for one in standing.standings(person, TODAY)}


def told(address: str) -> str:
    """What somebody without an account reads at the address."""
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_filters_of_the_list_are_kept_under_a_name(cast: Cast):
    bill = measure("HB 1")
    query = f"session={bill.session_id}&q=telehealth&after=abc&unknown=1&stage=nowhere"

    answer = browser_of(cast.dana).post(f"{LIST}searches/", {"name": "Telehealth", "query": query})

    search = SavedSearch.objects.get()
    assert (search.owner, search.query) == (cast.dana, f"q=telehealth&session={bill.session_id}")
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?{search.query}")


def test_the_page_offers_to_save_what_it_shows(cast: Cast):
    browser = browser_of(cast.dana)

    assert 'name="query" value="q=telehealth"' in browser.get(f"{LIST}?q=telehealth").content.decode()
    assert 'name="query"' not in browser.get(LIST).content.decode()


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_search_without_a_fitting_name_is_not_kept(cast: Cast, name: str):
    answer = browser_of(cast.dana).post(f"{LIST}searches/", {"name": name, "query": "q=x"}, follow=True)

    assert "at most 120 characters" in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_a_name_is_given_once_and_by_each_person_for_themselves(cast: Cast):
    saved(cast.dana)
    saved(cast.luis)

    with pytest.raises(saved_searches.CannotSave, match="of this name already"):
        saved(cast.dana, q="roads")
    answer = browser_of(cast.dana).post(
        f"{LIST}searches/", {"name": "Telehealth", "query": "q=x"}, follow=True
    )
    assert "of this name already" in answer.content.decode()


def test_nobody_keeps_more_searches_than_a_page_can_count(cast: Cast):
    for number in range(saved_searches.MOST_SEARCHES):
        saved(cast.dana, f"Search {number}")

    with pytest.raises(saved_searches.CannotSave, match="20 saved searches"):
        saved(cast.dana)


def test_filters_that_are_too_long_are_refused_in_words(cast: Cast):
    with pytest.raises(saved_searches.CannotSave, match="too long"):
        saved_searches.save(by=cast.dana, name="Long", query="q=" + "x" * 1_000, now=NOW)


def test_the_longest_filters_of_the_form_can_be_kept(cast: Cast):
    longest = QueryDict(mutable=True)
    longest.update({"q": "é" * 100, "sponsor": "é" * 40, "kind": "bill", "sort": "newest"})

    saved_searches.save(
        by=cast.dana,
        name="Long",
        query=MeasureFilters(longest, user=cast.dana, day=TODAY).query,
        now=NOW,
    )

    assert SavedSearch.objects.get().params["q"] == "é" * 100


def test_a_saved_search_is_its_owners_alone(cast: Cast):
    search = saved(cast.dana)

    seen = [list(SavedSearch.objects.visible_to(one)) for one in (cast.dana, cast.luis, cast.jordan)]
    names = ("open", "rename", "delete", "open_feed", "close_feed")
    addresses = [reverse(f"legislation:saved_search_{name}", args=[search.pk]) for name in names]

    assert seen == [[search], [], []]
    assert {browser_of(cast.jordan).post(one, {"name": "Mine"}).status_code for one in addresses} == {404}
    assert SavedSearch.objects.get().name == "Telehealth"


def test_only_what_came_or_changed_since_the_last_look_is_new(cast: Cast, clock):
    old, quiet = measure("HB 1", short_name="Telehealth"), measure("HB 2", short_name="Telehealth")
    clock.shift(timedelta(hours=1))
    search = saved(cast.dana)
    at_once = news(cast.dana)
    clock.shift(timedelta(hours=1))
    old.summary_en = "Now with broadband"
    old.save()
    quiet.save()
    measure("HB 3", short_name="Telehealth")
    measure("HB 4", short_name="Roads")
    later = news(cast.dana)
    clock.shift(timedelta(hours=1))
    saved_searches.look(search, by=cast.dana, now=timezone.now())

    assert (at_once, later, news(cast.dana)) == ({"Telehealth": 0}, {"Telehealth": 2}, {"Telehealth": 0})


def test_opening_a_search_remembers_the_look_and_leads_to_the_list(cast: Cast, clock):
    search = saved(cast.dana)
    clock.shift(timedelta(hours=1))

    answer = browser_of(cast.dana).post(reverse("legislation:saved_search_open", args=[search.pk]))

    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?q=telehealth")
    assert SavedSearch.objects.get().looked_at == timezone.now()


def test_seeing_the_list_is_no_look(cast: Cast, clock):
    saved(cast.dana)
    clock.shift(timedelta(hours=1))
    measure("HB 1", short_name="Telehealth")

    page = browser_of(cast.dana).get(LIST).content.decode()

    assert "1 new or changed" in page
    assert news(cast.dana) == {"Telehealth": 1}


def test_a_search_is_renamed_and_deleted(cast: Cast):
    search, browser = saved(cast.dana), browser_of(cast.dana)
    saved(cast.dana, "Roads", q="roads")

    taken = browser.post(
        reverse("legislation:saved_search_rename", args=[search.pk]), {"name": "Roads"}, follow=True
    )
    browser.post(reverse("legislation:saved_search_rename", args=[search.pk]), {"name": "Virtual care"})
    renamed = set(SavedSearch.objects.values_list("name", flat=True))
    browser.post(reverse("legislation:saved_search_delete", args=[search.pk]))

    assert "of this name already" in taken.content.decode()
    assert renamed == {"Virtual care", "Roads"}
    assert list(SavedSearch.objects.values_list("name", flat=True)) == ["Roads"]


def test_a_feed_tells_the_newest_changes_to_whoever_has_its_address(cast: Cast, clock):
    stepped(measure("HB 1", short_name="Telehealth parity"), Stage.INTRODUCED, TODAY, local_label="Filed")
    clock.shift(timedelta(hours=1))
    measure("HB 2", short_name="Telehealth sites")
    measure("HB 3", short_name="Roads")

    feed = told(saved_searches.open_feed(saved(cast.dana), by=cast.dana))

    assert feed.startswith('<?xml version="1.0" encoding="utf-8"?>')
    assert feed.index("HB 2 (Texas 90R): Telehealth sites") < feed.index(
        "HB 1 (Texas 90R): Telehealth parity"
    )
    assert ("Filed" in feed, "HB 3" in feed) == (True, False)
    assert Client().get(saved_searches.open_feed(SavedSearch.objects.get(), by=cast.dana))[
        "Content-Type"
    ] == ("application/atom+xml; charset=utf-8")


def test_only_the_hash_of_an_address_is_kept_and_it_is_shown_once(cast: Cast):
    search, browser = saved(cast.dana), browser_of(cast.dana)

    page = browser.post(reverse("legislation:saved_search_open_feed", args=[search.pk])).content.decode()
    token = page.partition("/searches/")[2].partition(".atom")[0]

    search.refresh_from_db()
    assert len(token) == 32
    assert token not in search.token_hash
    assert token not in browser.get(LIST).content.decode()
    assert list(Entry.objects.filter(label="Telehealth").values_list("verb", flat=True)) == [
        "made feed address"
    ]


def test_an_address_that_is_revoked_replaced_or_never_was_shows_nothing(cast: Cast):
    search = saved(cast.dana)
    first = saved_searches.open_feed(search, by=cast.dana)
    second = saved_searches.open_feed(search, by=cast.dana)
    told(second)
    strangers = {Client().get(one).status_code for one in (first, f"{LIST}searches/x.atom")}
    closed = [saved_searches.close_feed(search, by=cast.dana) for _ in range(2)]

    assert (strangers, closed) == ({404}, [True, False])
    assert Client().get(second).status_code == 404


def test_the_feed_of_somebody_who_has_left_is_closed(cast: Cast):
    address = saved_searches.open_feed(saved(cast.dana), by=cast.dana)
    told(address)
    User.objects.filter(pk=cast.dana.pk).update(is_active=False)

    assert Client().get(address).status_code == 404


def test_a_role_that_has_ended_closes_its_holders_feeds(cast: Cast):
    address = saved_searches.open_feed(saved(cast.dana), by=cast.dana)
    told(address)
    RoleAssignment.objects.filter(person=cast.dana).update(ends_on=TODAY)

    assert Client().get(address).status_code == 404


def test_without_the_second_step_of_their_role_nobody_is_read_to(cast: Cast):
    address = saved_searches.open_feed(saved(cast.jordan), by=cast.jordan)
    told(address)

    Authenticator.objects.filter(user=cast.jordan).delete()

    assert Client().get(address).status_code == 404


def test_a_feed_shows_what_its_owner_may_see_and_no_more(cast: Cast):
    theirs = measure("HB 2", jurisdiction=province("qc", "Quebec", "Québec"))
    tracked(theirs, cast.saint_laurent, tier=2)

    feeds = [
        told(saved_searches.open_feed(saved(one, "Tier 2", tier=2), by=one))
        for one in (cast.dana, cast.jordan)
    ]

    assert ["HB 2" in feed for feed in feeds] == [False, True]


@pytest.mark.parametrize("searches", [1, 3])
def test_news_cost_the_same_for_one_search_and_for_several(
    cast: Cast, searches: int, django_assert_num_queries
):
    measure("HB 1", short_name="Telehealth")
    for number in range(searches):
        saved(cast.dana, f"Search {number}", q="telehealth", stage="introduced")

    with django_assert_num_queries(2):
        standing.standings(cast.dana, TODAY)
