"""The canary world, built once for all tests of this folder, inside a transaction that is taken back at the end."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as project_settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from tests.access.judge import Judge
from tests.access.planting import plant
from tests.access.world import World
from tests.cast import NOW


@pytest.fixture(scope="package")
def planted(
    django_db_setup: None, django_db_blocker: Any, strict_templates: None, test_settings: None
) -> Iterator[World]:
    closed = override_settings(MAILBOX_OPEN=False, DEMO_SIGN_IN=False)
    # Ten thousand refusals would each be logged and kept by pytest; what matters is in the answers.
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False), closed, transaction.atomic():
        world = plant()
        for actor in world.actors.values():
            if actor.session != "none" or actor.name == "anonymous":
                world.cookies[actor.name] = _session_of(world, actor.name)
        yield world
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


def _session_of(world: World, name: str) -> dict[str, str]:
    """The cookies of a browser in which this person signed in, some time ago for an expired session."""
    actor = world.actors[name]
    if actor.user is None:
        return {}
    client = Client()
    client.force_login(actor.user)
    key = client.cookies[project_settings.SESSION_COOKIE_NAME].value
    if actor.session == "expired":
        Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(minutes=1))
    if not actor.is_active:
        type(actor.user).objects.filter(pk=actor.user.pk).update(is_active=False)
    return {project_settings.SESSION_COOKIE_NAME: key}


@pytest.fixture
def world(planted: World, db: None) -> World:
    """The world as it was planted; whatever the test changes is taken back."""
    return planted


@pytest.fixture(scope="package")
def judge_of_the_world(planted: World) -> Judge:
    return Judge(planted)


@pytest.fixture
def judge(judge_of_the_world: Judge, world: World) -> Judge:
    """Keeps forms and missing pages it has seen from test to test."""
    return judge_of_the_world
