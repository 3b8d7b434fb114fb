"""Coalitions, grasstops contacts and touches: `touched(contact, on=date(2027, 2, 1))` goes through the real action."""

from datetime import date
from typing import Any
from uuid import uuid4

from advocacy.accounts.models import User
from advocacy.coalitions.actions import coalitions, grasstops, touches
from advocacy.coalitions.models import (
    Coalition,
    Grasstops,
    Influence,
    OrganisationContact,
    PartnerPosition,
    Touch,
)
from advocacy.interactions.models import Basis
from legislation.models import Measure, Official
from members.models import Chapter
from tests.cast import TODAY, Cast
from tests.factories.letters import OrganisationFactory

JOINED = date(2026, 9, 1)


def coalition_of(
    cast: Cast, name: str = "Telehealth Alliance", *, by: User | None = None, **fields: Any
) -> Coalition:
    """One that a partner leads and Dana keeps for Gulf Prairie."""
    known: dict[str, Any] = {"chapter": cast.gulf_prairie, "role": "member", "joined_on": JOINED}
    measures = fields.pop("measures", ())
    if fields.get("role") != "lead":
        known["lead"] = OrganisationFactory()
    row = Coalition(name=name, **(known | fields))
    return coalitions.keep(row, by=by or cast.dana, measures=measures)


def grasstop(
    cast: Cast,
    name: str = "Robin Vale",
    *,
    by: User | None = None,
    chapter: Chapter | None = None,
    **fields: Any,
) -> Grasstops:
    """Somebody at an organisation of their own whom Dana put on record for Gulf Prairie on 1 September."""
    person = by or cast.dana
    organisation = OrganisationFactory(name=f"Office of {name}")
    contact = OrganisationContact.objects.create(organisation=organisation, name=name)
    known = {"contact": contact, "chapter": chapter or cast.gulf_prairie, "starts_on": JOINED}
    return grasstops.keep(Grasstops(**(known | fields)), by=person, holders=[person])


def reaches(
    contact: Grasstops,
    official: Official,
    strength: int = 3,
    *,
    basis: str = Basis.PROFESSIONAL,
    on: date = TODAY,
) -> Influence:
    grasstops.map_influence(
        contact, by=contact.added_by, officials=[official], basis=basis, strength=strength, on=on
    )
    return Influence.objects.get(grasstops=contact, official=official)


def touched(subject: Any, *, by: User, on: date = TODAY, **fields: Any) -> Touch:
    """A call with a contact, an organisation or a coalition, for the chapter that the person logs for first."""
    about = type(subject).__name__.lower()
    known = {about: subject, "kind": "call", "occurred_on": on, "chapter": _chapter_of(subject, by)}
    touch, _is_new = touches.log(Touch(**(known | fields)), by=by, form_key=uuid4())
    return touch


def _chapter_of(subject: Any, by: User) -> Chapter:
    known = getattr(subject, "chapter", None)
    return known or by.roles.exclude(chapter=None).earliest("pk").chapter


def says(
    holder: Any, about: Measure, position: str = "support", *, by: User, on: date = TODAY
) -> PartnerPosition:
    kind = type(holder).__name__.lower()
    row = PartnerPosition(
        **{kind: holder}, measure=about, position=position, said_on=on, source="Their letter"
    )
    return coalitions.record_position(row, by=by)
