"""Plants a month's report for each chapter, open and submitted, and a month that was locked, with its mail."""

from django.utils import timezone

from advocacy.kernel.periods import Month
from advocacy.outbox.models import OutboundMessage
from advocacy.reports import letters
from advocacy.reports.actions import locking
from advocacy.reports.models import ChapterReport
from tests.access.canaries import Nest
from tests.access.world import Actor, Thing, World

OPEN_MONTH, EARLIER_MONTH, LOCKED_MONTH = Month(2027, 1), Month(2026, 12), Month(2026, 11)


def plant_months(world: World, authors: dict[str, Actor]) -> None:
    for key, author in authors.items():
        _report(world, key, author, OPEN_MONTH)
        _report(world, key, author, EARLIER_MONTH, is_submitted=True)
    staff = world.actors["staff"].user
    assert staff is not None
    locking.lock(LOCKED_MONTH, by=staff, now=timezone.now())
    written = dict(OutboundMessage.objects.filter(kind=letters.NATIONAL).values_list("user", "pk"))
    for actor in world.actors.values():
        if actor.user and actor.user.pk in written:
            label = f"{actor.name}, {LOCKED_MONTH}"
            world.add(Thing("letter", written[actor.user.pk], label, owner=actor.name, is_typical=False))


def _report(world: World, key: str, author: Actor, month: Month, *, is_submitted: bool = False) -> None:
    nest, now = Nest(f"chapter report {key} {month}"), timezone.now()
    submission = {
        "state": "submitted", "first_submitted_at": now, "submitted_at": now, "submitted_by": author.user
    }  # fmt: skip
    row = ChapterReport.objects.create(
        chapter=world.places[key].chapter,
        period=str(month),
        opened_at=now,
        summary=nest.text("summary"),
        top_worry=nest.text("worry"),
        peer_lesson=nest.text("lesson"),
        **(submission if is_submitted else {}),
    )
    world.fields |= nest.fields
    label, state = f"{key} {month}", "submitted" if is_submitted else "open"
    world.add(
        Thing(
            "chapter report",
            row.pk,
            label,
            words=nest.words,
            chapter=key,
            state=state,
            is_pressed=not is_submitted,
        )
    )
