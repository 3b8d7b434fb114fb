"""Where somebody who comes is a constituent: looked up once, carried sealed in the form, and kept as districts alone.

Several districts are possible for many codes. None is picked for anybody: they pick, give an address, or are put down
without. Only the chambers of the event's own jurisdiction are asked about; what is certain elsewhere is kept too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core import signing
from django.utils.translation import get_language

from advocacy.accounts.models import User
from advocacy.events.actions.registrations import Districts
from advocacy.events.models import AdvocacyEvent
from advocacy.kernel.postal import Query
from legislation.lookup.answer import Answer, Candidate, Group, Why
from legislation.lookup.answering import represent
from legislation.lookup.geocoders.choosing import geocoder_for, is_worth_asking
from legislation.lookup.record import Record
from legislation.models import Division
from members.actions import saved_places

_SALT = "events.constituency"
_LASTS = timedelta(hours=12)


@dataclass(frozen=True)
class Located:
    """`open` are the chambers of the event whose district is not certain; `remarks` say what is not known."""

    districts: Districts
    open: list[Group] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    may_ask: bool = False

    @property
    def is_settled(self) -> bool:
        return bool(self.districts.rows) and not self.open


def locate(query: Query, event: AdvocacyEvent, *, day: date, picks: Mapping[int, int], ask: bool) -> Located:
    """`picks` are the districts that were picked, by chamber: 0 where somebody does not know. `ask`: a geocoder too."""
    record = Record(day, get_language())
    answer = represent(query, day=day, record=record)
    is_worth_it = is_worth_asking(query, answer)
    if ask and is_worth_it and (geocoder := geocoder_for(query, answer.country)):
        answer = represent(query, day=day, geocoder=geocoder, record=record)
    rows, unsettled = [], []
    for group in answer.districts:
        chosen = _chosen(group, picks)
        if chosen is not None and group.chamber:
            rows.append((group.chamber.jurisdiction_id, str(group.chamber.code), chosen.division.pk))
        elif group.chamber and _is_open(group, event, picks):
            unsettled.append(group)
    remarks = [note.text for note in answer.notes if note.why != Why.AMBIGUOUS]
    districts = Districts(str(answer.method), tuple(rows))
    return Located(districts, unsettled, remarks, may_ask=is_worth_it and not ask)


def _chosen(group: Group, picks: Mapping[int, int]) -> Candidate | None:
    if not group.is_ambiguous:
        return group.candidates[0] if group.candidates else None
    pick = picks.get(group.chamber.pk if group.chamber else 0)
    return next((one for one in group.candidates if one.division.pk == pick), None)


def _is_open(group: Group, event: AdvocacyEvent, picks: Mapping[int, int]) -> bool:
    """Not known, and of the kind that this day meets: unless they said that they do not know it either."""
    chamber = group.chamber
    return bool(chamber and chamber.jurisdiction_id == event.jurisdiction_id and picks.get(chamber.pk) != 0)


def of_saved_place(user: User, day: date) -> Districts | None:
    """The districts somebody had remembered for themselves, as far as their lines still hold."""
    mine = saved_places.my_officials(user, day, get_language())
    return from_answer(mine.answer) if mine and mine.answer.districts else None


def from_answer(answer: Answer) -> Districts:
    rows = [
        (group.chamber.jurisdiction_id, str(group.chamber.code), group.candidates[0].division.pk)
        for group in answer.districts
        if group.chamber and len(group.candidates) == 1
    ]
    return Districts(str(answer.method), tuple(rows))


def names_of(districts: Districts) -> list[str]:
    found = Division.objects.in_bulk([division for _jurisdiction, _chamber, division in districts.rows])
    return [str(found[division]) for _jurisdiction, _chamber, division in districts.rows if division in found]


def sealed(districts: Districts, event: AdvocacyEvent) -> str:
    """For the form: what was looked up, so that nobody is made a constituent of somebody else's district."""
    return signing.dumps([event.pk, districts.method, districts.rows], salt=_SALT, compress=True)


def opened(seal: str, event: AdvocacyEvent) -> Districts | None:
    """None for what is forged, from another event, or so old that lines may have changed."""
    try:
        owner, method, rows = signing.loads(seal, salt=_SALT, max_age=_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if owner != event.pk:
        return None
    return Districts(method, tuple((int(one), str(two), int(three)) for one, two, three in rows))
