"""Which geocoder may be asked: the one of the country, where the installation has switched it on."""

from django.conf import settings

from advocacy.kernel.postal import Address, Point, PostalCode, Query
from legislation.lookup.answer import Answer
from legislation.lookup.geocoders import census, represent
from legislation.lookup.geocoders.interface import Geocoder
from legislation.models import Country


def geocoder_for(query: Query, country: str = "") -> Geocoder | None:
    """Who could say more about this than the loaded record; None for codes whose lines nobody else knows.

    `country` is where the loaded record puts a point, if anywhere.
    """
    match query:
        case PostalCode():
            return of_country(Country.CANADA)
        case Address() | Point():
            return of_country(query.country or country or Country.UNITED_STATES)
    return None


def of_country(country: str) -> Geocoder | None:
    if country == Country.UNITED_STATES and settings.GEOCODER_US:
        return census.from_settings()
    if country == Country.CANADA and settings.GEOCODER_CA:
        return represent.from_settings()
    return None


def is_worth_asking(query: Query, answer: Answer) -> bool:
    """Whether a geocoder could make this answer of the loaded record better."""
    if geocoder_for(query, answer.country) is None:
        return False
    is_open = answer.is_ambiguous or not answer.is_found
    if answer.country == Country.CANADA:
        # Represent is asked only for federal ridings.
        return is_open or answer.is_likely or isinstance(query, Address)
    return is_open or bool(answer.unknown) or isinstance(query, Address)
