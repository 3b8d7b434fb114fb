"""Plants an idea, an open and a published Advocacy Day of each chapter, with people, a team and a meeting."""

from dataclasses import replace
from datetime import date, time

from advocacy.events.actions import publishing
from advocacy.events.actions.proposals import PROPOSE
from advocacy.events.findings import findings_of
from advocacy.events.models import (
    AdvocacyEvent,
    Appointment,
    ChecklistItem,
    EventAsk,
    EventStatus,
    Recognition,
    Step,
)
from advocacy.jobs.models import Job
from legislation.models import Official
from tests.access.canaries import Nest
from tests.access.world import Actor, Thing, World
from tests.cast import NOW, TODAY
from tests.factories.advocacy_days import building, coming, team

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
        held_on=TODAY if status == EventStatus.PUBLISHED else date(2027, 4, 14),
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
    if status != EventStatus.IDEA:
        world.add(replace(day, kind="day to schedule"))
        world.add(replace(day, kind=f"{status} day"))
    if status == EventStatus.PUBLISHED:
        Job.objects.create(kind=PROPOSE, arguments={"event": event.pk, "team_count": 1}, queued_at=NOW)
    # Whoever came answers the survey; on the published day they still check in.
    coming(event, author.user, checked_in_at=NOW if status == EventStatus.OPEN else None)
    _people(world, event, official, label, known)
    _preparing(world, event, label, known)
    if status == EventStatus.PUBLISHED:
        _settle(event)


def _settle(event: AdvocacyEvent) -> None:
    """Nothing stands in the way of publishing it again."""
    for finding in findings_of(event):
        publishing.accept(event, by=event.coordinator, key=finding.key, reason="It may stand.", now=NOW)


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
    group = team(event, guest, name=nest.word("team"))
    meeting = Appointment.objects.create(
        event=event,
        official=official,
        team=group,
        status="confirmed",
        starts_at=time(10),
        room=nest.text("room"),
        note=nest.text("note"),
    )
    world.fields |= nest.fields
    followed = nest.words | (private.words - words)
    world.add(Thing("appointment", meeting.pk, label, words=followed, **known))  # type: ignore[arg-type]  # as above
    world.add(Thing(f"{event.status} appointment", meeting.pk, label, **known))  # type: ignore[arg-type]  # as above
    if event.status == EventStatus.OPEN:
        annex = building(event, nest.word("building"))
        for kind, pk in (("team", group.pk), ("member", group.members.get().pk), ("building", annex.pk)):
            world.add(Thing(f"{kind} of a day", pk, label, **known))  # type: ignore[arg-type]  # as above
    world.fields |= nest.fields


def _preparing(world: World, event: AdvocacyEvent, label: str, known: dict[str, str]) -> None:
    """An ask for all who know of the day, a step for those who follow it, a recognition of the chapter."""
    ask = EventAsk.objects.create(event=event, kind="fund", text=f"Fund {label}")
    world.add(Thing("ask of a day", ask.pk, label, **known))  # type: ignore[arg-type]  # as above
    nest = Nest(f"step {label}")
    step = ChecklistItem.objects.create(
        event=event, step=Step.OWN, text=nest.text("text"), due_on=date(2027, 3, 1)
    )
    world.fields |= nest.fields
    world.add(Thing("step of a day", step.pk, label, words=nest.words, **known))  # type: ignore[arg-type]  # as above
    nest, is_done = Nest(f"recognition {label}"), event.status == EventStatus.OPEN
    chapter = event.hosts.get()
    row = Recognition.objects.create(
        kind="proclamation",
        direction="received",
        title=nest.text("title"),
        text=nest.text("text"),
        chapter=chapter,
        event=event,
        office=nest.text("office"),
        owner=event.coordinator,
        due_on=date(2027, 2, 17),
        status="done" if is_done else "requested",
        done_on=date(2027, 2, 1) if is_done else None,
    )
    world.fields |= nest.fields
    asked = known | {"state": row.status}
    world.add(Thing("recognition", row.pk, label, words=nest.words, **asked))  # type: ignore[arg-type]  # as above
