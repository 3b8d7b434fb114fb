"""The cast of DOMAIN.md §8: the people and chapters of the acceptance stories, on the day they begin.

`cast.dana`, `cast.gulf_prairie` … come from the fixture `cast`, while the clock stands at NOW.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from advocacy.accounts.models import Language, User
from legislation.models import Jurisdiction
from members.models import (
    Chapter,
    ChapterTerritory,
    JurisdictionTeam,
    Region,
    RoleAssignment,
    Society,
)
from tests.factories.people import (
    ChapterFactory,
    JurisdictionTeamFactory,
    RegionFactory,
    SocietyFactory,
    UserFactory,
    advocate_of,
    covers,
    member_of,
    national_staff,
    president_of,
    province,
    state,
    taskforce_lead,
    vice_chair_of,
    volunteer_of,
)
from tests.replay import replayed

NOW = datetime(2027, 2, 9, 10, 0, tzinfo=ZoneInfo("America/Chicago"))
TODAY = date(2027, 2, 9)


@dataclass(frozen=True)
class Cast:
    """Everybody and every chapter. `former` was an advocate of Gulf Prairie; `ruth` keeps Three Capitals."""

    society: Society
    southern: Region
    eastern: Region
    canada: Region
    gulf_prairie: Chapter
    hill_country: Chapter
    three_capitals: Chapter
    cascadia_north: Chapter
    saint_laurent: Chapter
    texas_team: JurisdictionTeam
    dana: User
    luis: User
    ruth: User
    noor: User
    elise: User
    sam: User
    tom: User
    angela: User
    jordan: User
    chris: User
    pat: User
    priya: User
    former: User


def _build() -> Cast:
    society = SocietyFactory()
    southern, eastern, canada = (
        RegionFactory(society=society, name=name) for name in ("Southern", "Eastern", "Canada")
    )
    chapters = _chapters(southern=southern, eastern=eastern, canada=canada)
    return Cast(
        society=society,
        southern=southern,
        eastern=eastern,
        canada=canada,
        **chapters,
        texas_team=JurisdictionTeamFactory(jurisdiction=state("tx", "Texas"), name="Texas team"),
        **_people(southern, chapters),
    )


_build_or_repeat = replayed(
    _build,
    [
        Society, Region, Jurisdiction, Chapter, ChapterTerritory, JurisdictionTeam, User, EmailAddress, Authenticator,
        RoleAssignment,
    ],
)  # fmt: skip


def furnish() -> Cast:
    """Build the world of the stories in the database."""
    return _build_or_repeat()


def _chapters(*, southern: Region, eastern: Region, canada: Region) -> dict[str, Chapter]:
    gulf_prairie = _chapter("Gulf Prairie", southern, "America/Chicago")
    covers(gulf_prairie, state("tx", "Texas"), counties="Harris, Galveston", postal_prefixes="770, 775")
    hill_country = _chapter("Hill Country", southern, "America/Chicago")
    covers(hill_country, state("tx", "Texas"), counties="Travis, Hays", postal_prefixes="786, 787")
    three_capitals = _chapter("Three Capitals", eastern, "America/New_York")
    covers(three_capitals, state("dc", "District of Columbia"))
    covers(three_capitals, state("md", "Maryland"), counties="Montgomery, Prince George's")
    covers(three_capitals, state("va", "Virginia"), counties="Arlington, Fairfax")
    cascadia_north = _chapter("Cascadia North", canada, "America/Vancouver")
    covers(cascadia_north, province("bc", "British Columbia", "Colombie-Britannique"))
    saint_laurent = _chapter("Saint-Laurent", canada, "America/Toronto", language=Language.FRENCH)
    covers(saint_laurent, province("qc", "Quebec", "Québec"))
    return {
        "gulf_prairie": gulf_prairie,
        "hill_country": hill_country,
        "three_capitals": three_capitals,
        "cascadia_north": cascadia_north,
        "saint_laurent": saint_laurent,
    }


def _people(southern: Region, chapters: dict[str, Chapter]) -> dict[str, User]:
    gulf_prairie, hill_country = chapters["gulf_prairie"], chapters["hill_country"]
    elise = person("Élise Côté", language=Language.FRENCH, time_zone="America/Toronto")
    former = person("Mia Former")
    advocate_of(gulf_prairie, person=former, starts_on=date(2025, 7, 1), ends_on=date(2026, 7, 1))
    return {
        "dana": advocate_of(gulf_prairie, person=person("Dana Whitfield"), is_primary=True),
        "luis": advocate_of(hill_country, person=person("Luis Ortega"), is_primary=True),
        "ruth": advocate_of(chapters["three_capitals"], person=person("Ruth Abel"), is_primary=True),
        "noor": advocate_of(
            chapters["cascadia_north"],
            person=person("Noor Haddad", time_zone="America/Vancouver"),
            is_primary=True,
        ),
        "elise": advocate_of(chapters["saint_laurent"], person=elise, is_primary=True),
        "sam": member_of(gulf_prairie, person=person("Sam Reed"), is_primary=True),
        "tom": vice_chair_of(southern, person=person("Tom Becker")),
        "angela": taskforce_lead(person=person("Angela Moss")),
        "jordan": national_staff(person=person("Jordan Blake")),
        "chris": president_of(gulf_prairie, person=person("Chris Lang"), is_primary=True),
        "pat": president_of(hill_country, person=person("Pat Nolan"), is_primary=True),
        "priya": volunteer_of(gulf_prairie, person=person("Priya Shah"), is_primary=True),
        "former": former,
    }


def person(full_name: str, **fields: str) -> User:
    """A person without a role, at `first.last@example.org`."""
    address = full_name.lower().replace(" ", ".").replace("é", "e").replace("ô", "o")
    return UserFactory(full_name=full_name, email=f"{address}@example.org", **fields)


def _chapter(name: str, region: Region, time_zone: str, **fields: str) -> Chapter:
    slug = name.lower().replace(" ", "-")
    return ChapterFactory(name=name, slug=slug, region=region, time_zone=time_zone, **fields)


def browser_of(user: User) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(user)
    return client
