"""What changes while a session is open holds from the very next request."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.models import Authenticator

from advocacy.accounts.models import User
from advocacy.interactions.models import Interaction
from members.models import Role, RoleAssignment
from tests.access.judge import Judge
from tests.access.page import GET
from tests.access.table import TABLE
from tests.access.visits import Visit
from tests.access.world import World
from tests.cast import TODAY

PLACES = ["interactions:interaction_list", "portal:search", "legislation:official_detail", "portal:home"]


def status(judge: Judge, name: str, who: str, label: str = "") -> int:
    thing = judge.world.one("interaction", label) if label else None
    return judge.answer(Visit(TABLE[name], judge.world.actors[who], GET, thing))[0].status


def user_of(world: World, who: str) -> User:
    user = world.actors[who].user
    assert user is not None
    return user


@pytest.mark.parametrize(
    "name", ["portal:home", "interactions:interaction_list", "interactions:interaction_log"]
)
def test_the_first_request_after_a_role_ended_is_denied(world: World, judge: Judge, name: str):
    before = status(judge, name, "advocate A, author")

    RoleAssignment.objects.filter(person=user_of(world, "advocate A, author")).update(ends_on=TODAY)

    assert (before, status(judge, name, "advocate A, author")) == (200, 403)


def test_a_role_ends_at_midnight_of_the_society_in_an_open_session(world: World, judge: Judge):
    RoleAssignment.objects.filter(person=user_of(world, "advocate B")).update(
        ends_on=TODAY + timedelta(days=1)
    )
    chicago = ZoneInfo("America/Chicago")
    last_minute = datetime(2027, 2, 9, 23, 59, tzinfo=chicago)

    with time_machine.travel(last_minute, tick=False):
        before = status(judge, "portal:home", "advocate B")
    with time_machine.travel(last_minute + timedelta(minutes=1), tick=False):
        after = status(judge, "portal:home", "advocate B")

    assert (before, after) == (200, 403)


def test_staff_whose_role_ended_find_the_admin_closed(world: World, judge: Judge):
    RoleAssignment.objects.filter(person=user_of(world, "staff"), role=Role.STAFF).update(ends_on=TODAY)

    assert status(judge, "admin:index", "staff") == 403


def test_staff_who_lost_their_device_are_asked_for_one(world: World, judge: Judge):
    Authenticator.objects.filter(user=user_of(world, "staff")).delete()

    assert status(judge, "interactions:interaction_list", "staff") == 302


def test_a_closed_account_is_signed_out_at_once(world: World, judge: Judge):
    User.objects.filter(pk=user_of(world, "advocate B").pk).update(is_active=False)

    assert status(judge, "portal:home", "advocate B") == 302


@pytest.mark.parametrize("level", ["chapter", "restricted"])
def test_a_record_that_is_no_longer_shared_is_gone_for_the_neighbours(world: World, judge: Judge, level: str):
    label = "A shared logged"
    before = status(judge, "interactions:interaction_detail", "advocate B", label)

    Interaction.objects.filter(pk=world.one("interaction", label).pk).update(confidentiality=level)

    assert (before, status(judge, "interactions:interaction_detail", "advocate B", label)) == (200, 404)


@pytest.mark.parametrize("name", PLACES)
def test_and_it_is_gone_from_lists_and_search(world: World, judge: Judge, name: str):
    record = world.one("interaction", "A shared logged")
    official = next(world.of_kind("official")) if name == "legislation:official_detail" else None
    query = f"q={min(record.words)}" if name == "portal:search" else None
    visit = Visit(TABLE[name], world.actors["advocate B"], GET, official, query=query)

    Interaction.objects.filter(pk=record.pk).update(confidentiality="restricted")

    assert f'"/log/{record.pk}/"' not in judge.answer(visit)[0].text


def test_a_deleted_record_is_gone_for_its_readers_and_back_when_restored(world: World, judge: Judge):
    record = world.one("interaction", "A shared deleted")
    gone = status(judge, "interactions:interaction_detail", "advocate B", record.label)

    Interaction.objects.filter(pk=record.pk).update(deleted_at=None, deleted_by=None, deletion_reason="")

    assert (gone, status(judge, "interactions:interaction_detail", "advocate B", record.label)) == (404, 200)
