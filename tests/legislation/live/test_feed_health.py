"""How a feed is, in plain words; when a legislature's record was last good; and what staff choose on that screen."""

from datetime import timedelta
from typing import Any

import pytest

from advocacy.audit.models import Entry
from legislation.feed_health import LastGood, last_good
from legislation.models import Feed, FeedSession, Measure
from tests.cast import Cast, browser_of
from tests.legislation.admin_form import form_of
from tests.legislation.live.publishers import Publisher
from tests.legislation.live.test_openstates import OpenStates, bill
from tests.legislation.live.visiting import NOON, chosen, congress, feed_of, ohio, parliament, visit
from tests.legislation.measures.loading import STATES, loaded
from tests.legislation.measures.loading import bill as neutral_bill

pytestmark = pytest.mark.django_db


@pytest.fixture
def openstates(publisher: Publisher) -> OpenStates:
    publisher.answer = OpenStates(*(bill(number, number) for number in range(1, 46)))
    return publisher.answer


def test_a_visit_that_finds_nothing_new_is_good_news_as_well(openstates: OpenStates):
    session = ohio()
    feed = chosen("openstates-v3", session)
    visit(feed)

    visit(feed, NOON + timedelta(days=3))

    place = session.jurisdiction_id
    assert last_good([place]) == {place: LastGood("Open States", NOON + timedelta(days=3))}


def test_a_visit_that_the_quota_ended_is_not_good_though_it_loaded(openstates: OpenStates):
    session = ohio()
    feed = chosen("openstates-v3", session)
    Feed.objects.filter(pk=feed.pk).update(most_calls_a_day=1)

    visit(feed)

    assert Measure.objects.count() == 20
    assert last_good([session.jurisdiction_id]) == {}


def test_a_file_counts_when_it_was_imported():
    loaded(neutral_bill("HB 7"), scheme=STATES)
    session = Measure.objects.get().session

    (found,) = last_good([session.jurisdiction_id]).values()

    assert found.source == "Open States scrapers"


def test_where_nothing_was_ever_read_nothing_is_claimed():
    assert last_good([parliament().jurisdiction_id, congress().jurisdiction_id]) == {}


def test_last_good_asks_as_often_for_fifty_places_as_for_one(django_assert_num_queries: Any):
    places = [ohio().jurisdiction_id, congress().jurisdiction_id, parliament().jurisdiction_id]
    for asked in (places[:1], places):
        with django_assert_num_queries(3):
            last_good(asked)


def screen(cast: Cast, feed: Feed | None = None) -> str:
    address = f"/admin/legislation/feed/{f'{feed.pk}/change/' if feed else ''}"
    return browser_of(cast.jordan).get(address).content.decode()


def test_the_screen_says_which_key_is_missing_before_anybody_asks(cast: Cast, settings: Any):
    settings.OPENSTATES_API_KEY = ""
    feed_of("openstates-v3")

    assert "no key: set OPENSTATES_API_KEY" in screen(cast)


def test_the_screen_says_how_much_of_the_quota_is_used_and_what_a_feed_waits_for(
    cast: Cast, openstates: OpenStates, clock: Any
):
    clock.move_to(NOON)
    feed = chosen("openstates-v3", ohio())
    Feed.objects.filter(pk=feed.pk).update(most_calls_a_day=2)
    visit(feed)

    for page in (screen(cast), screen(cast, feed)):
        assert "2 of 10 a minute, 2 of 2 a day" in page
        assert "The quota of 2 requests a day is used." in page


def test_staff_choose_a_session_and_the_trail_says_so(cast: Cast):
    feed, session = feed_of("legisinfo"), parliament()
    address = f"/admin/legislation/feed/{feed.pk}/change/"
    browser = browser_of(cast.jordan)
    form = form_of(browser, address)
    form |= {"sessions-TOTAL_FORMS": "1", "sessions-0-session": str(session.pk), "sessions-0-is_chosen": "on"}

    browser.post(address, form)

    assert FeedSession.objects.get().session == session
    assert Entry.objects.about(feed).filter(verb="edited").exists()


def test_a_session_of_a_legislature_that_the_source_does_not_have_is_refused_in_words(cast: Cast):
    feed, session = feed_of("legisinfo"), congress()
    address = f"/admin/legislation/feed/{feed.pk}/change/"
    browser = browser_of(cast.jordan)
    form = form_of(browser, address)
    form |= {"sessions-TOTAL_FORMS": "1", "sessions-0-session": str(session.pk), "sessions-0-is_chosen": "on"}

    page = browser.post(address, form).content.decode()

    assert "LEGISinfo has no measures of United States" in page
    assert not FeedSession.objects.exists()


def test_a_feed_of_officials_has_no_sessions(cast: Cast):
    assert "sessions-TOTAL_FORMS" not in screen(cast, feed_of("congress-legislators"))
    assert "sessions-TOTAL_FORMS" in screen(cast, feed_of("legisinfo"))
