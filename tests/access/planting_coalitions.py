"""Plants what is known of partners: sign-on letters, coalitions, grasstops contacts and touches.

Letters of each chapter and of the society are open, signed, and locked with an answer that came late.
"""

from datetime import date, datetime, timedelta
from uuid import uuid4

from advocacy.accounts.models import User
from advocacy.coalitions.actions import coalitions, grasstops, invitations, letters, touches
from advocacy.coalitions.models import Coalition, Grasstops, OrganisationContact, SignOnLetter, Touch
from legislation.models import Measure, Official
from members.models import Chapter
from tests.access.canaries import Nest
from tests.access.world import CHAPTER, LEVELS, RESTRICTED, SHARED, Actor, Keys, Thing, World
from tests.cast import NOW
from tests.factories.letters import DEADLINE, SOFT_DEADLINE, OrganisationFactory

_OVER = datetime.fromisoformat("2027-02-05T22:00:00+00:00")
_ELSEWHERE = {"B": (SHARED,), "C": (CHAPTER,), "D": (RESTRICTED,)}
_BEFORE = _OVER - timedelta(days=2)


def plant_coalitions(world: World, authors: dict[str, Actor]) -> None:
    """`key` empty: the society's own, brought in by staff."""
    contacts = [_partner(world, name) for name in ("invited", "to invite")]
    world.add(Thing("contact to invite", contacts[1].pk, "to invite"))
    for key, author in {**authors, "": world.actors["staff"]}.items():
        for state in ("open", "signed", "locked"):
            _letter(world, key, author, state, contacts[0])
        _coalition(world, key, author)
        # Chapter A has one contact of each level, the others have one more between them.
        for level in LEVELS if key == "A" else _ELSEWHERE.get(key, ()):
            _grasstops(world, key, author, level)


def _partner(world: World, name: str) -> OrganisationContact:
    nest = Nest(f"organisation {name}")
    organisation = OrganisationFactory(name=nest.text("name"), notes=nest.text("notes"))
    contact = OrganisationContact.objects.create(
        organisation=organisation, name=nest.text("contact"), email=nest.address("email")
    )
    world.fields |= nest.fields
    world.add(Thing("organisation", organisation.pk, name, words=nest.words))
    return contact


def _coalition(world: World, key: str, author: Actor) -> None:
    assert author.user
    nest = Nest(f"coalition {key or 'society'}")
    chapter = world.places[key].chapter if key else None
    row = Coalition(
        name=nest.text("name"),
        purpose=nest.text("purpose"),
        rhythm=nest.text("rhythm"),
        chapter=chapter,
        role="lead",
        joined_on=date(2026, 9, 1),
    )
    coalitions.keep(row, by=author.user)
    known = {"chapter": key, "author": author.name, "jurisdictions": _places(world, key)}
    world.fields |= nest.fields
    world.add(Thing("coalition", row.pk, key or "society", words=nest.words, **known))  # type: ignore[arg-type]  # as Thing has them


def _grasstops(world: World, key: str, author: Actor, level: str) -> None:
    """One who can reach the first official, with one touch."""
    assert author.user
    label = f"{key} {level}"
    contact, nest, said = (
        _partner(world, f"of grasstops {label}"),
        Nest(f"grasstops {label}"),
        Nest(f"touch {label}"),
    )
    row = Grasstops(
        contact=contact,
        chapter=world.places[key].chapter,
        notes=nest.text("notes"),
        confidentiality=level,
        starts_on=date(2026, 9, 1),
    )
    grasstops.keep(row, by=author.user, holders=[author.user])
    official = Official.objects.get(pk=next(world.of_kind("official")).pk)
    on = date(2027, 2, 1)
    grasstops.map_influence(row, by=author.user, officials=[official], basis="school", strength=3, on=on)
    touch = Touch(
        grasstops=row,
        chapter=row.chapter,
        kind="call",
        occurred_on=on,
        summary=said.text("summary"),
        confidentiality=level,
    )
    touches.log(touch, by=author.user, form_key=uuid4())
    known = {"chapter": key, "author": author.name, "level": level, "jurisdictions": _places(world, key)}
    world.fields |= nest.fields | said.fields
    thing = world.add(Thing("grasstops contact", row.pk, label, words=nest.words, **known))  # type: ignore[arg-type]  # as Thing has them
    world.add(Thing("touch", touch.pk, label, words=said.words, of=thing, **known))  # type: ignore[arg-type]  # as above


def _places(world: World, key: str) -> Keys:
    """The territory of the chapter, not the country above it."""
    return world.places[key].jurisdictions - {"us", "ca"} if key else frozenset()


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
    known = {
        "chapter": key, "author": author.name, "jurisdictions": _places(world, key), "words": nest.words,
    }  # fmt: skip
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
