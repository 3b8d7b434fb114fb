"""From proposal to approval: the steps, who takes them, by when, and what an approval ends."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from advocacy.audit.models import Entry
from advocacy.positions import approval
from advocacy.positions.actions import decisions
from advocacy.positions.errors import MayNotDecide, MayNotWithdraw, NeedsWords
from advocacy.positions.models import ApprovalStep, Position, Ruling, Standpoint
from advocacy.positions.use import why_not_usable
from tests.cast import TODAY, Cast, browser_of
from tests.factories.measures import measure, proposed, took
from tests.factories.people import advocate_of, national_staff, state
from tests.factories.positions import approved_by, put_forward, ruled

CHAPTER, TEAM, NATIONAL = ApprovalStep.CHAPTER, ApprovalStep.TEAM, ApprovalStep.NATIONAL


def way_of(row: Position) -> list[str]:
    return list(approval.course_of(row, TODAY).steps)


def asked(row: Position) -> set[str]:
    return {person.full_name for person in approval.course_of(row, TODAY).deciders}


def maryland():
    return state("md", "Maryland")


def decide_page(row: Position) -> str:
    return reverse("positions:position_decide", args=[row.pk])


def test_where_several_chapters_share_a_legislature_its_team_is_asked_before_the_nation(cast: Cast):
    ours = put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie)
    alone = put_forward(cast.ruth, measure("SB 3", jurisdiction=maryland()), cast.three_capitals)

    assert (way_of(ours), asked(ours)) == ([TEAM, NATIONAL], {"Luis Ortega"})
    assert (way_of(alone), asked(alone)) == ([NATIONAL], {"Jordan Blake"})


def test_who_is_not_of_the_board_asks_the_board_first(cast: Cast):
    row = put_forward(cast.priya, measure("HB 210"), cast.gulf_prairie)

    assert (way_of(row), asked(row)) == ([CHAPTER, TEAM, NATIONAL], {"Dana Whitfield", "Chris Lang"})


def test_the_position_of_the_society_takes_the_national_step_alone_and_not_by_its_proposer(cast: Cast):
    by_lead = put_forward(cast.angela, measure("HB 1"), None)
    by_staff = put_forward(cast.jordan, measure("HB 2"), None)

    assert (way_of(by_lead), asked(by_lead)) == ([NATIONAL], {"Jordan Blake"})
    assert asked(by_staff) == {"Angela Moss"}


def test_dana_proposes_luis_and_jordan_approve_and_it_can_be_used(cast: Cast):
    row = put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie, Standpoint.SUPPORT_IF_AMENDED)

    ruled(row, cast.luis)
    between = list(Position.objects.usable())
    ruled(row, cast.jordan)

    row.refresh_from_db()
    assert between == []
    assert list(Position.objects.usable()) == [row]
    assert (row.status, row.approved_on, row.approved_by) == ("approved", TODAY, cast.jordan)
    assert [(one.step, one.decided_by) for one in row.decisions.all()] == [
        (TEAM, cast.luis),
        (NATIONAL, cast.jordan),
    ]
    assert [(entry.verb, entry.actor) for entry in Entry.objects.about(row)] == [
        ("approved", cast.jordan),
        ("approved", cast.luis),
        ("proposed", cast.dana),
    ]


def test_the_page_of_the_measure_names_who_approved_and_when(cast: Cast):
    bill = measure("HB 210")
    approved_by(put_forward(cast.dana, bill, cast.gulf_prairie), cast.luis, cast.jordan)

    page = " ".join(browser_of(cast.ruth).get(bill.get_absolute_url()).content.decode().split())

    assert "Approved on Feb. 9, 2027 by Jordan Blake" in page
    assert "State or provincial team: Approved, Luis Ortega, Feb. 9, 2027" in page
    assert "National consistency check: Approved, Jordan Blake, Feb. 9, 2027" in page


def test_the_proposer_never_decides(cast: Cast):
    row = put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie)
    advocate_of(cast.hill_country, person=cast.dana)
    advocate_of(cast.gulf_prairie, person=cast.luis)

    assert asked(row) == {"Luis Ortega"}
    with pytest.raises(MayNotDecide):
        ruled(row, cast.dana)
    assert browser_of(cast.dana).get(decide_page(row)).status_code == 404


def test_whoever_took_one_step_leaves_the_next_to_somebody_else(cast: Cast):
    row = put_forward(cast.priya, measure("HB 210"), cast.gulf_prairie)
    second = advocate_of(cast.hill_country)
    advocate_of(cast.hill_country, person=cast.chris)
    ruled(row, cast.chris)

    assert asked(row) == {"Luis Ortega", second.full_name}


def test_the_only_one_who_may_takes_both_steps_and_the_record_says_so(cast: Cast):
    row = put_forward(cast.priya, measure("SB 3"), cast.gulf_prairie)
    cast.hill_country.roles.update(ends_on=date(2027, 1, 1))
    ruled(row, cast.dana)

    first = asked(row)
    ruled(row, cast.jordan)
    second = asked(row)
    ruled(row, cast.jordan)

    assert (first, second) == ({"Jordan Blake"}, {"Jordan Blake"})
    assert [(one.step, one.decided_by) for one in row.decisions.all()] == [
        (CHAPTER, cast.dana),
        (TEAM, cast.jordan),
        (NATIONAL, cast.jordan),
    ]


def test_a_second_colleague_of_the_staff_takes_the_step_that_the_first_may_not(cast: Cast):
    row = put_forward(cast.jordan, measure("HB 1"), None)
    other = national_staff()

    assert asked(row) == {other.full_name}


@pytest.mark.parametrize("who", ["dana", "chris", "priya", "sam", "tom", "angela", "jordan", "ruth"])
def test_a_step_is_taken_by_those_it_is_put_to_and_nobody_else(cast: Cast, who: str):
    row = put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie)
    person = getattr(cast, who)

    with pytest.raises(MayNotDecide):
        ruled(row, person)

    assert browser_of(person).get(decide_page(row)).status_code == 404
    assert browser_of(person).post(decide_page(row), {"step": TEAM, "ruling": "approved"}).status_code == 404
    assert not row.decisions.exists()


def test_who_comes_second_decides_nothing_by_mistake(cast: Cast):
    second = advocate_of(cast.hill_country)
    row = put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie)
    known = {"ruling": Ruling.APPROVED, "on": TODAY}

    assert decisions.decide(row, step=TEAM, by=cast.luis, **known)
    assert decisions.decide(row, step=TEAM, by=second, **known) is None
    assert decisions.decide(row, step=NATIONAL, by=cast.jordan, **known)
    assert decisions.decide(row, step=NATIONAL, by=cast.jordan, **known) is None
    assert row.decisions.count() == 2


@pytest.mark.parametrize("ruling", [Ruling.DECLINED, Ruling.NATIONAL_LEADS])
def test_a_refusal_at_any_step_ends_the_proposal_with_its_words(cast: Cast, ruling: Ruling):
    bill = measure("HB 210")
    row = put_forward(cast.dana, bill, cast.gulf_prairie)

    with pytest.raises(NeedsWords):
        ruled(row, cast.luis, ruling, words=" ")
    ruled(row, cast.luis, ruling, words="The nation speaks on this.")

    row.refresh_from_db()
    assert (row.status, row.approved_on) == ("declined", None)
    assert approval.course_of(row, TODAY).next_step is None
    assert why_not_usable(bill, cast.gulf_prairie) == "The proposed position was not approved."
    page = browser_of(cast.dana).get(row.get_absolute_url()).content.decode()
    assert "The nation speaks on this." in page


def test_an_approval_with_wording_keeps_the_wording(cast: Cast):
    row = put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie)
    answer = browser_of(cast.luis).post(
        decide_page(row),
        {"step": TEAM, "ruling": "with_wording", "words": "Say “rural hospitals”."},
        follow=True,
    )
    approved_by(row, cast.jordan)

    assert "Decided: State or provincial team: Approved with wording." in answer.content.decode()
    assert "rural hospitals" in browser_of(cast.sam).get(row.get_absolute_url()).content.decode()
    assert list(Position.objects.usable()) == [row]


def test_a_wording_is_asked_for_in_the_form(cast: Cast):
    row = put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie)

    answer = browser_of(cast.luis).post(decide_page(row), {"step": TEAM, "ruling": "declined", "words": ""})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["words"])


def test_a_new_proposal_ends_the_old_position_on_the_day_of_its_approval(
    cast: Cast, clock: time_machine.Traveller
):
    bill = measure("HB 210")
    before = took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    neighbour = took(bill, cast.hill_country, Standpoint.SUPPORT, cast.jordan)
    now = put_forward(cast.dana, bill, cast.gulf_prairie, Standpoint.OPPOSE)
    clock.shift(timedelta(days=1))

    assert set(Position.objects.usable()) == {before, neighbour}
    approved_by(now, cast.luis, cast.jordan, on=TODAY + timedelta(days=1))

    before.refresh_from_db()
    assert (before.status, before.ends_on) == ("approved", date(2027, 2, 10))
    assert set(Position.objects.usable()) == {now, neighbour}
    assert Entry.objects.about(before).get().changes == {"ends_on": [None, "2027-02-10"]}


def test_the_history_of_the_measure_keeps_what_was_thought_before(cast: Cast):
    bill = measure("HB 210")
    took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
    approved_by(put_forward(cast.dana, bill, cast.gulf_prairie, Standpoint.OPPOSE), cast.luis, cast.jordan)

    page = " ".join(browser_of(cast.dana).get(bill.get_absolute_url()).content.decode().split())

    earlier = page.split("Earlier positions")[1]
    assert "Approved on Jan. 15, 2027 by Jordan Blake; until Feb. 9, 2027" in earlier


def test_the_one_who_decides_may_live_a_zone_behind_the_one_who_proposed(cast: Cast):
    row = put_forward(cast.dana, measure("HB 210"), cast.gulf_prairie)

    approved_by(row, cast.luis, cast.jordan, on=TODAY - timedelta(days=1))

    assert (row.approved_on, row.proposed_on) == (TODAY, TODAY)


def test_a_proposal_is_taken_back_by_its_proposer_its_board_and_staff(cast: Cast):
    bill = measure("HB 210")
    row = put_forward(cast.priya, bill, cast.gulf_prairie)
    may = {
        name: Position.objects.withdrawable_by(getattr(cast, name)).exists()
        for name in ("priya", "dana", "chris", "jordan", "luis", "sam", "tom", "angela")
    }

    with pytest.raises(MayNotWithdraw):
        decisions.withdraw(row, by=cast.luis, on=TODAY)
    assert decisions.withdraw(row, by=cast.priya, on=TODAY)
    assert not decisions.withdraw(row, by=cast.priya, on=TODAY)

    allowed = dict.fromkeys(("priya", "dana", "chris", "jordan"), True)
    assert may == allowed | dict.fromkeys(("luis", "sam", "tom", "angela"), False)
    assert (row.status, row.ends_on) == ("withdrawn", None)
    assert (
        why_not_usable(bill, cast.gulf_prairie)
        == "The position was taken back, and no other has been approved."
    )


def test_an_approved_position_is_taken_back_from_its_page_and_is_used_no_more(cast: Cast):
    bill = measure("HB 210")
    row = approved_by(put_forward(cast.dana, bill, cast.gulf_prairie), cast.luis, cast.jordan)
    address = reverse("positions:position_withdraw", args=[row.pk])

    assert browser_of(cast.luis).post(address).status_code == 404
    assert browser_of(cast.dana).post(address).status_code == 302

    row.refresh_from_db()
    assert (row.status, row.ends_on) == ("withdrawn", TODAY)
    assert list(Position.objects.usable()) == []
    assert why_not_usable(bill, cast.gulf_prairie).startswith("The position ended on Feb. 9, 2027")


def test_five_business_days_are_the_target_and_one_when_expedited(cast: Cast):
    """Presidents' Day, 15 February, is none of them."""
    plain = put_forward(cast.dana, measure("HB 1"), cast.gulf_prairie)
    quick = put_forward(cast.dana, measure("HB 2"), cast.gulf_prairie, is_expedited=True)
    early = put_forward(cast.dana, measure("HB 3"), cast.gulf_prairie, needed_by=date(2027, 2, 11))

    days = [approval.course_of(row, TODAY).due_on for row in (plain, quick, early)]
    assert days == [date(2027, 2, 17), date(2027, 2, 10), date(2027, 2, 11)]


def test_what_is_not_decided_in_time_is_marked_overdue(cast: Cast, clock: time_machine.Traveller):
    row = put_forward(cast.dana, measure("HB 1"), cast.gulf_prairie, is_expedited=True)
    clock.shift(timedelta(days=1))
    on_the_day = browser_of(cast.luis).get(reverse("positions:position_list")).content.decode()
    clock.shift(timedelta(days=1))
    after = browser_of(cast.luis).get(reverse("positions:position_list")).content.decode()

    assert ("Overdue" in on_the_day, "Overdue" in after) == (False, True)
    assert (
        "It was to be decided by Feb. 10, 2027."
        in browser_of(cast.luis).get(row.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("who", ["dana", "luis"])
def test_those_who_decide_are_told_who_stands_on_the_opposite_side(cast: Cast, who: str):
    bill = measure("HB 210")
    took(bill, None, Standpoint.OPPOSE, cast.jordan)
    took(bill, cast.three_capitals, Standpoint.NEUTRAL, cast.jordan)
    row = put_forward(cast.dana, bill, cast.gulf_prairie, Standpoint.SUPPORT_IF_AMENDED)
    person = getattr(cast, who)

    pages = [
        browser_of(person).get(page).content.decode()
        for page in (bill.get_absolute_url(), row.get_absolute_url())
    ]

    assert "Contradicts Society: Oppose" in pages[0]
    assert "Contradicts Three Capitals" not in pages[0]
    assert "The opposite of what others say" in pages[1]
    if who == "luis":
        assert "Society: Oppose" in browser_of(person).get(decide_page(row)).content.decode()


def shown(browser: Client, heading: str) -> list[str]:
    context = browser.get(reverse("positions:position_list")).context
    return [str(line["course"].position.measure.number) for line in context[heading]]


def test_each_finds_what_waits_for_them_the_most_pressing_first(cast: Cast):
    put_forward(cast.dana, measure("HB 1"), cast.gulf_prairie)
    put_forward(cast.dana, measure("HB 2"), cast.gulf_prairie, is_expedited=True)
    approved = put_forward(cast.dana, measure("HB 3"), cast.gulf_prairie)
    ruled(approved, cast.luis)

    lists = {
        name: (
            shown(browser_of(getattr(cast, name)), "mine"),
            shown(browser_of(getattr(cast, name)), "others"),
        )
        for name in ("luis", "dana", "jordan", "sam")
    }

    assert lists == {
        "luis": (["HB 2", "HB 1"], ["HB 3"]),
        "dana": ([], ["HB 2", "HB 1", "HB 3"]),
        "jordan": (["HB 3"], ["HB 2", "HB 1"]),
        "sam": ([], []),
    }


def test_home_counts_what_waits_for_me(cast: Cast):
    put_forward(cast.dana, measure("HB 1"), cast.gulf_prairie)

    homes = {
        name: "One proposed position waits for your decision."
        in browser_of(getattr(cast, name)).get("/").content.decode()
        for name in ("luis", "dana", "jordan")
    }

    assert homes == {"luis": True, "dana": False, "jordan": False}


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_one_proposal_as_for_three(
    cast: Cast, django_assert_num_queries, number: int
):
    for one in range(number):
        ruled(put_forward(cast.dana, measure(f"HB {one}"), cast.gulf_prairie), cast.luis)
    browser = browser_of(cast.luis)
    browser.get(reverse("positions:position_list"))

    with django_assert_num_queries(QUERIES_OF_THE_LIST):
        browser.get(reverse("positions:position_list"))


QUERIES_OF_THE_LIST = 12


def test_a_proposal_of_before_the_steps_waits_for_the_board(cast: Cast):
    """Nobody knows who proposed it: nobody has the board's word."""
    row = proposed(measure("HB 210"), cast.gulf_prairie, Standpoint.SUPPORT)

    assert way_of(row) == [CHAPTER, TEAM, NATIONAL]
