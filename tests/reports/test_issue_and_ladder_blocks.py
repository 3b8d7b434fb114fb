"""Issues and the ladder of engagement: months counted by hand, and the same counted by the blocks."""

from datetime import UTC, date, datetime, timedelta

import pytest

from advocacy.interactions.models import Kind, RelationshipScore
from advocacy.positions.models import Issue
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.national.issues import issues
from advocacy.reports.national.ladder import ladder
from legislation.models import Official
from members.models import Invitation, RoleAssignment
from members.taskforce.models import Meeting
from tests.campaigns.answering import took_part
from tests.campaigns.mailing import live_for
from tests.cast import Cast
from tests.factories.contacts import ContactFactory
from tests.factories.log import alma_reyes, hb_210, interoperability, logged
from tests.factories.measures import measure, tracked
from tests.factories.months import FEBRUARY, met, not_counted
from tests.factories.people import advocate_of, member_of, volunteer_of

MONTH = Window.of(FEBRUARY)
NATION = Scope.of_nation("SHD", "America/Chicago")
ON_LIST, RESPONDER, PARTICIPANT, HOLDER, LEADER = 0, 2, 3, 4, 5


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    clock.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC))
    return alma_reyes()


def counts(scope: Scope = NATION) -> dict[str, tuple[object, object]]:
    """Issues with something in them."""
    found = {str(row[0]): (row[1], row[2]) for row in issues(scope, MONTH).rows}
    return {title: numbers for title, numbers in found.items() if numbers != (0, 0)}


def levels(scope: Scope, window: Window = MONTH) -> list[tuple[object, ...]]:
    return [tuple(row[1:]) for row in ladder(scope, window).rows]


def in_february(cast: Cast, reyes: Official, number: int, **changes: object) -> None:
    for day in range(1, number + 1):
        met(cast, reyes, date(2027, 2, day), **changes)


def test_an_interaction_counts_under_its_issue_and_under_that_of_its_measure_once(
    cast: Cast, reyes: Official
):
    equity = Issue.objects.get(title_en="Health equity")
    bill = hb_210()
    tracked(bill, cast.gulf_prairie).issues.set([equity, interoperability()])
    met(cast, reyes, date(2027, 2, 2), measures=[bill])
    met(cast, reyes, date(2027, 2, 3))
    not_counted(cast, reyes, date(2027, 2, 4))
    met(cast, reyes, date(2027, 1, 30))

    assert counts() == {"Interoperability": (2, 1), "Health equity": (1, 1)}
    assert [str(row[0]) for row in issues(NATION, MONTH).rows][:2] == ["Interoperability", "Health equity"]


def test_measures_count_by_issue_once_however_many_chapters_follow_them(cast: Cast, reyes: Official):
    bill, archived = measure("HB 1"), measure("HB 2")
    for chapter in (cast.gulf_prairie, cast.hill_country):
        tracked(bill, chapter).issues.add(interoperability())
    tracked(archived, cast.gulf_prairie, tier=4).issues.add(interoperability())

    assert counts() == {"Interoperability": (0, 1)}
    assert counts(Scope.of_chapter(cast.saint_laurent)) == {}


@pytest.mark.parametrize(("restricted", "shared", "told"), [(2, 0, None), (3, 0, 3), (2, 1, 3)])
def test_a_cell_of_few_restricted_records_alone_is_left_empty(
    cast: Cast, reyes: Official, restricted: int, shared: int, told: int | None
):
    in_february(cast, reyes, restricted, confidentiality="restricted")
    in_february(cast, reyes, shared)

    assert counts() == {"Interoperability": (told, 0)}


def test_a_retired_issue_is_shown_only_where_it_counts(cast: Cast, reyes: Official):
    met(cast, reyes, date(2027, 2, 2))
    Issue.objects.update(is_retired=True)

    assert [list(row) for row in issues(NATION, MONTH).rows] == [["Interoperability", 1, 0]]


def test_levels_of_a_chapter_counted_by_hand(cast: Cast, reyes: Official):
    """Dana is its advocate, priya was at a meeting, sam, chris and a new member are on the list; level 1 waits."""
    member_of(cast.gulf_prairie, starts_on=date(2027, 2, 10))
    met(cast, reyes, date(2027, 2, 2), our_people=[cast.dana, cast.priya])

    assert levels(Scope.of_chapter(cast.gulf_prairie)) == [
        (3, 0, 0),
        (None, None, None),
        (0, 0, 0),
        (0, 0, 0),
        (1, 1, 0),
        (1, 0, 0),
    ]


def test_one_campaign_makes_a_responder_and_two_a_participant(cast: Cast, clock):
    clock.move_to(datetime(2027, 2, 9, 16, tzinfo=UTC))
    sam, priya = (ContactFactory(user=person) for person in (cast.sam, cast.priya))
    campaigns = [live_for(cast, slug=slug) for slug in ("one", "two")]
    for campaign in campaigns:
        took_part(campaign, priya)
    took_part(campaigns[0], sam)

    found = levels(Scope.of_chapter(cast.gulf_prairie))

    assert found[RESPONDER] == (1, 1, 0)
    assert found[PARTICIPANT] == (1, 1, 0)


def test_who_has_done_nothing_for_twelve_months_comes_down(cast: Cast, clock):
    chapter = Scope.of_chapter(cast.gulf_prairie)
    clock.move_to(datetime(2027, 2, 9, 15, tzinfo=UTC))
    met(cast, alma_reyes(), date(2027, 2, 9), our_people=[cast.priya])
    january, february = (Window(date(2028, month, 1), date(2028, month + 1, 1)) for month in (1, 2))

    assert levels(chapter, january)[HOLDER] == (1, 0, 0)
    assert (levels(chapter, february)[HOLDER], levels(chapter, february)[ON_LIST]) == ((0, 0, 0), (3, 0, 1))


def test_a_relationship_of_three_holds_for_twelve_months_after_it_was_said(cast: Cast, reyes: Official):
    for person, strength in ((cast.priya, 3), (cast.sam, 2)):
        RelationshipScore.objects.create(
            official=reyes, person=person, chapter=cast.gulf_prairie, strength=strength, said_by=person,
            said_on=date(2027, 2, 5),
        )  # fmt: skip

    chapter = Scope.of_chapter(cast.gulf_prairie)
    later = Window(date(2028, 2, 1), date(2028, 3, 1))
    assert [levels(chapter, window)[HOLDER][0] for window in (MONTH, later)] == [1, 0]


def test_testimony_chairing_and_recruiting_make_leaders(cast: Cast, reyes: Official):
    scope = Scope.of_chapter(cast.gulf_prairie)
    assert levels(scope)[LEADER][0] == 1
    met(cast, reyes, date(2027, 2, 2), kind=Kind.HEARING_TESTIMONY, our_people=[cast.priya])
    begins = datetime(2027, 2, 10, 19, tzinfo=UTC)
    Meeting.objects.create(title="Task force", starts_at=begins, host=cast.sam, status="held")
    now = datetime(2027, 2, 12, 15, tzinfo=UTC)
    for number in range(2):
        Invitation.objects.create(
            email=f"new{number}@example.org", full_name="New", role="member", chapter=cast.gulf_prairie,
            starts_on=date(2027, 2, 12), invited_by=cast.chris, invited_at=now, expires_at=now + timedelta(days=7),
            accepted_at=now, accepted_by=cast.sam,
        )  # fmt: skip

    assert levels(scope)[LEADER] == (4, 3, 0)


def test_a_former_advocate_who_stayed_keeps_the_level_for_twelve_months(cast: Cast, reyes: Official):
    RoleAssignment.objects.create(
        person=cast.former, role="member", chapter=cast.gulf_prairie, starts_on=date(2026, 7, 1)
    )
    scope = Scope.of_chapter(cast.gulf_prairie)
    later = Window(date(2027, 7, 1), date(2027, 8, 1))

    assert [levels(scope, window)[LEADER][0] for window in (MONTH, later)] == [2, 1]


@pytest.mark.parametrize(("restricted", "told"), [(2, None), (3, 3)])
def test_a_level_that_only_restricted_records_show_is_not_told_for_few(
    cast: Cast, reyes: Official, restricted: int, told: int | None
):
    people = [volunteer_of(cast.gulf_prairie) for _ in range(restricted)]
    met(cast, reyes, date(2027, 2, 2), our_people=people, confidentiality="restricted")

    assert levels(Scope.of_chapter(cast.gulf_prairie))[HOLDER] == (told, told, 0)


def test_the_nation_counts_a_person_with_two_roles_once(cast: Cast, reyes: Official):
    before = sum(row[0] or 0 for row in levels(NATION))  # type: ignore[misc]
    advocate_of(cast.hill_country, person=cast.dana)

    assert sum(row[0] or 0 for row in levels(NATION)) == before  # type: ignore[misc]


@pytest.mark.parametrize("number", [1, 3])
def test_both_blocks_ask_as_often_for_one_record_as_for_three(
    cast: Cast, reyes: Official, django_assert_num_queries, number: int
):
    for day in range(1, number + 1):
        person = volunteer_of(cast.gulf_prairie)
        logged(cast.dana, [reyes], occurred_on=date(2027, 2, day), our_people=[person])
        tracked(measure(f"HB {day}"), cast.gulf_prairie).issues.add(interoperability())

    with django_assert_num_queries(4):
        issues(NATION, MONTH)
    with django_assert_num_queries(18):
        ladder(NATION, MONTH)
