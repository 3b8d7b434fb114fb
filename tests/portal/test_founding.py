"""From an empty database to a real society, and what protects it from the demo's commands."""

import re

import pytest
from django.core.management import CommandError
from django.test import Client
from django.urls import reverse

from advocacy.portal.demo import sign_in
from members.models import Role, RoleAssignment, Society
from tests.cast import Cast
from tests.factories.people import ChapterFactory, SocietyFactory, advocate_of
from tests.portal.commands import rows, run


def test_the_demo_stays_out_of_a_database_with_real_people(cast: Cast):
    before = rows()

    with pytest.raises(CommandError, match="real people"):
        run("demo")
    assert rows() == before


def test_a_real_society_is_never_removed(db):
    advocate_of(ChapterFactory())

    with pytest.raises(CommandError, match="real society"):
        run("start_clean", "--yes")
    assert RoleAssignment.objects.count() == 1


def test_a_real_society_has_no_demo_sign_in(db):
    SocietyFactory()

    assert sign_in.offered() == []
    assert Client().post(reverse("portal:demo_sign_in"), {"who": "dana"}).status_code == 404


def test_the_link_of_the_first_staff_person_opens_a_password_form(db):
    said = run("found_society", "Real Society", "First@Example.org", staff_name="First Person")
    link = re.search(r"http\S+(/account/\S+)", said)[1]

    page = Client().get(link, follow=True)

    assert page.status_code == 200
    assert 'name="password1"' in page.content.decode()
    assert RoleAssignment.objects.get().role == Role.STAFF


def test_founding_twice_gives_a_new_link_and_nothing_else(db):
    run("found_society", "Real Society", "first@example.org")
    before = rows()

    said = run("found_society", "Another Name", "first@example.org")

    assert rows() == before
    assert Society.objects.get().name == "Real Society"
    assert "/account/password/reset/key/" in said


def test_an_address_that_is_none_is_refused(db):
    with pytest.raises(CommandError, match="not an e-mail address"):
        run("found_society", "Real Society", "first at example")
    assert not Society.objects.exists()
