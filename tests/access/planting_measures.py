"""Plants a recorded vote on the measure of the record, and a search that one advocate keeps, with a feed."""

from legislation.models import RollCall, SavedSearch, Source
from tests.access.canaries import Nest
from tests.access.world import Thing, World
from tests.cast import NOW, TODAY


def plant_measures(world: World) -> None:
    _roll_call(world)
    _saved_search(world)


def _roll_call(world: World) -> None:
    measure = next(world.of_kind("measure"))
    source, _ = Source.objects.get_or_create(key="listed", defaults={"name": "A register"})
    roll_call = RollCall.objects.create(
        measure_id=measure.pk, source=source, external_id="1", on=TODAY, motion="Third reading", yes=2, no=1
    )
    world.add(Thing("roll call", roll_call.pk, "Texas"))


def _saved_search(world: World) -> None:
    owner, nest = world.actors["advocate A, author"], Nest("saved search")
    search = SavedSearch.objects.create(
        owner=owner.user,
        name=nest.text("name")[:120],
        query="q=telehealth",
        created_at=NOW,
        looked_at=NOW,
        token_hash="y" * 64,
    )
    world.fields |= nest.fields
    world.add(Thing("saved search", search.pk, owner.name, words=nest.words, owner=owner.name))
