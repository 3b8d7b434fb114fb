"""The clock on the wall of each capitol: sources that give a time of day without a zone mean this one.

Some states have two zones; the legislature keeps that of its capital.
"""

_EASTERN = "America/New_York"
_CENTRAL = "America/Chicago"
_MOUNTAIN = "America/Denver"
_PACIFIC = "America/Los_Angeles"

_UNITED_STATES = {
    **dict.fromkeys(("ct", "de", "fl", "ga", "ky", "ma", "md", "me", "mi", "nc", "nh", "nj"), _EASTERN),
    **dict.fromkeys(("ny", "oh", "pa", "ri", "sc", "va", "vt", "wv", "dc"), _EASTERN),
    **dict.fromkeys(("al", "ar", "ia", "il", "ks", "la", "mn", "mo", "ms", "nd", "ne"), _CENTRAL),
    **dict.fromkeys(("ok", "sd", "tn", "tx", "wi"), _CENTRAL),
    **dict.fromkeys(("co", "id", "mt", "nm", "ut", "wy"), _MOUNTAIN),
    **dict.fromkeys(("ca", "nv", "or", "wa"), _PACIFIC),
    "mi": "America/Detroit",
    "in": "America/Indiana/Indianapolis",
    "az": "America/Phoenix",
    "ak": "America/Anchorage",
    "hi": "Pacific/Honolulu",
    "pr": "America/Puerto_Rico",
    "vi": "America/St_Thomas",
    "gu": "Pacific/Guam",
    "mp": "Pacific/Guam",
    "as": "Pacific/Pago_Pago",
}
_CANADA = {
    "nl": "America/St_Johns",
    "ns": "America/Halifax",
    "pe": "America/Halifax",
    "nb": "America/Moncton",
    "qc": "America/Toronto",
    "on": "America/Toronto",
    "mb": "America/Winnipeg",
    "sk": "America/Regina",
    "ab": "America/Edmonton",
    "bc": "America/Vancouver",
    "yt": "America/Whitehorse",
    "nt": "America/Yellowknife",
    "nu": "America/Iqaluit",
}
_COUNTRIES = {
    "ocd-jurisdiction/country:us": (_UNITED_STATES, _EASTERN),
    "ocd-jurisdiction/country:ca": (_CANADA, "America/Toronto"),
}


def capital_zone(jurisdiction: str) -> str:
    """The zone of the capital of a jurisdiction, by its Open Civic Data id; of the state for a town in it.

    Raises KeyError for a place whose capital is not listed here.
    """
    parts = jurisdiction.removesuffix("/government").split("/")
    places, of_the_country = _COUNTRIES["/".join(parts[:2])]
    if len(parts) < 3:
        return of_the_country
    return places[parts[2].rpartition(":")[2]]
