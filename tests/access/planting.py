"""Builds the canary world in the database: everybody, and of everything one for each chapter, level and state."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from advocacy.accounts.models import User
from members.actions.invitations import token_of
from members.models import Chapter, Invitation, Role
from tests.access.canaries import Nest
from tests.access.planting_alerts import plant_alerts
from tests.access.planting_api import plant_api
from tests.access.planting_campaigns import plant_campaigns
from tests.access.planting_coalitions import plant_coalitions
from tests.access.planting_events import plant_events
from tests.access.planting_leavers import plant_leavers
from tests.access.planting_log import plant_log
from tests.access.planting_mail import plant_mail
from tests.access.planting_measures import plant_measures
from tests.access.planting_meetings import plant_meetings
from tests.access.planting_months import plant_months
from tests.access.planting_positions import plant_positions
from tests.access.planting_reports import plant_reports
from tests.access.planting_requests import plant_requests
from tests.access.planting_research import plant_research
from tests.access.planting_stances import plant_stances
from tests.access.world import Actor, Held, Keys, Place, Thing, World
from tests.cast import Cast, furnish, person
from tests.factories.maps import division
from tests.factories.people import TERM_START, RoleAssignmentFactory, UserFactory, state, with_second_factor

A_DISTRICT = "ocd-division/country:us/state:tx/sldl:131"
_REGION = "Southern"
_KNOWN = {"member A", "advocate A, author", "advocate B", "vice chair", "staff", "deactivated"}
_AUTHOR_OF = {"A": "advocate A, author", "B": "advocate B", "C": "advocate C", "D": "advocate D"}


def plant() -> World:
    cast, world = furnish(), World()
    _places(world, cast)
    for actor in _actors(cast):
        world.actors[actor.name] = _with_reach(actor, world)
    _colleagues(world)
    _people(world)
    _chapters(world, cast)
    authors = {key: world.actors[name] for key, name in _AUTHOR_OF.items()}
    plant_log(world, authors)
    plant_leavers(world)
    plant_requests(world, authors)
    plant_reports(world)
    plant_mail(world)
    plant_meetings(world)
    plant_api(world)
    plant_positions(world, authors)
    plant_coalitions(world, authors)
    plant_research(world, authors)
    plant_measures(world)
    plant_stances(world, authors)
    plant_alerts(world)
    plant_months(world, authors)
    plant_campaigns(world, authors)
    plant_events(world, authors)
    _invitations(world)
    division(A_DISTRICT, state("tx", "Texas"))
    return world


def _places(world: World, cast: Cast) -> None:
    for key, chapter, jurisdictions in (
        ("A", cast.gulf_prairie, {"tx", "us"}),
        ("B", cast.hill_country, {"tx", "us"}),
        ("C", cast.three_capitals, {"dc", "md", "va", "us"}),
        ("D", cast.saint_laurent, {"qc", "ca"}),
    ):
        world.places[key] = Place(key, chapter, chapter.region.name, frozenset(jurisdictions))


def _actors(cast: Cast) -> Iterable[Actor]:
    advocate, gone = Role.ADVOCATE, Role.ADVOCATE
    yield Actor("anonymous", session="none")
    yield Actor("expired session", _advocate_a("Erin Away"), (Held(advocate, "A"),), session="expired")
    yield Actor("without a role", person("Nina Newcomer"))
    yield Actor("former advocate A", cast.former, (Held(gone, "A", is_in_force=False),))
    yield Actor("member A", cast.sam, (Held(Role.MEMBER, "A"),))
    yield Actor("volunteer A", cast.priya, (Held(Role.VOLUNTEER, "A"),))
    yield Actor("advocate A, author", cast.dana, (Held(advocate, "A"),))
    yield Actor("advocate A, colleague", _advocate_a("Omar Second"), (Held(advocate, "A"),))
    yield Actor("advocate B", cast.luis, (Held(advocate, "B"),))
    yield Actor("advocate C", cast.ruth, (Held(advocate, "C"),))
    yield Actor("advocate D", cast.elise, (Held(advocate, "D"),))
    yield Actor("president A", cast.chris, (Held(Role.PRESIDENT, "A"),))
    yield Actor("vice chair", cast.tom, (Held(Role.VICE_CHAIR, _REGION),))
    yield Actor("lead", cast.angela, (Held(Role.LEAD),), has_second_step=True)
    yield Actor("staff", cast.jordan, (Held(Role.STAFF),), has_second_step=True)
    yield Actor("staff without a second step", _staff("Sky Onestep"), (Held(Role.STAFF),))
    root = with_second_factor(UserFactory(full_name="Root Account", is_superuser=True))
    yield Actor("superuser", root, is_superuser=True, has_second_step=True)
    yield Actor("deactivated", _advocate_a("Drew Closed"), (Held(advocate, "A"),), is_active=False)
    # In the world, at no browser of the matrix: those whom the others meet in lists.
    yield Actor("president B", cast.pat, (Held(Role.PRESIDENT, "B"),), session="none")
    yield Actor("advocate elsewhere in Canada", cast.noor, (Held(advocate, "elsewhere"),), session="none")


def _advocate_a(name: str) -> User:
    held = RoleAssignmentFactory(person=person(name), role=Role.ADVOCATE, chapter=_gulf_prairie())
    return held.person


def _gulf_prairie() -> Chapter:
    return Chapter.objects.get(slug="gulf-prairie")


def _staff(name: str) -> User:
    return RoleAssignmentFactory(person=person(name), role=Role.STAFF).person


def _with_reach(actor: Actor, world: World) -> Actor:
    """Fill in which jurisdictions and chapters the roles lead to, from the facts of the places."""
    shares: Keys = frozenset().union(
        *(world.places[key].jurisdictions for key in actor.advocate_of if key in world.places)
    )
    regions = actor.chapters_as(Role.VICE_CHAIR)
    in_region = frozenset(key for key, place in world.places.items() if place.region in regions)
    return Actor(**{**vars(actor), "shares": shares, "region_chapters": in_region})


def _colleagues(world: World) -> None:
    """People who only appear in directories, with an address that is a canary."""
    held = [(Role.VOLUNTEER, key) for key in "ABCD"] + [(Role.MEMBER, key) for key in "ABD"]
    for role, key in [*held, (Role.ADVOCATE, "B")]:
        _colleague(world, f"{role.label} {key}", key, role)
    _colleague(world, "closed volunteer", "A", Role.VOLUNTEER, is_active=False)
    _colleague(world, "former member", "A", Role.MEMBER, is_in_force=False)


def _colleague(
    world: World, label: str, key: str, role: Role, *, is_active: bool = True, is_in_force: bool = True
) -> None:
    nest = Nest(f"person {label}")
    user = UserFactory(
        email=nest.address("email"), full_name=f"Colleague {nest.word('name')}", is_active=is_active
    )
    ends_on = None if is_in_force else TERM_START + timedelta(days=30)
    RoleAssignmentFactory(person=user, role=role, chapter=world.places[key].chapter, ends_on=ends_on)
    world.fields |= nest.fields
    roles = (Held(role, key, is_in_force),)
    world.add(Thing("person", user.pk, label, words=nest.words, roles=roles, is_active=is_active))


def _people(world: World) -> None:
    for actor in world.actors.values():
        if actor.user is not None:
            pk = actor.user.pk
            known = {"roles": actor.roles, "is_active": actor.is_active, "is_typical": actor.name in _KNOWN}
            world.add(Thing("person", pk, actor.name, **known))


def _chapters(world: World, cast: Cast) -> None:
    for place in world.places.values():
        nest = Nest(f"chapter {place.key}")
        place.chapter.legal_name = nest.text("legal name")
        place.chapter.tax_number = nest.word("tax number")
        place.chapter.save()
        world.fields |= nest.fields
        slug, pk = place.chapter.slug, place.chapter.pk
        world.add(Thing("chapter", pk, place.key, slug=slug, chapter=place.key))
        world.add(Thing("legal facts", pk, place.key, words=nest.words, chapter=place.key))
    world.add(Thing("team", cast.texas_team.pk, "Texas team"))


def _invitations(world: World) -> None:
    in_chapters = [(Role.MEMBER, key) for key in world.places]
    for role, key in [*in_chapters, (Role.VOLUNTEER, "A"), (Role.VICE_CHAIR, ""), (Role.STAFF, "")]:
        _invitation(world, role, key)
    _invitation(world, Role.ADVOCATE, "A", is_expired=True)


def _invitation(world: World, role: Role, key: str, *, is_expired: bool = False) -> None:
    label, now = f"{role} {key}".strip(), timezone.now()
    nest = Nest(f"invitation {label}")
    place = world.places.get(key)
    row = Invitation.objects.create(
        email=nest.address("email"),
        full_name=f"Guest {nest.word('name')}",
        role=role,
        chapter=place.chapter if place else None,
        region=world.places["A"].chapter.region if role == Role.VICE_CHAIR else None,
        starts_on=TERM_START,
        invited_by=world.actors["staff"].user,
        invited_at=now - timedelta(days=20 if is_expired else 1),
        expires_at=now + timedelta(days=-6 if is_expired else 13),
    )
    world.fields |= nest.fields
    world.add(Thing("invitation", row.pk, label, words=nest.words, chapter=key, token=token_of(row)))
