"""Who publishes the maps and postal tables, and what must be said where their data is shown."""

from legislation.models.map_edition import EditionPart
from legislation.sources.catalogue import AboutSource
from legislation.sources.editions import EditionFact

OWN = "own-files"
DIVISIONS = "ocd-division-ids"
CENSUS = "census-boundaries"
_OGL = "Open Government Licence – Canada"
_ABOUT = {
    OWN: AboutSource("Files of our own", "", "", ""),
    DIVISIONS: AboutSource(
        "Open Civic Data divisions", "https://github.com/opencivicdata/ocd-division-ids", "CC0", ""
    ),
    CENSUS: AboutSource(
        "U.S. Census Bureau, cartographic boundaries",
        "https://www.census.gov/geographies/mapping-files.html",
        "public domain",
        "",
    ),
    "us-zipcodes-congress": AboutSource(
        "ZIP codes by congressional district",
        "https://github.com/OpenSourceActivismTech/us-zipcodes-congress",
        "public domain",
        "ZIP Code is a mark of the USPS.",
    ),
    "elections-canada": AboutSource(
        "Elections Canada",
        "https://www.elections.ca",
        _OGL,
        f"Contains information licensed under the {_OGL}.",
    ),
    "geonames-postal": AboutSource(
        "GeoNames postal codes in the federal ridings",
        "https://www.geonames.org",
        "CC BY 4.0",
        f"Postal code places © GeoNames, CC BY 4.0. Contains information licensed under the {_OGL}. "
        "Postal Code is a mark of Canada Post.",
    ),
    "colorado-redistricting": AboutSource(
        "Colorado redistricting commissions",
        "https://redistricting.colorado.gov",
        "CC BY-SA 4.0",
        "Districts: Colorado Independent Redistricting Commissions, CC BY-SA 4.0.",
    ),
    "geonb": AboutSource(
        "GeoNB",
        "https://www.snb.ca/geonb1/e/index-E.asp",
        "Open Government Licence – New Brunswick",
        "Contains information licensed under the Open Government Licence – New Brunswick.",
    ),
    "elections-ontario": AboutSource(
        "Elections Ontario look-ups by FSA", "https://github.com/my-covid-story/postal-data", "CC0", ""
    ),
}
_OF_EDITION = {
    ("cd", EditionPart.SHAPES): CENSUS,
    ("cd", EditionPart.POSTAL_CODES): "us-zipcodes-congress",
    ("fed", EditionPart.SHAPES): "elections-canada",
    ("fed", EditionPart.POSTAL_CODES): "geonames-postal",
    ("fed", EditionPart.FSAS): "geonames-postal",
    ("co-", EditionPart.SHAPES): "colorado-redistricting",
    ("nb-", EditionPart.SHAPES): "geonb",
    ("on-", EditionPart.FSAS): "elections-ontario",
}


def source_key(edition: str, part: str) -> str:
    """Whose file draws this part of an edition, as far as the importers know."""
    known = (
        key for (start, of_part), key in _OF_EDITION.items() if edition.startswith(start) and part == of_part
    )
    return next(known, OWN)


def shapes_key(edition: str, told: EditionFact | None) -> str:
    """Whose file draws this map: editions that a file tells of itself are the Census's."""
    return CENSUS if told else source_key(edition, EditionPart.SHAPES)


def about(key: str) -> AboutSource:
    return _ABOUT[key]
