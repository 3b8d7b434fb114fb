"""Whose e-mail address is published: asked for each act on a public page, so it may not read the whole table."""

import pytest
from django.db import connection

from legislation.models import ContactPoint
from tests.factories.log import alma_reyes

pytestmark = pytest.mark.django_db


def test_an_address_is_found_in_any_case_while_the_office_publishes_it():
    reyes = alma_reyes()
    now = ContactPoint.objects.create(official=reyes, kind="email", value="Alma.Reyes@House.example")
    ContactPoint.objects.create(
        official=reyes, kind="email", value="old@house.example", ended_on="2026-01-01"
    )
    ContactPoint.objects.create(official=reyes, kind="phone", value="555-0100")

    assert list(ContactPoint.objects.at(" alma.reyes@house.EXAMPLE ")) == [now]
    assert list(ContactPoint.objects.at("old@house.example")) == []
    assert list(ContactPoint.objects.at("555-0100")) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite compares without case by LIKE")
def test_among_many_the_question_is_answered_by_its_index():
    reyes = alma_reyes()
    ContactPoint.objects.bulk_create(
        ContactPoint(official=reyes, kind="email", value=f"office-{number}@house.example")
        for number in range(2000)
    )
    with connection.cursor() as cursor:
        # The planner knows a new table's size only once it is told.
        cursor.execute("ANALYZE legislation_contactpoint")

    assert "legislation_contact_by_email" in ContactPoint.objects.at("office-7@house.example").explain()
