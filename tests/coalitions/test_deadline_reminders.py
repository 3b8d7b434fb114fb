"""What the deadlines of sign-on letters remind our own people of."""

from datetime import date, timedelta

import pytest

from advocacy.accounts.models import User
from advocacy.coalitions.actions import letters
from advocacy.coalitions.models import SignOnLetter
from advocacy.kernel.reminder_rules import Days, reminder_rules
from tests.cast import NOW, Cast
from tests.factories.letters import DEADLINE, answered, asked_by, letter_of, partner, signed

FEBRUARY = Days(date(2027, 2, 9), date(2027, 2, 28))
SOFT, HARD = "coalitions.soft_deadline", "coalitions.hard_deadline"


def due(name: str) -> set[tuple[str, date]]:
    rule = reminder_rules[name]
    names = dict(User.objects.values_list("pk", "full_name"))
    return {(names[one.person_id], one.day) for one in rule.due(FEBRUARY, rule.offsets)}


def told(name: str, person: User) -> list[str]:
    """Of everything that is due to anybody, what this person would read."""
    rule = reminder_rules[name]
    periods = {one.period for one in rule.due(FEBRUARY, rule.offsets)}
    return [line.text for line in rule.words(person, periods, date(2027, 2, 9)).values()]


@pytest.fixture
def letter(cast: Cast) -> SignOnLetter:
    return letter_of(cast)


def test_until_it_is_decided_the_owner_and_whoever_may_decide_are_told_before_each_deadline(
    letter: SignOnLetter,
):
    people = ("Dana Whitfield", "Chris Lang")

    assert due(SOFT) == {(person, date(2027, 2, 13)) for person in people}
    assert due(HARD) == {(person, date(2027, 2, 18)) for person in people}


def test_the_societys_letter_is_brought_before_the_lead(cast: Cast):
    letter_of(cast, by=cast.jordan, chapter=None)

    assert due(HARD) == {("Angela Moss", date(2027, 2, 18)), ("Jordan Blake", date(2027, 2, 18))}


def test_the_line_tells_the_deadline_by_both_clocks(cast: Cast, letter: SignOnLetter):
    assert told(HARD, cast.chris) == [
        "Keep telehealth open: last moment to decide whether we sign: Friday Feb. 19, 2027, 16:00 your time "
        "(Friday Feb. 19, 2027, 17:00, New York time)"
    ]


def test_what_is_decided_reminds_the_owner_of_partners_who_have_not_answered(
    cast: Cast, letter: SignOnLetter
):
    signed(letter, cast.chris)
    decided = due(HARD)
    invitation = asked_by(letter, partner("Harbor Patients"))
    waiting, lines = due(HARD), told(HARD, cast.dana)
    answered(invitation)

    assert (decided, waiting, due(HARD)) == (set(), {("Dana Whitfield", date(2027, 2, 18))}, set())
    assert lines == [
        "Keep telehealth open: one organization has not answered yet; the deadline is Friday Feb. 19, 2027, 16:00 "
        "your time (Friday Feb. 19, 2027, 17:00, New York time)"
    ]


def test_a_deadline_that_moves_is_due_anew(cast: Cast, letter: SignOnLetter):
    rule = reminder_rules[HARD]
    before = {one.period for one in rule.due(FEBRUARY, rule.offsets)}
    later = DEADLINE + timedelta(days=1)
    letters.change(letter, by=cast.dana, now=NOW, officials=[], hard_deadline_at=later)

    assert {one.period for one in rule.due(FEBRUARY, rule.offsets)} & before == set()
    assert rule.words(cast.chris, before, date(2027, 2, 9)) == {}


def test_nobody_is_reminded_of_a_locked_letter(cast: Cast, letter: SignOnLetter):
    letters.lock(letter, by=cast.dana)

    assert (due(SOFT), due(HARD)) == (set(), set())


def test_who_has_no_part_in_it_reads_nothing(cast: Cast, letter: SignOnLetter):
    assert [told(HARD, person) for person in (cast.luis, cast.priya, cast.noor)] == [[], [], []]
