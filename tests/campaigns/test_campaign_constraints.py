"""Each rule of the campaigns' tables, broken once: said in words, and refused by the database."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from campaigns.actions import contacts
from tests.campaigns.broken_campaigns import BROKEN, MODELS, Stage
from tests.cast import NOW, Cast


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_said_in_words_and_refused_by_the_database(cast: Cast, name: str):
    spoil, sentence = BROKEN[name]
    row = spoil(Stage(cast, contacts.add(email="ann@example.org", now=NOW)))

    with pytest.raises(ValidationError, match=sentence):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_every_rule_of_these_tables_is_broken_once():
    rules = {rule.name for model in MODELS for rule in model._meta.constraints}

    assert {rule.removeprefix("campaigns_").removeprefix("campaign_") for rule in rules} == set(BROKEN)
