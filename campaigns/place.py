"""Where a supporter lives, as far as it decides to whom they write: found once, and carried sealed in the form.

Several districts are possible for many codes. None is picked for anybody: they are shown, and the supporter picks, or
gives an address. The address itself is looked up and forgotten.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.kernel.postal import Address, Fsa, PostalCode, Query, Zip
from legislation.lookup.answer import Answer, Candidate, Group, Note, Why
from legislation.lookup.answering import represent
from legislation.lookup.geocoders.choosing import geocoder_for, is_worth_asking
from legislation.lookup.record import Record
from legislation.models import Chamber, Seat

_SALT = "campaigns.place"
_LASTS = timedelta(hours=12)
_CODES = (Zip, PostalCode, Fsa)
_NOT_IN_THE_TABLES = (Why.UNKNOWN_CODE, Why.NO_TABLE, Why.NO_LINES)


@dataclass(frozen=True)
class Place:
    """The seats somebody votes for, their districts, and the code or the state by which a letter names the place."""

    seats: frozenset[int] = frozenset()
    divisions: tuple[str, ...] = ()
    states: tuple[int, ...] = ()
    country: str = ""
    region: str = ""
    code: str = ""
    town: str = ""


@dataclass(frozen=True)
class Located:
    """`open` are the chambers whose district is not certain and matters; `remarks` say what is not known."""

    place: Place
    open: list[Group]
    remarks: list[str]
    is_found: bool


def locate(
    query: Query,
    *,
    day: date,
    wanted: Collection[int],
    picks: Mapping[int, int],
    may_ask: bool = True,
) -> Located:
    """`wanted` are the seats the campaign writes to; `picks` the districts the supporter picked, by chamber."""
    record = Record(day, get_language())
    answer = represent(query, day=day, record=record)
    if may_ask and is_worth_asking(query, answer):
        geocoder = geocoder_for(query, answer.country)
        answer = represent(query, day=day, geocoder=geocoder, record=record)
    chosen = {id(group): _chosen(group, picks) for group in answer.groups}
    matters = set(wanted)
    unsettled = [
        group
        for group in answer.groups
        if chosen[id(group)] is None and matters & {seat for one in group.candidates for seat in _seats(one)}
    ]
    settled = [one for ones in chosen.values() for one in ones or []]
    texts = [_said(note, query) for note in answer.notes if note.why != Why.AMBIGUOUS]
    asked = set(Seat.objects.filter(pk__in=matters).values_list("chamber", flat=True))
    texts += [_unknown(one.chamber) for one in answer.unknown if one.chamber and one.chamber.pk in asked]
    return Located(_place(query, answer, settled), unsettled, texts, answer.is_found)


def _chosen(group: Group, picks: Mapping[int, int]) -> list[Candidate] | None:
    """The district, or that nobody knows it (an empty list); None where it is still open."""
    if not group.is_ambiguous:
        return group.candidates
    pick = picks.get(group.chamber.pk if group.chamber else 0)
    if pick is None:
        return None
    return [one for one in group.candidates if one.division.pk == pick]


def _said(note: Note, query: Query) -> str:
    """A colleague may choose a district by hand; here nobody can, so the advice is another."""
    if note.why in _NOT_IN_THE_TABLES:
        return _(
            "We do not know the place “%(place)s”. Check it, or enter a street address with its city."
        ) % {"place": query}
    return note.text


def _unknown(chamber: Chamber) -> str:
    words = _("%(chamber)s: we cannot tell which district is yours, so nobody there is written to.")
    return words % {"chamber": chamber}


def _seats(candidate: Candidate) -> list[int]:
    return [office.place.seat.pk for office in candidate.offices]


def _place(query: Query, answer: Answer, settled: list[Candidate]) -> Place:
    code = query.code if isinstance(query, Address) else query
    spelled = code.code if isinstance(code, _CODES) else ""
    state = answer.states[0] if len(answer.states) == 1 else None
    return Place(
        seats=frozenset(seat for one in settled for seat in _seats(one)),
        divisions=tuple(sorted({one.division.ocd_id for one in settled})),
        states=tuple(one.pk for one in answer.states),
        country=answer.country,
        region=state.abbreviation[:2] if state else "",
        code=spelled,
        town=str(code) if spelled else str(state or query)[:100],
    )


def sealed(place: Place, campaign_id: int) -> str:
    """For the form: what was looked up, so that nobody writes as a constituent of somebody else's district."""
    data = [
        campaign_id,
        sorted(place.seats),
        place.divisions,
        place.states,
        place.country,
        place.region,
        place.code,
        place.town,
    ]
    return signing.dumps(data, salt=_SALT, compress=True)


def opened(seal: str, campaign_id: int) -> Place | None:
    """None for what is forged, from another campaign, or so old that districts may have changed."""
    try:
        owner, seats, divisions, states, *rest = signing.loads(seal, salt=_SALT, max_age=_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if owner != campaign_id:
        return None
    return Place(frozenset(seats), tuple(divisions), tuple(states), *rest)
