"""Who comes, for those who run the day: the list with its filters, by hand, as a file, in numbers."""

import pytest

from advocacy.audit.models import Entry
from advocacy.events import attendance
from advocacy.events.models import AdvocacyEvent, Registration
from legislation.models import Seat
from tests.cast import Cast, browser_of
from tests.factories.advocacy_days import coming, day_of, team
from tests.factories.maps import houston


@pytest.fixture
def event(cast: Cast) -> AdvocacyEvent:
    """Ann lives in 131 and is in Team 1; Bo needs captions; Cy waits; Dee has not confirmed; Ed withdrew."""
    houston()
    event = day_of(cast, cap=2)
    ann = coming(event, "Ann Doe", lives_in=[Seat.objects.get(label="Texas House 131")], is_first_timer=True)
    team(event, ann)
    coming(event, "Bo Li", access_needs="Captions", employer="Harbor Clinic")
    coming(event, "Cy Fox", status="waiting")
    coming(event, "Dee Ray", status="waiting", proven_at=None)
    coming(event, "Ed Orr", status="withdrawn")
    return event


def path_of(event: AdvocacyEvent, what: str = "") -> str:
    return f"/advocacy-days/{event.pk}/people/{what}"


def shown(cast: Cast, event: AdvocacyEvent, query: str) -> list[str]:
    page = browser_of(cast.priya).get(path_of(event) + query)
    return [row.name for row in page.context["page"].rows]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Ann Doe", "Bo Li", "Cy Fox", "Dee Ray"]),
        ("?q=harbor", ["Bo Li"]),
        ("?who=coming&sort=latest", ["Bo Li", "Ann Doe"]),
        ("?who=waiting", ["Cy Fox"]),
        ("?who=unproven", ["Dee Ray"]),
        ("?who=withdrawn", ["Ed Orr"]),
        ("?who=no_team", ["Bo Li"]),
        ("?who=no_districts", ["Bo Li"]),
        ("?who=first", ["Ann Doe"]),
        ("?who=needs", ["Bo Li"]),
        ("?who=nonsense&sort=nonsense", ["Ann Doe", "Bo Li", "Cy Fox", "Dee Ray"]),
    ],
)
def test_the_list_shows_whom_one_looks_for(cast: Cast, event: AdvocacyEvent, query: str, names: list[str]):
    assert shown(cast, event, query) == names


def test_the_list_of_a_team_shows_its_people(cast: Cast, event: AdvocacyEvent):
    assert shown(cast, event, f"?team={event.teams.get().pk}") == ["Ann Doe"]


def test_the_numbers_count_who_has_a_place(event: AdvocacyEvent):
    assert attendance.summary_of(event) == attendance.Summary(
        registered=2, waiting=1, first_timers=1, districts=1, without_districts=1, unproven=1
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    cast: Cast, rows: int, django_assert_num_queries
):
    event = day_of(cast)
    for number in range(rows):
        team(event, coming(event, f"Guest {number}"))
    browser = browser_of(cast.priya)

    with django_assert_num_queries(18):
        browser.get(path_of(event))


def test_the_file_holds_what_the_filters_leave_with_their_needs_and_leaves_a_trace(
    cast: Cast, event: AdvocacyEvent
):
    response = browser_of(cast.priya).get(f"/advocacy-days/{event.pk}/people.csv?who=needs")

    lines = b"".join(response.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 2
    assert "Bo Li" in lines[1]
    assert "Captions" in lines[1]
    assert Entry.objects.filter(verb="exported", object_id=str(event.pk)).count() == 1


def test_who_only_follows_the_day_meets_nobody_by_name(cast: Cast, event: AdvocacyEvent):
    one = Registration.objects.get(name="Ann Doe")

    for path in (path_of(event), f"/advocacy-days/people/{one.pk}/", f"/advocacy-days/{event.pk}/people.csv"):
        assert browser_of(cast.chris).get(path).status_code == 404


def test_somebody_is_added_corrected_moved_up_and_withdrawn_on_their_page(cast: Cast, event: AdvocacyEvent):
    browser = browser_of(cast.priya)
    said = {
        "name": "Kim Ito",
        "email": "kim@example.org",
        "language": "en",
        "speaks_english": "on",
        "whereabouts": "none",
    }
    browser.post(path_of(event, "add/"), said)
    twice = browser.post(path_of(event, "add/"), said)
    row = Registration.objects.get(name="Kim Ito")
    page = f"/advocacy-days/people/{row.pk}/"
    found = [row.status]
    for sent in ({"act": "move-up"}, said | {"diet": "Vegan"}, {"act": "withdraw"}):
        browser.post(page, sent)
        row.refresh_from_db()
        found.append(row.status)

    assert "This address is registered already." in twice.content.decode()
    assert found == ["waiting", "registered", "registered", "withdrawn"]
    assert row.diet == "Vegan"
