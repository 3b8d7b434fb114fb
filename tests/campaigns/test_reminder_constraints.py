"""Each rule of the planner's tables, broken once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from campaigns.models import Occurrence, RuleSetting
from tests.campaigns.reminding import FOLLOWUP
from tests.cast import NOW, TODAY, Cast
from tests.outbox.posting import posted

RULES: list[tuple[dict[str, Any], str]] = [
    ({"state": "mailed"}, "names the message"),
    ({"state": "skipped"}, "says why"),
    ({"reason": "Because"}, "says why"),
]


def owed(cast: Cast, **fields: Any) -> Occurrence:
    known = {
        "rule": FOLLOWUP,
        "person": cast.dana,
        "period": "1",
        "day": TODAY,
        "due_at": NOW,
        "made_at": NOW,
    }
    return Occurrence(**(known | fields))


@pytest.mark.parametrize(("fields", "sentence"), RULES)
def test_a_broken_rule_is_said_in_words_and_refused_by_the_database(
    cast: Cast, fields: dict[str, Any], sentence: str
):
    row = owed(cast, **fields)

    with pytest.raises(ValidationError, match=sentence):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_planned_reminder_names_no_message(cast: Cast):
    row = owed(cast, message=posted())

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_there_is_one_for_each_rule_person_and_period(cast: Cast):
    owed(cast).save()
    row = owed(cast)

    with pytest.raises(ValidationError, match="reminded of this already"):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_every_constraint_stands_in_this_list():
    assert {rule.name for rule in Occurrence._meta.constraints} == {
        "campaigns_occurrence_once_per_rule_person_and_period",
        "campaigns_occurrence_mailed_has_a_message",
        "campaigns_occurrence_skipped_says_why",
    }
    assert RuleSetting._meta.constraints == []


@pytest.mark.parametrize("days", ["tomorrow", "1;2", "1, 61", "-61"])
def test_days_that_cannot_be_meant_are_refused(db: None, days: str):
    with pytest.raises(ValidationError):
        RuleSetting(name=FOLLOWUP, days=days).full_clean()


def test_a_rule_with_a_calendar_of_its_own_takes_no_days(db: None):
    with pytest.raises(ValidationError, match="a calendar of its own"):
        RuleSetting(name="members.leavers", days="1").full_clean()
