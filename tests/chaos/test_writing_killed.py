"""A worker is killed in the middle of writing a mailing, again and again: each person is decided about once."""

import os
import signal
import time
import traceback
from pathlib import Path
from random import Random

import pytest
import time_machine
from django.db import connection, connections

from advocacy.outbox.models import OutboundMessage
from campaigns.actions import mailings
from campaigns.models import Mailing, MailingState, Recipient
from tests.campaigns.mailing import live_for
from tests.cast import NOW, furnish
from tests.factories.contacts import ContactFactory

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
PEOPLE, CHUNK, KILLS = 400, 5, 12


def worker(mailing: int, log: Path) -> int:
    """A process that writes what there is to write, in small chunks."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        mailings.CHUNK = CHUNK
        with time_machine.travel(NOW, tick=False):
            while mailings.write_more(mailing, now=NOW):
                pass
        status = 0
    except BaseException:
        with log.open("a") as file:
            traceback.print_exc(file=file)
    finally:
        os._exit(status)


def moved_on(mailing: Mailing, since: int) -> int:
    """Wait until a worker has written something; how far it is."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        mailing.refresh_from_db()
        if mailing.after != since or mailing.state != MailingState.PREPARING:
            break
        time.sleep(0.005)
    return mailing.after


def test_a_worker_killed_while_it_writes_leaves_nobody_out_and_writes_to_nobody_twice(tmp_path: Path):
    chance, cast, log = Random(5), furnish(), tmp_path / "log"
    with time_machine.travel(NOW, tick=False):
        people = ContactFactory.create_batch(PEOPLE)
        campaign = live_for(cast, *people)
    mailing, in_the_middle = campaign.mailings.get(), 0
    for _kill in range(KILLS):
        far = mailing.after
        child = worker(mailing.pk, log)
        moved_on(mailing, far)
        time.sleep(chance.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        mailing.refresh_from_db()
        in_the_middle += mailing.state == MailingState.PREPARING and mailing.after > far

    _pid, ended = os.waitpid(worker(mailing.pk, log), 0)

    mailing.refresh_from_db()
    rows = Recipient.objects.filter(mailing=mailing)
    mails = OutboundMessage.objects.filter(kind="campaigns.appeal")
    assert os.waitstatus_to_exitcode(ended) == 0, log.read_text() if log.exists() else ended
    assert in_the_middle >= KILLS // 3
    assert mailing.state == MailingState.SENDING
    assert sorted(rows.values_list("contact", flat=True)) == [one.pk for one in people]
    assert sorted(mails.values_list("recipient", flat=True)) == sorted(one.email for one in people)
    assert not rows.filter(message=None).exists()
