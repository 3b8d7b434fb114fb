"""Plants what each chapter follows and proposes about one measure of Texas."""

from legislation.models import Measure
from tests.access.canaries import Nest
from tests.access.world import Actor, Thing, World
from tests.factories.measures import Standpoint, proposed, tracked

_TEXAS = frozenset({"tx"})


def plant_positions(world: World, authors: dict[str, Actor]) -> None:
    bill = Measure.objects.get(number="HB 210")
    for key, author in authors.items():
        chapter = world.places[key].chapter
        nest = Nest(f"position {key}")
        row = proposed(
            bill, chapter, Standpoint.OPPOSE, rationale=nest.text("rationale"), proposed_by=author.user
        )
        world.fields |= nest.fields
        world.add(Thing("position", row.pk, key, words=nest.words, chapter=key, jurisdictions=_TEXAS))
        nest = Nest(f"tracking {key}")
        followed = tracked(bill, chapter, why=nest.text("why"))
        world.fields |= nest.fields
        world.add(Thing("tracking", followed.pk, key, words=nest.words, chapter=key, jurisdictions=_TEXAS))
