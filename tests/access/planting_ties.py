"""Plants who keeps in touch with whom in the canary world, and what people say about whom they know."""

from dataclasses import replace
from datetime import timedelta

from advocacy.interactions.actions import surveys
from advocacy.interactions.models import Basis, KeyContact, SurveyAnswer
from legislation.models import Official
from tests.access.world import DRAFT, SENT, Thing, World
from tests.cast import TODAY


def plant_ties(world: World, officials: dict[str, list[Official]]) -> None:
    _key_contacts(world, officials)
    _asking_key_contact(world, officials)
    _survey_answers(world, officials)


def _key_contacts(world: World, officials: dict[str, list[Official]]) -> None:
    for key, name in (("A", "advocate A, author"), ("B", "advocate B"), ("D", "advocate D")):
        row = KeyContact.objects.create(
            person=world.actors[name].user,
            official=officials[key][0],
            chapter=world.places[key].chapter,
            starts_on=TODAY - timedelta(days=200),
        )
        world.add(Thing("key contact", row.pk, key, owner=name, chapter=key))
        met = next(thing for thing in world.of_kind("official") if thing.pk == row.official_id)
        world.things[world.things.index(met)] = replace(met, took_part=met.took_part | {name})


def _asking_key_contact(world: World, officials: dict[str, list[Official]]) -> None:
    """A volunteer's tie with 131, made for the seat that 132 holds now."""
    here, next_door = officials["A"]
    row = KeyContact.objects.create(
        person=world.actors["volunteer A"].user,
        official=here,
        seat=next_door.tenures.get().seat,
        chapter=world.places["A"].chapter,
        starts_on=TODAY - timedelta(days=200),
    )
    world.add(Thing("key contact that asks", row.pk, "A", owner="volunteer A", chapter="A"))
    met = next(thing for thing in world.of_kind("official") if thing.pk == here.pk)
    world.things[world.things.index(met)] = replace(met, took_part=met.took_part | {"volunteer A"})


def _survey_answers(world: World, officials: dict[str, list[Official]]) -> None:
    """What people of each chapter say about whom they know: one answer sent, and one still a draft."""
    for key, name in (("A", "member A"), ("B", "advocate B"), ("D", "advocate D")):
        person = world.actors[name].user
        assert person is not None
        for number, official in enumerate(officials[key]):
            surveys.add(
                by=person,
                chapter=world.places[key].chapter,
                known=[(official, None)],
                basis=Basis.SCHOOL,
                strength=3,
                calls_within_a_day=False,
                on=TODAY,
            )
            if number == 0:
                surveys.send(by=person, on=TODAY)
            state = SENT if number == 0 else DRAFT
            answer = SurveyAnswer.objects.get(survey__person=person, official=official)
            world.add(
                Thing("survey answer", answer.pk, f"{key} {state}", chapter=key, state=state, owner=name)
            )
