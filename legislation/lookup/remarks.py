"""What an answer says beside its districts: how sure it is, what it does not know, and what to do then."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.kernel.postal import Code, Point, Zip
from legislation.lookup.answer import Method, Note, Why
from legislation.lookup.code_places import beginning_of, places_of
from legislation.lookup.record import Lines
from legislation.models import Chamber, Jurisdiction
from legislation.models.public_record import in_language

# The first three digits of the ZIP codes of military and diplomatic mail: the Americas, Europe, the Pacific.
_MILITARY = {"340", *(f"{number:03}" for number in range(90, 99)), *map(str, range(962, 967))}
_TERRITORIES = {
    "008": "U.S. Virgin Islands",
    "96799": "American Samoa",
    "969": "Guam, the Northern Mariana Islands or the Pacific",
}


def ambiguous(method: str) -> Note:
    if method in (Method.ZIP, Method.ZIP4):
        text = _("This ZIP code crosses district lines. A street address tells which district it is.")
    elif method in (Method.POSTAL_CODE, Method.FSA):
        text = _(
            "This code crosses district lines. A full postal code or a street address tells which it is."
        )
    else:
        text = _("Several districts are possible. All are shown, and none is chosen.")
    return Note(Why.AMBIGUOUS, text)


def zip4() -> Note:
    return Note(
        Why.ZIP4,
        _("Tables of nine-digit ZIP codes are not public: only the first five digits were looked up."),
    )


def rural() -> Note:
    return Note(
        Why.LIKELY,
        _("This is a rural postal code, which covers a large area: the district is likely, not certain."),
    )


def read_as_fsa(fsa: str) -> Note:
    return Note(
        Why.UNKNOWN_CODE,
        _(
            "This postal code is in no loaded table. The districts of all codes that begin with %(fsa)s are shown."
        )
        % {"fsa": fsa},
    )


def not_found(query: Code, *, has_tables: bool, has_its_like: bool) -> Note:
    """Why a code was not found. `has_its_like`: a loaded table holds codes that begin as it does."""
    if isinstance(query, Zip) and query.code[:3] in _MILITARY:
        return Note(
            Why.MILITARY,
            _(
                "This ZIP code belongs to military or diplomatic mail, which has no district. Whoever votes from "
                "abroad votes at their last address in the United States: choose that district by hand."
            ),
        )
    if has_tables and isinstance(query, Zip) and (place := _territory(query.code)):
        return Note(
            Why.TERRITORY,
            _(
                "This ZIP code lies in %(place)s. The tables do not hold it: choose the territory by hand. Territories "
                "have a delegate in the House and no senators."
            )
            % {"place": place},
        )
    places = _named(query)
    if not has_its_like and places:
        return Note(
            Why.NO_TABLE,
            _(
                "No table is loaded of the codes that begin with %(beginning)s (%(places)s). Enter a street address, "
                "or choose the district by hand."
            )
            % {"beginning": beginning_of(query), "places": places},
        )
    if not has_tables:
        return Note(
            Why.NO_TABLE,
            _("No table of these codes is loaded. Enter a street address, or choose the district by hand."),
        )
    return Note(
        Why.UNKNOWN_CODE,
        _(
            "No table holds this code: it may be new, only for post-office boxes, or mistyped. Enter a street address, "
            "or choose the district by hand."
        ),
    )


def _named(query: Code) -> str:
    """The state, province or territories whose codes begin so."""
    return ", ".join(in_language(get_language(), place.name, place.name_fr) for place in places_of(query))


def _territory(code: str) -> str:
    return _TERRITORIES.get(code) or _TERRITORIES.get(code[:3], "")


def swapped(other: Point) -> Note:
    text = _("Nobody lives at this point. Latitude comes first: did you mean %(point)s?") % {"point": other}
    return Note(Why.SWAPPED, text)


def nowhere(has_shapes: bool) -> Note:
    if not has_shapes:
        return Note(
            Why.NO_LINES, _("No map is loaded, so a point cannot be looked up. Enter a code instead.")
        )
    return Note(
        Why.NOWHERE,
        _("This point lies in no district of the loaded maps: at sea, abroad, or where no map is loaded."),
    )


def not_asked() -> Note:
    return Note(
        Why.NOT_ASKED,
        _("The address itself was not looked up: no geocoder is switched on for it, or none was asked yet."),
    )


def no_code() -> Note:
    return Note(
        Why.UNKNOWN_CODE, _("Add the ZIP or postal code to the address, or choose the district by hand.")
    )


def by_the_code_only(code: str) -> Note:
    return Note(
        Why.NOT_ASKED, _("These are the districts of %(code)s, the code in the address.") % {"code": code}
    )


def no_lines(chamber: Chamber, lines: Lines | None, method: str) -> str:
    by_code = method in (Method.ZIP, Method.ZIP4, Method.POSTAL_CODE, Method.FSA)
    if lines is not None and by_code and not lines.has_codes and lines.has_shapes:
        return _("%(chamber)s: no table of codes, only a map. Enter a street address or a point.") % {
            "chamber": chamber
        }
    if lines is not None and (lines.has_codes or lines.has_shapes):
        return _("%(chamber)s: the loaded lines do not say. Choose the district by hand.") % {
            "chamber": chamber
        }
    return _("%(chamber)s: no lines are loaded. Choose the district by hand.") % {"chamber": chamber}


def no_local_lines(state: Jurisdiction) -> str:
    text = _(
        "Cities and counties of %(state)s: no lines are loaded. Find the office by its name in the directory."
    )
    return text % {"state": state}
