"""Plants meeting requests, one by each chapter's advocate and one by a member, and a note to leave an office alone."""

from advocacy.interactions.models import FollowUp, Step
from legislation.models import Official
from tests.access.canaries import Nest
from tests.access.world import Actor, Keys, Thing, World
from tests.factories.requests import asked, quiet, took

_OFFICE_OF: dict[str, tuple[str, Keys]] = {
    "A": ("131", frozenset({"tx"})),
    "B": ("132", frozenset({"tx"})),
    "C": ("9", frozenset({"md"})),
    "D": ("Laurier", frozenset({"qc"})),
}
_LEFT_ALONE = "10"


def plant_requests(world: World, authors: dict[str, Actor]) -> None:
    for key, author in authors.items():
        _request(world, key, author)
    _request(world, "A", world.actors["member A"])
    office, nest, staff = world.one("official", _LEFT_ALONE), Nest("note"), world.actors["staff"].user
    assert staff is not None
    row = quiet(Official.objects.get(pk=office.pk), by=staff, reason=nest.text("reason"))
    world.fields |= nest.fields
    world.add(Thing("do-not-contact note", row.pk, _LEFT_ALONE, words=nest.words, of=office))


def _request(world: World, key: str, author: Actor) -> None:
    assert author.user is not None
    district, jurisdictions = _OFFICE_OF[key]
    label = f"{key} by {author.name}"
    nest = Nest(f"request {label}")
    row = asked(
        author.user,
        Official.objects.get(pk=world.one("official", district).pk),
        chapter=world.places[key].chapter,
        purpose=nest.text("purpose")[:200],
        wording=nest.text("wording"),
    )
    took(row, Step.REPLY, by=author.user, note=nest.text("note")[:200])
    world.fields |= nest.fields
    known = {"chapter": key, "author": author.name, "owner": author.name}
    world.add(Thing("request", row.pk, label, words=nest.words, jurisdictions=jurisdictions, **known))  # type: ignore[arg-type]
    nudge = FollowUp.objects.get(meeting_request=row)
    world.add(Thing("followup", nudge.pk, f"nudge of {label}", is_typical=False, **known))  # type: ignore[arg-type]
