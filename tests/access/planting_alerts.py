"""Alerts to three people, each about another measure: the page of one's own shows no other."""

from django.utils import timezone

from advocacy.positions.models import Alert
from legislation.models import Measure, MeasureEvent
from tests.access.world import Thing, World

_WHO_HEARS_OF = {"member A": "HB 211", "advocate A, author": "HB 212", "staff": "SB 901"}


def plant_alerts(world: World) -> None:
    now = timezone.now()
    for name, number in _WHO_HEARS_OF.items():
        actor, bill = world.actors[name], Measure.objects.get(number=number)
        assert actor.user
        event = MeasureEvent.objects.create(
            measure=bill,
            kind="text_changed",
            key="I",
            noted_at=now,
            new={"label": "Introduced", "label_fr": "Déposé"},
            by=actor.user,
        )
        Alert.objects.create(
            event=event,
            person=actor.user,
            because="testifier",
            cadence="daily",
            due_at=now,
            made_at=now,
            state="skipped",
            silence="never",
        )
        world.add(Thing("alert", bill.pk, name, owner=name, is_typical=True))
