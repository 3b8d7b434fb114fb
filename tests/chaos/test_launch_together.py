"""Two staff press launch, and the clock's hour comes, at the same moment: one launch, and the others are told."""

import os
import traceback
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection, connections

from advocacy.jobs.models import Job
from campaigns.actions import campaigns, clock
from campaigns.errors import WrongStatus
from campaigns.models import Campaign, StatusChange
from tests.campaigns.mailing import drafted_for
from tests.cast import NOW, Cast, furnish
from tests.factories.campaigns import approved
from tests.factories.contacts import ContactFactory

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
LAUNCHED, TOLD, BROKEN = 0, 3, 1
LATER = NOW + timedelta(hours=1)


def ready(cast: Cast, *, schedule: bool = False) -> Campaign:
    with time_machine.travel(NOW, tick=False):
        campaign = approved(
            drafted_for(cast, *ContactFactory.create_batch(5)), by=cast.dana, approver=cast.jordan
        )
        if schedule:
            campaigns.schedule(campaign, by=cast.dana, now=NOW)
    return campaign


def at_once(acts: list[Callable[[], None]], log: Path) -> list[int]:
    """Each in a process of its own, all let go by one signal; how each ended."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    begin, wait = os.pipe()[::-1]
    children = [_child(act, begin, wait, log) for act in acts]
    os.close(wait)
    os.close(begin)
    return sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)


def _child(act: Callable[[], None], begin: int, wait: int, log: Path) -> int:
    child = os.fork()
    if child:
        return child
    os.close(begin)
    status = BROKEN
    try:
        os.read(wait, 1)
        with time_machine.travel(LATER, tick=False):
            act()
        status = LAUNCHED
    except WrongStatus:
        status = TOLD
    except BaseException:
        with log.open("a") as file:
            traceback.print_exc(file=file)
    finally:
        connections.close_all()
        os._exit(status)


def test_of_three_who_press_launch_one_launches_and_the_others_are_told(tmp_path: Path):
    cast = furnish()
    campaign = ready(cast)

    def press(by: object) -> Callable[[], None]:
        return lambda: campaigns.launch(Campaign.objects.get(pk=campaign.pk), by=by, now=LATER)  # type: ignore[arg-type]  # one of the cast

    ended = at_once([press(one) for one in (cast.dana, cast.jordan, cast.dana)], tmp_path / "log")

    log = tmp_path / "log"
    assert ended == [LAUNCHED, TOLD, TOLD], log.read_text() if log.exists() else ended
    assert StatusChange.objects.filter(campaign=campaign, after="live").count() == 1
    assert (campaign.mailings.count(), Job.objects.count(), campaign.targets.count()) == (1, 1, 1)


def test_a_person_and_the_clock_at_once_launch_it_once(tmp_path: Path):
    cast = furnish()
    campaign = ready(cast, schedule=True)
    same = Campaign.objects.get(pk=campaign.pk)

    ended = at_once(
        [
            lambda: campaigns.launch(same, by=cast.dana, now=LATER),
            lambda: clock.tick(LATER),
            lambda: clock.tick(LATER),
        ],
        tmp_path / "log",
    )

    log = tmp_path / "log"
    assert BROKEN not in ended, log.read_text() if log.exists() else ended
    assert StatusChange.objects.filter(campaign=campaign, after="live").count() == 1
    assert (campaign.mailings.count(), Job.objects.count(), campaign.targets.count()) == (1, 1, 1)
