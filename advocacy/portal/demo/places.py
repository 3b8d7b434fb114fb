"""Where the demo plays: real jurisdictions with fictional committees, measures and members."""

from dataclasses import dataclass

from legislation.models import ChamberCode
from legislation.sources.places import (
    HOUSE,
    SENATE,
    UNITED_STATES,
    US_PARTS,
    Titles,
    state_titles,
)
from legislation.sources.places import Place as Government

TWO_PARTIES = ("Democratic", "Republican")


@dataclass(frozen=True)
class House:
    """One chamber with the districts that the demo fills. `label` is the pattern of a seat's name."""

    code: ChamberCode
    titles: Titles
    districts: tuple[str, ...]
    label: str = "{chamber} {district}"
    parties: tuple[str, ...] = TWO_PARTIES
    committees: tuple[tuple[str, str], ...] = ()
    vacant: tuple[str, ...] = ()
    places: int = 1


@dataclass(frozen=True)
class Bill:
    number: str
    title: str
    short: str
    title_fr: str = ""


@dataclass(frozen=True)
class Place:
    """A jurisdiction and what happens in it. `towns` come with their area codes."""

    government: Government
    houses: tuple[House, ...] = ()
    session: str = ""
    bills: tuple[Bill, ...] = ()
    towns: tuple[tuple[str, str], ...] = ()

    @property
    def abbreviation(self) -> str:
        return self.government.abbreviation

    @property
    def name(self) -> str:
        return self.government.name


def _numbers(*districts: int) -> tuple[str, ...]:
    return tuple(map(str, districts))


CONGRESS = Place(
    government=UNITED_STATES,
    houses=(
        House(
            ChamberCode.UPPER,
            SENATE,
            ("TX", "MD", "VA", "OH", "CO"),
            places=2,
            committees=(("Health, Education, Labor, and Pensions", ""), ("Finance", "")),
        ),
        House(
            ChamberCode.LOWER,
            HOUSE,
            ("TX-7", "TX-10", "TX-19", "MD-5", "MD-8", "VA-1", "VA-6", "OH-9", "OH-13", "CO-2", "CO-4"),
            committees=(("Energy and Commerce", ""), ("Ways and Means", "")),
        ),
    ),
    session="120",
    bills=(
        Bill("H.R. 6120", "Telehealth Continuity for Rural Clinics Act", "Telehealth continuity"),
        Bill("S. 4411", "Public Health Data Readiness Act", "Public health data"),
    ),
    towns=(("Washington", "202"),),
)

TEXAS = Place(
    government=US_PARTS["tx"],
    houses=(
        House(
            ChamberCode.UPPER,
            state_titles("tx", "upper"),
            _numbers(4, 7, 13, 14, 15, 18, 21, 25, 28, 31),
            committees=(("Health and Human Services", ""), ("Finance", "")),
        ),
        House(
            ChamberCode.LOWER,
            state_titles("tx", "lower"),
            _numbers(26, 45, 47, 49, 50, 52, 71, 81, 84, 85, 118, 127, 129, 131, 134, 137, 139, 141, 143),
            committees=(("Public Health", ""), ("Appropriations", ""), ("Innovation and Technology", "")),
            vacant=("143",),
        ),
        House(
            ChamberCode.EXECUTIVE,
            state_titles("tx", "executive"),
            ("comptroller",),
            label="Comptroller of Texas",
        ),
    ),
    session="90R",
    bills=(
        Bill("HB 210", "Relating to the exchange of patient records between hospitals", "Record exchange"),
        Bill("HB 1377", "Relating to broadband grants for critical access hospitals", "Rural broadband"),
        Bill("SB 84", "Relating to disclosure of artificial intelligence in patient care", "AI disclosure"),
        Bill("SB 902", "Relating to cybersecurity assistance for county hospitals", "County hospital cyber"),
        Bill("HB 33", "Relating to a continuing telehealth payment rule", "Telehealth payment"),
    ),
    towns=(
        ("Houston", "713"), ("Austin", "512"), ("Lubbock", "806"), ("Beaumont", "409"), ("Midland", "432"),
    ),
)  # fmt: skip

MARYLAND = Place(
    government=US_PARTS["md"],
    houses=(
        House(
            ChamberCode.UPPER,
            state_titles("md", "upper"),
            _numbers(12, 16, 21, 24, 30, 37),
            committees=(("Finance", ""),),
        ),
        House(
            ChamberCode.LOWER,
            state_titles("md", "lower"),
            ("9A", "13", "18", "20", "29C", "32", "37B", "42A"),
            committees=(("Health", ""),),
        ),
    ),
    session="2027",
    bills=(
        Bill("HB 615", "Health Information Exchange: Consumer Access", "Consumer access"),
        Bill("SB 377", "Hospitals: Cyber Incident Reporting", "Incident reporting"),
    ),
    towns=(("Annapolis", "410"), ("Rockville", "301"), ("Salisbury", "443")),
)

VIRGINIA = Place(
    government=US_PARTS["va"],
    houses=(
        House(
            ChamberCode.UPPER,
            state_titles("va", "upper"),
            _numbers(5, 11, 14, 22, 33, 38),
            committees=(("Education and Health", ""),),
        ),
        House(
            ChamberCode.LOWER,
            state_titles("va", "lower"),
            _numbers(8, 17, 21, 36, 44, 54, 61, 77, 93),
            committees=(("Health and Human Services", ""), ("Communications and Technology", "")),
            vacant=("77",),
        ),
    ),
    session="2026",
    bills=(
        Bill("HB 744", "Smart scheduling for community health centers; pilot", "Scheduling pilot"),
        Bill("SB 212", "Electronic prior authorization; timelines", "Prior authorization"),
    ),
    towns=(("Richmond", "804"), ("Arlington", "703"), ("Roanoke", "540")),
)

DISTRICT_OF_COLUMBIA = Place(
    government=US_PARTS["dc"],
    houses=(
        House(
            ChamberCode.LEGISLATURE,
            state_titles("dc", "legislature"),
            ("Ward 1", "Ward 3", "Ward 5", "Ward 7", "At Large"),
            committees=(("Health", ""),),
        ),
    ),
    session="CP26",
    bills=(Bill("B26-0812", "School Nurse Electronic Records Act", "School nurse records"),),
    towns=(("Washington", "202"),),
)

OHIO = Place(
    government=US_PARTS["oh"],
    houses=(
        House(
            ChamberCode.UPPER,
            state_titles("oh", "upper"),
            _numbers(3, 11, 16, 21, 24, 27),
            committees=(("Health", ""),),
        ),
        House(
            ChamberCode.LOWER,
            state_titles("oh", "lower"),
            _numbers(6, 13, 17, 22, 35, 41, 58, 63),
            committees=(("Health Provider Services", ""), ("Finance", "")),
        ),
    ),
    session="137",
    bills=(
        Bill("HB 508", "Regards remote patient monitoring in the Medicaid program", "Remote monitoring"),
        Bill("SB 190", "Regards hospital downtime procedures", "Downtime procedures"),
    ),
    towns=(("Cleveland", "216"), ("Columbus", "614"), ("Cincinnati", "513")),
)

COLORADO = Place(
    government=US_PARTS["co"],
    houses=(
        House(
            ChamberCode.UPPER,
            state_titles("co", "upper"),
            _numbers(8, 14, 18, 26, 33),
            committees=(("Health and Human Services", ""),),
        ),
        House(
            ChamberCode.LOWER,
            state_titles("co", "lower"),
            _numbers(2, 10, 12, 24, 31, 49, 53),
            committees=(("Health and Human Services", ""),),
        ),
    ),
    session="2027A",
    bills=(
        Bill("HB27-1208", "Safeguards for Clinical Decision Support", "Decision support"),
        Bill("SB27-066", "Behavioral Health Data Sharing", "Behavioral health data"),
    ),
    towns=(("Denver", "303"), ("Fort Collins", "970"), ("Pueblo", "719")),
)

ARIZONA = Place(
    government=US_PARTS["az"],
)
