import base64

import pytest
from django.http import QueryDict

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.audit.models import Entry
from advocacy.kernel import listing
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
ORDER = ("full_name", "pk")


def _page(address: str, size: int = 2, order: tuple[str, ...] = ORDER) -> listing.Page[User]:
    return listing.page(User.objects.all(), QueryDict(address.lstrip("?")), order, size=size)


@pytest.fixture
def five_people() -> list[User]:
    return [UserFactory(full_name=name) for name in ("Ada", "Bo", "Bo", "Cy", "Di")]


def test_pages_follow_each_other_and_lead_back(five_people):
    first = _page("")
    second = _page(first.next_url)
    third = _page(second.next_url)
    back = _page(third.previous_url)

    assert [first.rows, second.rows, third.rows] == [five_people[:2], five_people[2:4], five_people[4:]]
    assert (first.previous_url, third.next_url) == ("", "")
    assert back.rows == second.rows


def test_a_descending_order_pages_the_same_way(five_people):
    first = _page("", order=("-full_name", "-pk"))

    assert [*first.rows, *_page(first.next_url, order=("-full_name", "-pk")).rows] == five_people[:0:-1]


def test_other_parameters_stay_in_the_address(five_people):
    assert "q=a+b" in _page("q=a+b").next_url


@pytest.mark.parametrize(
    "cursor", ["after=x", "after=%00", "before=W10=", "after=W251bGwsbnVsbF0=", "after=" + "A" * 5000]
)
def test_an_unreadable_cursor_means_the_first_page(five_people, cursor):
    assert _page(cursor).rows in (five_people[:2], [], five_people[-2:])


def _written(text: str) -> str:
    """A cursor that somebody wrote."""
    return "after=" + base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "text",
    [r'["\u0000", 1]', r'["\ud800", 1]', '["Ada", 1e400]', '["Ada", NaN]', '["Ada", {}]', "{}", "[" * 5000],
    ids=lambda text: text[:20],
)
def test_a_cursor_that_no_database_can_be_asked_for_means_the_first_page(five_people, text):
    assert _page(_written(text)).rows == five_people[:2]


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2027-02-09T16:00:00", "2027-02-09"]
)
def test_a_moment_that_is_none_anywhere_means_the_first_page(five_people, moment):
    entry = trail.record(by=None, verb="added", of=five_people[0])
    asked = QueryDict(_written(f'["{moment}", 999999]'))

    assert listing.page(Entry.objects.all(), asked, ("at", "pk")).rows == [entry]


def test_a_key_beyond_every_key_is_the_end(five_people):
    assert _page(_written(f'["Di", {2**70}]')).rows == []


def test_an_empty_list_has_one_empty_page(db):
    page = _page("")

    assert (page.rows, page.next_url, page.previous_url) == ([], "", "")


def test_a_page_with_its_count_is_the_page_and_the_count(five_people):
    found = User.objects.filter(full_name__in=["Bo", "Cy"])

    def page_and_count(address: str) -> tuple[listing.Page[User], int]:
        return listing.page_and_count(
            found, User.objects.all(), QueryDict(address), ORDER, fetch=lambda rows: rows
        )

    first, count = page_and_count("q=x")

    assert (first.rows, first.next_url, count) == (five_people[1:4], "", 3)
    assert page_and_count("after=" + "A" * 8) == (listing.page(found, QueryDict(""), ORDER), 3)


def test_the_first_page_of_many_leads_to_the_next(db):
    people = UserFactory.create_batch(listing.PAGE_SIZE + 2, full_name="Ada")

    page, count = listing.page_and_count(
        User.objects.all(), User.objects.all(), QueryDict(""), ORDER, fetch=lambda rows: rows
    )
    rest = listing.page(User.objects.all(), QueryDict(page.next_url.lstrip("?")), ORDER)

    assert count == len(people)
    assert [*page.rows, *rest.rows] == people
