"""Countries, states, provinces and territories; what their legislatures and members are called."""

from typing import NamedTuple

from legislation.models.jurisdiction import Country, Level


class Titles(NamedTuple):
    """A chamber's name and what a member is called, in English and French."""

    chamber: str
    member: str
    chamber_fr: str = ""
    member_fr: str = ""


class Place(NamedTuple):
    """A country or one of its parts. `division` is the last step of its Open Civic Data id."""

    abbreviation: str
    name: str
    name_fr: str
    country: Country
    level: Level
    division: str

    @property
    def division_id(self) -> str:
        root = f"ocd-division/country:{self.country.lower()}"
        return f"{root}/{self.division}" if self.division else root

    @property
    def ocd_id(self) -> str:
        body = "legislature" if self.country == Country.CANADA else "government"
        return f"{self.division_id.replace('ocd-division', 'ocd-jurisdiction')}/{body}"


_STATES = """
al Alabama Alabama|ak Alaska Alaska|az Arizona Arizona|ar Arkansas Arkansas|ca California Californie
co Colorado Colorado|ct Connecticut Connecticut|de Delaware Delaware|fl Florida Floride|ga Georgia Géorgie
hi Hawaii Hawaï|id Idaho Idaho|il Illinois Illinois|in Indiana Indiana|ia Iowa Iowa|ks Kansas Kansas
ky Kentucky Kentucky|la Louisiana Louisiane|me Maine Maine|md Maryland Maryland|ma Massachusetts Massachusetts
mi Michigan Michigan|mn Minnesota Minnesota|ms Mississippi Mississippi|mo Missouri Missouri|mt Montana Montana
ne Nebraska Nebraska|nv Nevada Nevada|nh New_Hampshire New_Hampshire|nj New_Jersey New_Jersey
nm New_Mexico Nouveau-Mexique|ny New_York New_York|nc North_Carolina Caroline_du_Nord
nd North_Dakota Dakota_du_Nord|oh Ohio Ohio|ok Oklahoma Oklahoma|or Oregon Oregon|pa Pennsylvania Pennsylvanie
ri Rhode_Island Rhode_Island|sc South_Carolina Caroline_du_Sud|sd South_Dakota Dakota_du_Sud
tn Tennessee Tennessee|tx Texas Texas|ut Utah Utah|vt Vermont Vermont|va Virginia Virginie
wa Washington Washington|wv West_Virginia Virginie-Occidentale|wi Wisconsin Wisconsin|wy Wyoming Wyoming
"""
_US_TERRITORIES = """
dc District_of_Columbia District_de_Columbia|pr Puerto_Rico Porto_Rico|gu Guam Guam
vi U.S._Virgin_Islands Îles_Vierges_américaines|as American_Samoa Samoa_américaines
mp Northern_Mariana_Islands Îles_Mariannes_du_Nord
"""
_PROVINCES = """
bc British_Columbia Colombie-Britannique|ab Alberta Alberta|sk Saskatchewan Saskatchewan|mb Manitoba Manitoba
on Ontario Ontario|qc Quebec Québec|nb New_Brunswick Nouveau-Brunswick|ns Nova_Scotia Nouvelle-Écosse
pe Prince_Edward_Island Île-du-Prince-Édouard|nl Newfoundland_and_Labrador Terre-Neuve-et-Labrador
"""
_CA_TERRITORIES = """
yt Yukon Yukon|nt Northwest_Territories Territoires_du_Nord-Ouest|nu Nunavut Nunavut
"""


def _places(table: str, country: Country, level: Level, kind: str) -> dict[str, Place]:
    found = {}
    for row in table.strip().replace("\n", "|").split("|"):
        code, name, name_fr = (word.replace("_", " ") for word in row.split(" "))
        step = f"district:{code}" if code == "dc" else f"{kind}:{code}"
        found[code] = Place(code.upper(), name, name_fr, country, level, step)
    return found


UNITED_STATES = Place("US", "United States", "États-Unis", Country.UNITED_STATES, Level.FEDERAL, "")
CANADA = Place("CA", "Canada", "Canada", Country.CANADA, Level.FEDERAL, "")
US_PARTS = _places(_STATES, Country.UNITED_STATES, Level.STATE, "state") | _places(
    _US_TERRITORIES, Country.UNITED_STATES, Level.TERRITORY, "territory"
)
CANADIAN_PARTS = _places(_PROVINCES, Country.CANADA, Level.PROVINCE, "province") | _places(
    _CA_TERRITORIES, Country.CANADA, Level.TERRITORY, "territory"
)
# The first two digits of a federal riding number.
PROVINCE_OF_RIDING_NUMBER = {
    "10": "nl", "11": "pe", "12": "ns", "13": "nb", "24": "qc", "35": "on", "46": "mb", "47": "sk",
    "48": "ab", "59": "bc", "60": "yt", "61": "nt", "62": "nu",
}  # fmt: skip

# The numbers by which the Census knows the states.
STATE_OF_FIPS = {
    "01": "al", "02": "ak", "04": "az", "05": "ar", "06": "ca", "08": "co", "09": "ct", "10": "de", "11": "dc",
    "12": "fl", "13": "ga", "15": "hi", "16": "id", "17": "il", "18": "in", "19": "ia", "20": "ks", "21": "ky",
    "22": "la", "23": "me", "24": "md", "25": "ma", "26": "mi", "27": "mn", "28": "ms", "29": "mo", "30": "mt",
    "31": "ne", "32": "nv", "33": "nh", "34": "nj", "35": "nm", "36": "ny", "37": "nc", "38": "nd", "39": "oh",
    "40": "ok", "41": "or", "42": "pa", "44": "ri", "45": "sc", "46": "sd", "47": "tn", "48": "tx", "49": "ut",
    "50": "vt", "51": "va", "53": "wa", "54": "wv", "55": "wi", "56": "wy", "60": "as", "66": "gu", "69": "mp",
    "72": "pr", "78": "vi",
}  # fmt: skip

# Members of the House per state by the census of 2020: the elections of 2022 to 2030.
HOUSE_SEATS = {
    "al": 7, "ak": 1, "az": 9, "ar": 4, "ca": 52, "co": 8, "ct": 5, "de": 1, "fl": 28, "ga": 14, "hi": 2,
    "id": 2, "il": 17, "in": 9, "ia": 4, "ks": 4, "ky": 6, "la": 6, "me": 2, "md": 8, "ma": 9, "mi": 13,
    "mn": 8, "ms": 4, "mo": 8, "mt": 2, "ne": 3, "nv": 4, "nh": 2, "nj": 12, "nm": 3, "ny": 26, "nc": 14,
    "nd": 1, "oh": 15, "ok": 5, "or": 6, "pa": 17, "ri": 2, "sc": 7, "sd": 1, "tn": 9, "tx": 38, "ut": 4,
    "vt": 1, "va": 11, "wa": 10, "wv": 2, "wi": 8, "wy": 1,
    "dc": 1, "pr": 1, "gu": 1, "vi": 1, "as": 1, "mp": 1,
}  # fmt: skip

_ASSEMBLY = ("Assembly", "Assembly Member")
_DELEGATES = ("House of Delegates", "Delegate")
_LOWER = {
    "ca": _ASSEMBLY, "nv": _ASSEMBLY, "nj": _ASSEMBLY, "ny": _ASSEMBLY, "wi": ("Assembly", "Representative"),
    "md": _DELEGATES, "va": _DELEGATES, "wv": _DELEGATES,
}  # fmt: skip
_ONE_CHAMBER = {
    "ne": ("Legislature", "Senator"),
    "dc": ("Council", "Councilmember"),
    "gu": ("Legislature", "Senator"),
    "vi": ("Legislature", "Senator"),
}
# States and districts whose legislature has one chamber. The Census draws it as an upper one.
WITH_ONE_CHAMBER = frozenset(_ONE_CHAMBER)
_FRENCH_CHAMBERS = {
    "Senate": "Sénat",
    "House": "Chambre",
    "Assembly": "Assemblée",
    "House of Delegates": "Chambre des délégués",
    "Legislature": "Législature",
    "Council": "Conseil",
}
_FRENCH_MEMBERS = {
    "Senator": "sénateur ou sénatrice",
    "Representative": "représentant ou représentante",
    "Assembly Member": "membre de l’Assemblée",
    "Delegate": "délégué ou déléguée",
    "Councilmember": "membre du Conseil",
}
_PROVINCIAL_MEMBERS = {
    "on": ("Legislative Assembly", "MPP", "Assemblée législative", "député provincial"),
    "qc": ("National Assembly", "MNA", "Assemblée nationale", "député"),
    "nl": ("House of Assembly", "MHA", "Chambre d’assemblée", "député"),
}


def state_titles(abbreviation: str, code: str) -> Titles:
    """The chamber's name after the state's, and its members' title: ("Texas House", "Representative", …)."""
    place = US_PARTS[abbreviation]
    if code == "executive":
        return Titles(f"{place.name} executive", "", f"Exécutif, {place.name_fr}", "")
    short, member = "Senate", "Senator"
    if code == "lower":
        short, member = _LOWER.get(abbreviation, ("House", "Representative"))
    elif code == "legislature":
        short, member = _ONE_CHAMBER.get(abbreviation, ("Legislature", "Member"))
    french = f"{_FRENCH_CHAMBERS[short]}, {place.name_fr}"
    return Titles(f"{place.name} {short}", member, french, _FRENCH_MEMBERS.get(member, ""))


def provincial_titles(abbreviation: str) -> Titles:
    """The one chamber of a province or territory: MPP, MNA, MHA, and MLA everywhere else."""
    place = CANADIAN_PARTS[abbreviation]
    default = ("Legislative Assembly", "MLA", "Assemblée législative", "député provincial")
    chamber, member, chamber_fr, member_fr = _PROVINCIAL_MEMBERS.get(abbreviation, default)
    return Titles(f"{chamber} of {place.name}", member, f"{chamber_fr}, {place.name_fr}", member_fr)


HOUSE = Titles("U.S. House", "Representative", "Chambre des représentants", "représentant ou représentante")
SENATE = Titles("U.S. Senate", "Senator", "Sénat des États-Unis", "sénateur ou sénatrice")
US_EXECUTIVE = Titles("Executive of the United States", "", "Exécutif des États-Unis", "")
HOUSE_OF_COMMONS = Titles("House of Commons", "MP", "Chambre des communes", "député")
