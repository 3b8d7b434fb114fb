"""Plants what people reported as wrong on a profile: one that waits and one that was answered, for each author."""

from uuid import uuid4

from django.utils import timezone

from legislation.actions import fact_reports
from legislation.models import Block, Official
from tests.access.canaries import Nest
from tests.access.world import Actor, Thing, World

_AUTHORS = ("member A", "advocate A, author", "advocate B", "advocate D", "vice chair", "staff")


def plant_reports(world: World) -> None:
    for name in _AUTHORS:
        _report(world, world.actors[name], "waiting")
        _report(world, world.actors[name], "answered")


def _report(world: World, author: Actor, label: str) -> None:
    nest = Nest(f"report {author} {label}")
    staff = world.actors["staff"].user
    assert author.user is not None
    assert staff is not None
    official = Official.objects.with_seats().order_by("pk")[0]
    now = timezone.now()
    said = {"wrong": nest.text("wrong"), "suggestion": nest.text("suggestion")}
    row, _is_new = fact_reports.report(
        official, Block.TERM, by=author.user, now=now, form_key=uuid4(), **said
    )
    if label == "answered":
        fact_reports.reject(row, by=staff, now=now, reason=nest.text("answer"))
    world.fields |= nest.fields
    words, is_pressed = nest.words, label == "waiting"
    about = {"author": author.name, "is_pressed": is_pressed}
    world.add(Thing("report", row.pk, f"{author} {label}", words=words, **about))
