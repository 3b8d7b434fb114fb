"""Each rule of the tables of meeting requests and do-not-contact notes, broken once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from advocacy.interactions.models import DoNotContact, MeetingRequest
from tests.cast import TODAY, Cast
from tests.factories.log import alma_reyes, logged
from tests.factories.requests import asked, held, quiet

EARLIER, LATER = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
Broken = Callable[[Cast], models.Model]


def _with(row: models.Model, **fields: Any) -> models.Model:
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def _request(**fields: Any) -> Broken:
    return lambda cast: _with(asked(cast.dana, alma_reyes()), **fields)


def _note(**fields: Any) -> Broken:
    return lambda cast: _with(quiet(alma_reyes(), by=cast.jordan), **fields)


def _requested_with_a_record(cast: Cast) -> models.Model:
    reyes = alma_reyes()
    return _with(asked(cast.dana, reyes), interaction=logged(cast.dana, [reyes]))


def _twice_the_same_form(cast: Cast) -> models.Model:
    reyes = alma_reyes()
    return _with(asked(cast.dana, reyes), form_key=asked(cast.dana, reyes).form_key)


def _two_with_one_nudge(cast: Cast) -> models.Model:
    reyes = alma_reyes()
    return _with(asked(cast.dana, reyes), nudge=asked(cast.dana, reyes).nudge)


def _two_with_one_record(cast: Cast) -> models.Model:
    reyes = alma_reyes()
    record = logged(cast.dana, [reyes])
    first = held(asked(cast.dana, reyes), by=cast.dana)
    MeetingRequest.objects.filter(pk=first.pk).update(interaction=record)
    return _with(held(asked(cast.dana, reyes), by=cast.dana), interaction=record)


def _logged_without_record(cast: Cast) -> models.Model:
    return _with(held(asked(cast.dana, alma_reyes()), by=cast.dana), state="logged")


RULES: list[tuple[Broken, str]] = [
    (_request(slot_1_on=LATER), "Give each proposed slot a day and a time"),
    (_request(slot_2_on=LATER, slot_2_time="10:00"), "a second only after a first"),
    (_request(state="confirmed", first_reply_on=TODAY), "A confirmed meeting has a day"),
    (_request(first_reply_on=EARLIER), "Their first reply cannot be before the request"),
    (_request(state="declined"), "Say on which day they answered"),
    (_request(state="no_reply", first_reply_on=TODAY), "Say on which day they answered"),
    (_logged_without_record, "A logged request points at its record"),
    (_requested_with_a_record, "Only a confirmed meeting can be logged"),
    (_note(until=TODAY), "It ends on a day after today"),
    (_note(lifted_on=TODAY), "Lifting it names who and when"),
]
UNIQUE: list[Broken] = [_twice_the_same_form, _two_with_one_nudge, _two_with_one_record]


@pytest.mark.parametrize(("broken", "sentence"), RULES)
def test_a_broken_rule_is_said_in_words_and_refused_by_the_database(
    cast: Cast, broken: Broken, sentence: str
):
    row = broken(cast)

    with pytest.raises(ValidationError, match=sentence):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("broken", UNIQUE)
def test_what_is_unique_is_refused_a_second_time(cast: Cast, broken: Broken):
    row = broken(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_every_constraint_stands_in_this_list(cast: Cast):
    names = {rule.name for model in (MeetingRequest, DoNotContact) for rule in model._meta.constraints}
    broken = set()
    for make, _sentence in RULES:
        with transaction.atomic():
            row = make(cast)
            for rule in row._meta.constraints:
                try:
                    rule.validate(type(row), row)
                except ValidationError:
                    broken.add(rule.name)
            transaction.set_rollback(True)

    assert broken == names
