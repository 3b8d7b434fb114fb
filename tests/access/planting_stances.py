"""Plants where officials stand: noted at each level for each chapter; and promises that the public record settled."""

from advocacy.interactions.models import Ask, OfficialStance, Proof, Stance, StanceEvidence
from advocacy.interactions.models.proof import ProofState
from legislation.models import Measure, Official, Sponsorship
from tests.access.canaries import Nest
from tests.access.world import LEVELS, LOGGED, Actor, Thing, World
from tests.cast import NOW, TODAY

_TEXAS = frozenset({"tx"})


def plant_stances(world: World, authors: dict[str, Actor]) -> None:
    bill = Measure.objects.get(number="HB 210")
    members = [Official.objects.get(pk=world.one("official", district).pk) for district in ("131", "132")]
    world.add(Thing("measure with members", bill.pk, "HB 210", member=members[0].pk))
    for key, author in authors.items():
        for level in LEVELS:
            _noted(world, bill, members[0], key, level, author)
    name = Sponsorship.objects.create(
        measure=bill, official=members[1], name="Second", role="cosponsor", on=TODAY
    )
    for key in ("A", "B"):
        for level in LEVELS:
            _proved(world, name, world.one("interaction", f"{key} {level} {LOGGED}"))


def _noted(world: World, bill: Measure, member: Official, key: str, level: str, author: Actor) -> None:
    assert author.user
    nest = Nest(f"stance {key} {level}")
    row = OfficialStance.objects.create(
        official=member,
        measure=bill,
        stance=Stance.LEAN_YES,
        evidence=StanceEvidence.VIA_STAFF,
        as_of=TODAY,
        noted_by=author.user,
        chapter=world.places[key].chapter,
        confidentiality=level,
        source=nest.text("source"),
    )
    world.fields |= nest.fields
    known = {"chapter": key, "level": level, "author": author.name, "jurisdictions": _TEXAS}
    world.add(Thing("stance", row.pk, f"{key} {level}", words=nest.words, **known))


def _proved(world: World, name: Sponsorship, record: Thing) -> None:
    """They agreed to cosponsor, and did."""
    nest = Nest(f"proof {record.label}")
    ask = Ask.objects.create(
        interaction_id=record.pk,
        official=name.official,
        measure=name.measure,
        kind="cosponsor",
        response="agreed",
        text=nest.text("ask"),
    )
    proof = Proof.objects.create(
        ask=ask, sponsorship=name, state=ProofState.KEPT, shown_on=TODAY, found_at=NOW
    )
    world.fields |= nest.fields
    world.add(Thing("proof", proof.pk, record.label, words=nest.words, level=record.level, of=record))
