"""Plants sign-on letters of each chapter and of the society: open, signed, and locked with an answer that came late."""

from datetime import date, datetime, timedelta

from advocacy.accounts.models import User
from advocacy.coalitions.actions import invitations, letters
from advocacy.coalitions.models import OrganisationContact, SignOnLetter
from legislation.models import Measure
from members.models import Chapter
from tests.access.canaries import Nest
from tests.access.world import Actor, Keys, Thing, World
from tests.cast import NOW
from tests.factories.letters import DEADLINE, SOFT_DEADLINE, OrganisationFactory

_OVER = datetime.fromisoformat("2027-02-05T22:00:00+00:00")
_BEFORE = _OVER - timedelta(days=2)


def plant_coalitions(world: World, authors: dict[str, Actor]) -> None:
    """`key` empty: the society's own, brought in by staff."""
    contacts = [_partner(world, name) for name in ("invited", "to invite")]
    world.add(Thing("contact to invite", contacts[1].pk, "to invite"))
    for key, author in {**authors, "": world.actors["staff"]}.items():
        for state in ("open", "signed", "locked"):
            _letter(world, key, author, state, contacts[0])


def _partner(world: World, name: str) -> OrganisationContact:
    nest = Nest(f"organisation {name}")
    organisation = OrganisationFactory(name=nest.text("name"), notes=nest.text("notes"))
    contact = OrganisationContact.objects.create(
        organisation=organisation, name=nest.text("contact"), email=nest.address("email")
    )
    world.fields |= nest.fields
    world.add(Thing("organisation", organisation.pk, name, words=nest.words))
    return contact


def _letter(world: World, key: str, author: Actor, state: str, contact: OrganisationContact) -> None:
    assert author.user
    label = f"{key or 'society'} {state}"
    nest, is_over = Nest(f"sign-on letter {label}"), state == "locked"
    chapter = world.places[key].chapter if key else None
    letter = letters.bring_in(
        by=author.user,
        title=nest.text("title"),
        text=nest.text("text"),
        agency=nest.text("agency"),
        chapter=chapter,
        received_on=date(2027, 2, 1),
        soft_deadline_at=_BEFORE if is_over else SOFT_DEADLINE,
        hard_deadline_at=_OVER if is_over else DEADLINE,
        measure=Measure.objects.get(number="HB 210") if state == "open" else None,
    )
    world.fields |= nest.fields
    # The territory of the chapter, not the country above it.
    places: Keys = world.places[key].jurisdictions - {"us", "ca"} if key else frozenset()
    known = {"chapter": key, "author": author.name, "jurisdictions": places, "words": nest.words}
    world.add(Thing("sign-on letter", letter.pk, label, **known))  # type: ignore[arg-type]  # as Thing has them
    world.add(Thing(f"{state} letter", letter.pk, label, **known))  # type: ignore[arg-type]  # as above
    if state != "open":
        _signed(world, letter, author.user, chapter, at=_BEFORE if is_over else NOW)
        _asked(world, letter, author.user, contact, known, at=_BEFORE if is_over else NOW)


def _signed(
    world: World, letter: SignOnLetter, author: User, chapter: Chapter | None, *, at: datetime
) -> None:
    staff, lead = world.actors["staff"].user, world.actors["lead"].user
    by = lead if chapter is None else staff
    assert by
    letters.decide(letter, by=by, now=at, decision="sign", signed_as="Society for Health Data")


def _asked(
    world: World,
    letter: SignOnLetter,
    author: User,
    contact: OrganisationContact,
    known: dict[str, object],
    *,
    at: datetime,
) -> None:
    (made,) = invitations.invite(letter, by=author, now=at, contacts=[contact])
    if letter.is_over(NOW):
        world.add(Thing("late invitation", made.pk, f"late {letter.pk}", **known))  # type: ignore[arg-type]  # as Thing has them
