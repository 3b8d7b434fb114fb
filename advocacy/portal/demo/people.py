"""Who is in the demo's society: its chapters with their territories, and the people everybody meets first."""

from dataclasses import dataclass

from members.models import Role

SOCIETY = "Society for Health Information Exchange"
SHORT_NAME = "SHIE"
POSTAL_ADDRESS = "100 Example Street, Suite 5\nSpringfield, IL 62701"
REGIONS = (
    ("Eastern", "Est"),
    ("Midwestern", "Midwest"),
    ("Southern", "Sud"),
    ("Western", "Ouest"),
    ("Canada", "Canada"),
)


@dataclass(frozen=True)
class ChapterPlan:
    """`territory` maps a jurisdiction's abbreviation to counties, or to nothing where all of it is covered.

    `contacts` is how many contacts the log holds, none in the last `quiet_days`; `people` how many members
    beyond those with a name below.
    """

    name: str
    slug: str
    region: str
    time_zone: str
    territory: dict[str, str]
    towns: tuple[str, ...]
    contacts: int
    people: int
    name_fr: str = ""
    language: str = "en"
    tax_status: str = "501c6"
    months_old: int = 96
    quiet_days: int = 0


CHAPTERS = (
    ChapterPlan("Gulf Prairie", "gulf-prairie", "Southern", "America/Chicago",
                {"TX": "Harris, Fort Bend, Brazoria, Galveston"},
                ("Houston", "Galveston", "Katy"), contacts=70, people=9),
    ChapterPlan("Hill Country", "hill-country", "Southern", "America/Chicago",
                {"TX": "Travis, Hays, Williamson, Bexar"},
                ("Austin", "San Marcos", "New Braunfels"), contacts=50, people=7),
    ChapterPlan("Panhandle Plains", "panhandle-plains", "Southern", "America/Chicago",
                {"TX": "Lubbock, Potter, Randall, Midland"},
                ("Lubbock", "Amarillo", "Midland"), contacts=24, people=4, tax_status="none",
                quiet_days=41),
    ChapterPlan("Three Capitals", "three-capitals", "Eastern", "America/New_York",
                {"DC": "", "MD": "Montgomery, Prince George’s", "VA": "Arlington, Fairfax, Alexandria"},
                ("Washington", "Rockville", "Arlington"),
                contacts=44, people=6),
    ChapterPlan("Chesapeake Shore", "chesapeake-shore", "Eastern", "America/New_York",
                {"MD": "Anne Arundel, Talbot, Wicomico"},
                ("Annapolis", "Easton", "Salisbury"), contacts=26, people=4, tax_status="501c3"),
    ChapterPlan("Piedmont Ridge", "piedmont-ridge", "Eastern", "America/New_York",
                {"VA": "Henrico, Roanoke, Albemarle"},
                ("Richmond", "Roanoke", "Charlottesville"), contacts=24, people=4),
    ChapterPlan("Lake Erie Shore", "lake-erie-shore", "Midwestern", "America/New_York",
                {"OH": "Cuyahoga, Lorain, Lucas"},
                ("Cleveland", "Lorain", "Toledo"), contacts=32, people=5),
    ChapterPlan("River Bend", "river-bend", "Midwestern", "America/New_York",
                {"OH": "Hamilton, Butler, Clermont"},
                ("Cincinnati", "Hamilton", "Batavia"), contacts=14, people=3, quiet_days=66),
    ChapterPlan("Front Range North", "front-range-north", "Western", "America/Denver",
                {"CO": ""},
                ("Denver", "Fort Collins", "Pueblo"), contacts=34, people=5),
    ChapterPlan("Sonoran Sky", "sonoran-sky", "Western", "America/Phoenix",
                {"AZ": ""},
                ("Phoenix",), contacts=0, people=2, tax_status="none", months_old=1),
    ChapterPlan("Cascadia North", "cascadia-north", "Canada", "America/Vancouver",
                {"BC": ""},
                ("Vancouver", "Victoria", "Prince George"),
                contacts=34, people=5, name_fr="Cascadie-Nord", tax_status="ca-npo"),
    ChapterPlan("Saint-Laurent", "saint-laurent", "Canada", "America/Toronto",
                {"QC": ""},
                ("Montréal", "Québec", "Sherbrooke"),
                contacts=36, people=5, name_fr="Saint-Laurent", language="fr",
                tax_status="ca-npo"),
    ChapterPlan("Trillium Lakes", "trillium-lakes", "Canada", "America/Toronto",
                {"ON": ""},
                ("Toronto", "London", "Ottawa"),
                contacts=22, people=4, name_fr="Lacs-Trillium", tax_status="ca-npo"),
)  # fmt: skip
DISTRICTS_IN_THE_STORIES = {"gulf-prairie": ("Texas House 131", "Texas Senate 13", "Texas Senate 15")}
TEAMS = {"TX": "Texas team", "MD": "Maryland team", "VA": "Virginia team", "OH": "Ohio team"}
TEAM_COORDINATORS = {"TX": "luis", "VA": "ruth"}


@dataclass(frozen=True)
class PersonPlan:
    """Somebody of DOMAIN.md §3 and §8. `where` is a chapter's slug, a region's name, or empty."""

    key: str
    name: str
    role: Role
    where: str = ""
    title: str = ""
    language: str = "en"
    time_zone: str = "America/Chicago"


CAST = (
    PersonPlan("dana", "Dana Whitfield", Role.ADVOCATE, "gulf-prairie"),
    PersonPlan("luis", "Luis Ortega", Role.ADVOCATE, "hill-country", title="Advocacy chair"),
    PersonPlan("ruth", "Ruth Lindqvist", Role.ADVOCATE, "three-capitals", time_zone="America/New_York"),
    PersonPlan("noor", "Noor Haddad", Role.ADVOCATE, "cascadia-north", time_zone="America/Vancouver"),
    PersonPlan("elise", "Élise Tremblay-Côté", Role.ADVOCATE, "saint-laurent", language="fr",
               time_zone="America/Toronto"),
    PersonPlan("marcus", "Marcus Bell", Role.VOLUNTEER, "gulf-prairie"),
    PersonPlan("priya", "Priya Raman", Role.VOLUNTEER, "gulf-prairie", title="Advocacy Day coordinator"),
    PersonPlan("mia", "Mia Sorensen", Role.VOLUNTEER, "gulf-prairie"),
    PersonPlan("sam", "Sam Keller", Role.MEMBER, "gulf-prairie"),
    PersonPlan("chris", "Chris Nakamura", Role.PRESIDENT, "gulf-prairie"),
    PersonPlan("pat", "Pat Oyelaran", Role.PRESIDENT, "hill-country"),
    PersonPlan("tom", "Tom Baxter", Role.VICE_CHAIR, "Southern"),
    PersonPlan("angela", "Angela Moreno", Role.LEAD, time_zone="America/New_York"),
    PersonPlan("jordan", "Jordan Pierce", Role.STAFF, time_zone="America/New_York"),
)  # fmt: skip
# A second hat: advocates often serve the neighbouring chapter too.
SECOND_ROLES = (("priya", Role.VOLUNTEER, "hill-country"), ("dana", Role.MEMBER, "hill-country"))
VICE_CHAIRS = ("Eastern", "Midwestern", "Western", "Canada")
