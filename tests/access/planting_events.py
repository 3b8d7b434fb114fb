"""Plants an idea, an open and a published Advocacy Day of each chapter, with people, a team and a meeting."""

from datetime import date, time

from advocacy.events.models import AdvocacyEvent, Appointment, EventStatus
from legislation.models import Official
from tests.access.canaries import Nest
from tests.access.world import Actor, Thing, World
from tests.cast import NOW
from tests.factories.advocacy_days import coming, team

_STATES = (EventStatus.IDEA, EventStatus.OPEN, EventStatus.PUBLISHED)


def plant_events(world: World, authors: dict[str, Actor]) -> None:
    official = Official.objects.order_by("pk").first()
    assert official
    for key, author in authors.items():
        for status in _STATES:
            _day(world, key, author, status, official)


def _day(world: World, key: str, author: Actor, status: str, official: Official) -> None:
    assert author.user
    label = f"{key} {status}"
    nest, chapter = Nest(f"advocacy day {label}"), world.places[key].chapter
    event = AdvocacyEvent.objects.create(
        name=nest.text("name"),
        goal=nest.text("goal"),
        status=status,
        held_on=date(2027, 4, 14),
        jurisdiction=chapter.territories.order_by("pk")[0].jurisdiction,
        coordinator=author.user,
        added_by=author.user,
        edition=1 if status == EventStatus.PUBLISHED else 0,
        published_at=NOW if status == EventStatus.PUBLISHED else None,
    )
    event.hosts.set([chapter])
    world.fields |= nest.fields
    known = {"chapter": key, "owner": author.name, "state": status}
    day = Thing("advocacy day", event.pk, label, words=nest.words, is_typical=key in "AD", **known)  # type: ignore[arg-type]  # as Thing has them
    world.add(day)
    _people(world, event, official, label, known)


def _people(
    world: World, event: AdvocacyEvent, official: Official, label: str, known: dict[str, str]
) -> None:
    """What is said of who comes is for those who run it; the meeting for those who follow it."""
    private = Nest(f"registration {label}")
    guest = coming(
        event,
        f"Guest {private.word('name')}",
        access_needs=private.text("access needs"),
        diet=private.text("diet"),
    )
    world.fields |= private.fields
    words = private.words - {word for word in private.words if "name" in private.fields[word]}
    world.add(Thing("registration", guest.pk, label, words=words, **known))  # type: ignore[arg-type]  # as above
    nest = Nest(f"appointment {label}")
    meeting = Appointment.objects.create(
        event=event,
        official=official,
        team=team(event, guest, name=nest.word("team")),
        status="confirmed",
        starts_at=time(10),
        room=nest.text("room"),
        note=nest.text("note"),
    )
    world.fields |= nest.fields
    followed = nest.words | (private.words - words)
    world.add(Thing("appointment", meeting.pk, label, words=followed, **known))  # type: ignore[arg-type]  # as above
