"""Remembering where somebody is a constituent, and forgetting it again. Only the person themself does either."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.lookup.answer import Answer, Method
from legislation.lookup.answering import answer_of
from legislation.lookup.geocoders.census import sitting_congress
from legislation.lookup.record import Record
from legislation.models import MapEdition
from members.models import SavedDistrict, SavedPlace

_SALT = "members.saved_places"
_HOURS_OPEN = 12
_CONGRESS = "cd"


class CannotRemember(Exception):
    """This look-up cannot be remembered. The words say why."""


def ticket(answer: Answer, *, by: User) -> str:
    """What the page hands over to be remembered: signed districts, nothing that was typed, and for this person only.

    Empty where there is nothing certain to remember.
    """
    if answer.is_ambiguous or not answer.found:
        return ""
    rows = [
        [one.edition.pk, one.edition.key, one.edition.name, *one.chamber, one.division_id]
        for one in answer.found
    ]
    return signing.dumps(
        {"who": by.pk, "method": str(answer.method), "rows": rows}, salt=_SALT, compress=True
    )


@transaction.atomic
def remember(sealed: str, *, by: User, basis: str, now: datetime, street_address: str = "") -> SavedPlace:
    """Keep the districts of a look-up in place of those kept before. Raises CannotRemember.

    `street_address` is kept only where they asked for it. The audit trail never holds it, nor the districts.
    """
    content = _opened(sealed, by)
    if street_address and content["method"] != Method.ADDRESS:
        street_address = ""
    SavedPlace.objects.filter(person=by).delete()
    place = SavedPlace.objects.create(
        person=by,
        basis=basis,
        method=content["method"],
        remembered_on=by.today(now),
        consented_at=now,
        street_address=street_address,
    )
    editions = set(
        MapEdition.objects.filter(pk__in=[row[0] for row in content["rows"]]).values_list("pk", flat=True)
    )
    for edition, key, name, jurisdiction, chamber_code, division in content["rows"]:
        SavedDistrict.objects.create(
            place=place,
            jurisdiction_id=jurisdiction,
            chamber_code=chamber_code,
            division_id=division,
            edition_id=edition if edition in editions else None,
            edition_key=key[:80],
            edition_name=name[:120],
        )
    kept = {"street address": ["", "yes" if street_address else "no"]}
    trail.record(by=by, verb="remembered where they are a constituent", of=place, changes=kept)
    return place


@transaction.atomic
def forget(*, by: User) -> bool:
    """Delete the saved place and everything in it. False when there is none."""
    place = SavedPlace.objects.select_for_update().filter(person=by).first()
    if place is None:
        return False
    trail.record(by=by, verb="had their place forgotten", of=place)
    place.delete()
    return True


def _opened(sealed: str, by: User) -> dict[str, Any]:
    try:
        content: dict[str, Any] = signing.loads(sealed, salt=_SALT, max_age=_HOURS_OPEN * 3600)
    except signing.BadSignature as problem:
        raise CannotRemember(
            _("This look-up is too old to be remembered. Look up the place again.")
        ) from problem
    if content["who"] != by.pk:
        raise CannotRemember(_("Somebody else made this look-up. Look up the place again."))
    return content


@dataclass(frozen=True)
class MyOfficials:
    """A saved place as of today. `outdated`: districts whose lines have changed since; they name nobody any more."""

    place: SavedPlace
    answer: Answer
    outdated: list[SavedDistrict]


def my_officials(user: User, day: date, language: str | None) -> MyOfficials | None:
    """Who represents somebody at the place they had remembered. Old lines never answer for today."""
    place = SavedPlace.objects.visible_to(user).first()
    if place is None:
        return None
    record = Record(day, language)
    districts = list(place.districts.select_related("division", "edition").order_by("pk"))
    outdated = [one for one in districts if is_outdated(one, record, place.remembered_on)]
    answer = answer_of(
        [one.found() for one in districts if one not in outdated],
        record=record,
        query=str(place),
        country="",
        method=place.method,
        notes=[],
    )
    return MyOfficials(place, answer, outdated)


def is_outdated(district: SavedDistrict, record: Record, remembered_on: date) -> bool:
    """Whether the lines have changed since: then the district says nothing about today."""
    key = district.edition_key
    if key.startswith(_CONGRESS) and key[2:].isdecimal() and int(key[2:]) != sitting_congress(record.day):
        return True
    lines = record.lines_of(district.jurisdiction_id, district.chamber_code)
    return district.is_outdated(lines.edition.valid_from if lines else None, record.day, remembered_on)
