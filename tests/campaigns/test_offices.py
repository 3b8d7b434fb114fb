"""Which offices one supporter may write to, whatever else the campaign writes to."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db.models.signals import post_init
from django.utils import timezone

from campaigns.act.offices import for_supporter
from campaigns.act.shown import Shown, shown, standing_of
from campaigns.models import Target
from campaigns.place import Place
from legislation.models import Seat
from members.access import society_today
from tests.campaigns.acting import live_in_houston
from tests.cast import NOW, Cast
from tests.factories.log import official_in, seat_in
from tests.factories.people import state

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(cast: Cast) -> Shown:
    campaign = live_in_houston(cast)
    campaign.targets.all().delete()
    return shown(standing_of(campaign.slug), "en", timezone.now())


def to(page: Shown, name: str, district: str, **fields: Any) -> Seat:
    """One more target of the campaign."""
    seat = seat_in(state("tx", "Texas"), district)
    official = official_in(seat, name)
    kept = {"is_own_only": True, "added_at": NOW, "changed_at": NOW} | fields
    Target.objects.create(campaign=page.campaign, official=official, seat=seat, **kept)
    return seat


def offered(page: Shown, *seats: Seat) -> list[str]:
    found = for_supporter(page, Place(seats=frozenset(seat.pk for seat in seats)), society_today())
    return [one.target.official.name for one in found if one.target.official]


def test_her_own_representative_stands_before_those_who_hear_everybody(page: Shown):
    to(page, "Ann Abbot", "201", is_own_only=False)
    hers = to(page, "Zoe Young", "202")
    to(page, "Ben Other", "203")

    assert offered(page, hers) == ["Zoe Young", "Ann Abbot"]


def test_who_has_nobody_writes_to_the_fallback(page: Shown):
    hers = to(page, "Zoe Young", "202")
    to(page, "Ann Abbot", "201", is_own_only=False, is_fallback=True)
    to(page, "Ben Other", "203", is_fallback=True)

    assert offered(page) == ["Ann Abbot"]
    assert offered(page, hers) == ["Zoe Young"], "whoever has a representative needs no fallback"


def test_of_a_whole_legislature_no_more_is_read_than_one_supporter_writes_to(page: Shown):
    hers = [to(page, f"Member {number}", str(300 + number)) for number in range(30)][17]

    with instances_of(Target) as read:
        assert offered(page, hers) == ["Member 17"]
    assert read.total() == 1


@contextmanager
def instances_of(model: type[Target]) -> Iterator[Counter[str]]:
    """How many rows of a model become objects meanwhile."""
    read = Counter[str]()

    def note(**_said: Any) -> None:
        read[model.__name__] += 1

    post_init.connect(note, sender=model)
    try:
        yield read
    finally:
        post_init.disconnect(note, sender=model)
