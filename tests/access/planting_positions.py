"""Plants what each chapter follows and proposes about measures of Texas, and where it testified."""

from advocacy.positions.models import Testimony
from legislation.models import Measure
from tests.access.canaries import Nest
from tests.access.world import Actor, Thing, World
from tests.cast import TODAY
from tests.factories.measures import Standpoint, measure, proposed, took, tracked

_TEXAS = frozenset({"tx"})


def plant_positions(world: World, authors: dict[str, Actor]) -> None:
    bill = Measure.objects.get(number="HB 210")
    untouched, spoken_on = measure("SB 901"), measure("SB 902")
    world.add(Thing("measure without positions", untouched.pk, "SB 901"))
    world.add(Thing("measure with positions", spoken_on.pk, "SB 902"))
    for key, author in authors.items():
        chapter = world.places[key].chapter
        known = {"chapter": key, "jurisdictions": _TEXAS, "author": author.name}
        nest = Nest(f"position {key}")
        row = proposed(
            bill, chapter, Standpoint.OPPOSE, rationale=nest.text("rationale"), proposed_by=author.user
        )
        world.fields |= nest.fields
        world.add(Thing("position", row.pk, key, words=nest.words, **known))
        nest = Nest(f"tracking {key}")
        followed = tracked(bill, chapter, why=nest.text("why"))
        world.fields |= nest.fields
        world.add(Thing("tracking", followed.pk, key, words=nest.words, **known))
        assert author.user
        nest = Nest(f"testimony {key}")
        given = Testimony.objects.create(
            measure=spoken_on, position=took(spoken_on, chapter, Standpoint.SUPPORT, author.user), chapter=chapter,
            person=author.user, form="written", side="for", organisation=nest.text("organisation"),
            text=nest.text("text"), was_delivered=True, reception=nest.text("reception"), registered_on=TODAY,
            registered_by=author.user,
        )  # fmt: skip
        world.fields |= nest.fields
        world.add(Thing("testimony", given.pk, key, words=nest.words, **known))
