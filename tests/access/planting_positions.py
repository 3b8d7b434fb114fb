"""Plants what each chapter follows, notes, proposes and testifies about measures of Texas, and one nobody follows."""

from datetime import UTC, date, datetime

from advocacy.positions.models import LEVELS as MATERIAL_LEVELS
from advocacy.positions.models import Material, MaterialVersion, Outcome, Testimony, Tier, TrackingNote
from legislation.models import (
    Disposition,
    DispositionKind,
    LegislativeSession,
    Measure,
    MeasureRelation,
    RelationKind,
    Stage,
)
from tests.access.canaries import Nest
from tests.access.world import LEVELS, Actor, Thing, World
from tests.cast import TODAY
from tests.factories.measures import Standpoint, adjourned, measure, proposed, stepped, took, tracked
from tests.factories.people import canada, province, state

_TEXAS = frozenset({"tx"})
_WRITTEN_AT = datetime(2027, 2, 1, 16, tzinfo=UTC)


def plant_positions(world: World, authors: dict[str, Actor]) -> None:
    bill = Measure.objects.get(number="HB 210")
    untouched, spoken_on = measure("SB 901"), measure("SB 902")
    archived, free = measure("HB 211"), measure("HB 212")
    for row in (archived, free):
        world.add(Thing("measure", row.pk, row.number))
    world.add(Thing("measure without positions", untouched.pk, "SB 901"))
    world.add(Thing("measure with positions", spoken_on.pk, "SB 902"))
    world.add(Thing("measure to follow", free.pk, "Texas", jurisdictions=_TEXAS))
    relation = MeasureRelation.objects.create(measure=bill, other=free, kind=RelationKind.COMPANION)
    world.add(Thing("relation", relation.pk, "Texas", jurisdictions=_TEXAS))
    _sessions_elsewhere()
    ended_bill = measure("HB 213")
    stepped(ended_bill, Stage.ENACTED, date(2027, 2, 1))
    world.add(Thing("measure", ended_bill.pk, ended_bill.number, is_typical=False))
    _session_over(world, authors["A"])
    for key, author in authors.items():
        _position(world, bill, key, author)
        _followed(world, bill, key, author)
        _spoken(world, spoken_on, key, author)
        _ended(world, ended_bill, key, author)
        _materials(world, key, author)
        gone = tracked(archived, world.places[key].chapter, tier=Tier.ARCHIVE)
        known = {"chapter": key, "jurisdictions": _TEXAS}
        world.add(Thing("archived tracking", gone.pk, key, **known))


def _sessions_elsewhere() -> None:
    """So that everybody who puts measures on record has a session to choose."""
    for place in (state("md", "Maryland"), province("qc", "Quebec", "Québec"), canada()):
        LegislativeSession.objects.create(jurisdiction=place, identifier="now", name=f"{place}, now")


def _session_over(world: World, author: Actor) -> None:
    """Chapter A follows two measures of it: one waits for the sweep, one was confirmed."""
    assert author.user
    place = world.places["A"].chapter
    waiting, confirmed = (measure(number, session="89S") for number in ("HB 891", "HB 892"))
    adjourned(date(2027, 1, 20), session="89S")
    for bill in (waiting, confirmed):
        followed = tracked(bill, place)
        known = {"chapter": "A", "jurisdictions": _TEXAS, "is_typical": False}
        world.add(Thing("tracking", followed.pk, bill.number, **known))
        world.add(Thing("measure", bill.pk, bill.number, is_typical=False))
    Disposition.objects.create(
        measure=confirmed,
        kind=DispositionKind.OTHER,
        adjourned_on=date(2027, 1, 20),
        confirmed_by=author.user,
        confirmed_at=_WRITTEN_AT,
    )
    world.add(Thing("session over", waiting.session_id, "89S", chapter="A"))


def _ended(world: World, bill: Measure, key: str, author: Actor) -> None:
    """What became law, and what came of each chapter's work on it."""
    assert author.user
    chapter, nest = world.places[key].chapter, Nest(f"outcome {key}")
    followed = tracked(bill, chapter)
    recorded = Outcome.objects.create(
        measure=bill, chapter=chapter, contribution="monitored", lessons=nest.text("lessons"),
        thanks=nest.text("thanks"), recorded_on=TODAY, recorded_by=author.user,
    )  # fmt: skip
    world.fields |= nest.fields
    known = {"chapter": key, "jurisdictions": _TEXAS}
    world.add(Thing("tracking", followed.pk, f"{key} ended", is_typical=False, **known))
    world.add(Thing("ended tracking", followed.pk, key, **known))
    world.add(Thing("outcome", recorded.pk, key, words=nest.words, **known))


def _position(world: World, bill: Measure, key: str, author: Actor) -> None:
    chapter, nest = world.places[key].chapter, Nest(f"position {key}")
    row = proposed(
        bill, chapter, Standpoint.OPPOSE, rationale=nest.text("rationale"), proposed_by=author.user
    )
    world.fields |= nest.fields
    known = {"chapter": key, "jurisdictions": _TEXAS, "author": author.name}
    world.add(Thing("position", row.pk, key, words=nest.words, **known))


def _materials(world: World, key: str, author: Actor) -> None:
    assert author.user
    for level in MATERIAL_LEVELS:
        nest = Nest(f"material {key} {level}")
        row = Material.objects.create(
            title=nest.text("title"), kind="fact_sheet", chapter=world.places[key].chapter, confidentiality=level,
            added_on=TODAY, added_by=author.user,
        )  # fmt: skip
        MaterialVersion.objects.create(
            material=row, language="en", number=1, text=nest.text("text"), written_on=TODAY, written_by=author.user
        )  # fmt: skip
        world.fields |= nest.fields
        known = {"chapter": key, "author": author.name, "level": str(level)}
        world.add(Thing("material", row.pk, f"{key} {level}", words=nest.words, **known))


def _spoken(world: World, bill: Measure, key: str, author: Actor) -> None:
    assert author.user
    chapter, nest = world.places[key].chapter, Nest(f"testimony {key}")
    given = Testimony.objects.create(
        measure=bill, position=took(bill, chapter, Standpoint.SUPPORT, author.user), chapter=chapter,
        person=author.user, form="written", side="for", organisation=nest.text("organisation"),
        text=nest.text("text"), was_delivered=True, reception=nest.text("reception"), registered_on=TODAY,
        registered_by=author.user,
    )  # fmt: skip
    world.fields |= nest.fields
    known = {"chapter": key, "jurisdictions": _TEXAS, "author": author.name}
    world.add(Thing("testimony", given.pk, key, words=nest.words, **known))


def _followed(world: World, bill: Measure, key: str, author: Actor) -> None:
    nest = Nest(f"tracking {key}")
    followed = tracked(bill, world.places[key].chapter, why=nest.text("why"))
    world.fields |= nest.fields
    world.add(Thing("tracking", followed.pk, key, words=nest.words, chapter=key, jurisdictions=_TEXAS))
    for level in LEVELS:
        nest = Nest(f"note {key} {level}")
        note = TrackingNote.objects.create(
            tracking=followed,
            author=author.user,
            written_at=_WRITTEN_AT,
            text=nest.text("text"),
            confidentiality=level,
        )
        world.fields |= nest.fields
        known = {"chapter": key, "level": level, "author": author.name, "jurisdictions": _TEXAS}
        world.add(Thing("note", note.pk, f"{key} {level}", words=nest.words, **known))
