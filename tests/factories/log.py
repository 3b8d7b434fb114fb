"""Officials to meet, and contacts with them. `logged(by=cast.dana, with_=[reyes])` goes through the real action."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.interactions.actions import contacts
from advocacy.interactions.entry import Entry, Facts, Met
from advocacy.interactions.models import Interaction, Kind, Level, Purpose
from advocacy.positions.models import Issue
from legislation.models import (
    Chamber,
    ChamberCode,
    Jurisdiction,
    LegislativeSession,
    Measure,
    Official,
    Seat,
    Tenure,
)
from members.access import chapter_logged_for_first
from members.models import Chapter
from tests.factories.people import state

SEATED = date(2025, 1, 14)


def seat_in(jurisdiction: Jurisdiction, district: str, code: str = ChamberCode.LOWER) -> Seat:
    name = "House" if code == ChamberCode.LOWER else "Senate"
    chamber, _ = Chamber.objects.get_or_create(
        jurisdiction=jurisdiction, code=code, defaults={"name": f"{jurisdiction.name} {name}"}
    )
    return Seat.objects.create(chamber=chamber, district=district, label=f"{chamber.name} {district}")


def official_in(seat: Seat, name: str, starts_on: date = SEATED, ends_on: date | None = None) -> Official:
    given, _, family = name.rpartition(" ")
    official = Official.objects.create(name=name, given_name=given, family_name=family)
    Tenure.objects.create(official=official, seat=seat, starts_on=starts_on, ends_on=ends_on)
    return official


def alma_reyes() -> Official:
    """Rep. Alma Reyes, Texas House 131."""
    return official_in(seat_in(state("tx", "Texas"), "131"), "Alma Reyes")


def hb_210() -> Measure:
    session = LegislativeSession.objects.create(
        jurisdiction=state("tx", "Texas"), identifier="90R", name="90th Regular Session"
    )
    return Measure.objects.create(session=session, number="HB 210", title_en="Health data exchange")


def interoperability() -> Issue:
    issue, _ = Issue.objects.get_or_create(title_en="Interoperability")
    return issue


def entry_by(
    author: User, officials: Sequence[Official], *, chapter: Chapter | None = None, **changes: Any
) -> Entry:
    """A complete report of a meeting today with these officials' staff, with anything changed by name."""
    home = chapter or chapter_logged_for_first(author)
    assert home is not None
    facts = Facts(
        kind=Kind.MEETING_IN_PERSON,
        occurred_on=author.today(timezone.now()),
        chapter=home,
        zone=author.time_zone,
        purpose=Purpose.POLICY,
        summary="Walked through the data exchange bill.",
        discussed_specific_legislation=True,
    )
    entry = Entry(
        facts=facts,
        officials=officials,
        met=[Met(level=Level.POLICY_STAFF, name="Kim Ito")],
        our_people=[author],
        issues=[interoperability()],
    )
    of_facts = {name: changes.pop(name) for name in list(changes) if name in Facts.__dataclass_fields__}
    return replace(entry, facts=replace(facts, **of_facts), **changes)


def logged(
    by: User, officials: Sequence[Official], *, chapter: Chapter | None = None, **changes: Any
) -> Interaction:
    entry = entry_by(by, officials, chapter=chapter, **changes)
    interaction, _ = contacts.log(by=by, entry=entry, form_key=uuid4(), now=timezone.now())
    return interaction
