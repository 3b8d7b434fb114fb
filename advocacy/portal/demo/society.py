"""The demo's society: regions, chapters with territories, state teams, people and their roles."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress

from advocacy.accounts.models import User
from advocacy.kernel.folding import fold
from advocacy.portal.demo import people
from advocacy.portal.demo.names import Names
from advocacy.portal.demo.people import ChapterPlan, PersonPlan
from advocacy.portal.demo.record import PublicRecord
from legislation.models import Division
from members.actions import roles
from members.models import Chapter, ChapterTerritory, JurisdictionTeam, Region, Role, Society


@dataclass
class Cast:
    """Everybody, by key, and by what they do in which chapter."""

    society: Society
    regions: dict[str, Region] = field(default_factory=dict)
    chapters: dict[str, Chapter] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    loggers: dict[str, list[User]] = field(default_factory=dict)
    members: dict[str, list[User]] = field(default_factory=dict)


def address_of(key: str) -> str:
    return f"{key}@example.org"


class SocietyBuilder:
    """Founds the society and seats its people, with the same random numbers each time."""

    def __init__(self, *, record: PublicRecord, random: Random, names: Names, now: datetime) -> None:
        self.record, self.random, self.names = record, random, names
        self.today: date = now.date()
        self.term_began = date(self.today.year - (self.today.month < 7), 7, 1)
        society = Society.objects.create(
            name=people.SOCIETY,
            short_name=people.SHORT_NAME,
            postal_address=people.POSTAL_ADDRESS,
            contact_email=address_of("campaigns"),
            is_demo=True,
        )
        self.cast = Cast(society)

    def build(self) -> Cast:
        for name, name_fr in people.REGIONS:
            self.cast.regions[name] = Region.objects.create(
                society=self.cast.society, name=name, name_fr=name_fr
            )
        for plan in people.CHAPTERS:
            self._add_chapter(plan)
        for person in people.CAST:
            self._add_person(person)
        for plan in people.CHAPTERS:
            self._people_chapter(plan)
        for key, role, slug in people.SECOND_ROLES:
            self._give(self.cast.people[key], role, slug)
        for region in people.VICE_CHAIRS:
            self._give(self._somebody("America/New_York"), Role.VICE_CHAIR, region)
        for abbreviation, name in people.TEAMS.items():
            JurisdictionTeam.objects.create(
                jurisdiction=self.record.jurisdictions[abbreviation],
                name=name,
                coordinator=self.cast.people.get(people.TEAM_COORDINATORS.get(abbreviation, "")),
            )
        EmailAddress.objects.bulk_create(
            EmailAddress(user=user, email=user.email, verified=True, primary=True)
            for user in User.objects.all()
        )
        return self.cast

    def _add_chapter(self, plan: ChapterPlan) -> None:
        chapter = Chapter.objects.create(
            society=self.cast.society,
            region=self.cast.regions[plan.region],
            name=plan.name,
            name_fr=plan.name_fr,
            slug=plan.slug,
            legal_name=f"{plan.name} Chapter of the {people.SOCIETY}",
            tax_status=plan.tax_status,
            time_zone=plan.time_zone,
            language=plan.language,
            contact_email=address_of(plan.slug),
            starts_on=self.today - timedelta(days=30 * plan.months_old),
        )
        for abbreviation, counties in plan.territory.items():
            territory = ChapterTerritory.objects.create(
                chapter=chapter,
                jurisdiction=self.record.jurisdictions[abbreviation],
                coverage="partial" if counties else "full",
                counties=counties,
            )
            if counties:
                territory.divisions.set(self._districts_of(plan, abbreviation))
        self.cast.chapters[plan.slug] = chapter

    def _districts_of(self, plan: ChapterPlan, abbreviation: str) -> list[Division]:
        """The chapters of a state share its districts out evenly; those of the stories go where they are told."""
        sharing = [one.slug for one in people.CHAPTERS if abbreviation in one.territory]
        state = self.record.jurisdictions[abbreviation]
        districts = Division.objects.filter(jurisdiction=state).exclude(ocd_id=state.division_id)
        labels = people.DISTRICTS_IN_THE_STORIES.get(plan.slug, ())
        told = districts.filter(seats__label__in=labels)
        return [*list(districts.order_by("ocd_id"))[sharing.index(plan.slug) :: len(sharing)], *told]

    def _add_person(self, plan: PersonPlan) -> None:
        user = self._make(plan.name, address_of(plan.key), plan.time_zone, plan.language)
        self.cast.people[plan.key] = user
        self._give(user, plan.role, plan.where, title=plan.title)

    def _people_chapter(self, plan: ChapterPlan) -> None:
        """Every chapter has an advocate, a president, volunteers and members; a new one only members."""
        held = {(person.where, person.role) for person in people.CAST}
        wanted = [Role.ADVOCATE, Role.PRESIDENT] if plan.contacts else []
        wanted = [role for role in wanted if (plan.slug, role) not in held]
        if plan.people > 3:
            wanted.append(Role.VOLUNTEER)
        wanted += [Role.MEMBER] * (plan.people - len(wanted))
        for role in wanted:
            french = plan.language == "fr" and self.random.random() < 0.9
            person = self._somebody(plan.time_zone, language=plan.language, french=french)
            self._give(person, role, plan.slug)

    def _somebody(self, zone: str, *, language: str = "en", french: bool = False) -> User:
        given, family = self.names.draw(french=french)
        address = f"{fold(given)}.{fold(family)}".replace(" ", "-")
        return self._make(f"{given} {family}", f"{address}@example.org", zone, language)

    def _make(self, name: str, email: str, zone: str, language: str) -> User:
        return User.objects.create_user(email, full_name=name, time_zone=zone, language=language)

    def _give(self, person: User, role: Role, where: str, *, title: str = "") -> None:
        chapter, region = self.cast.chapters.get(where), self.cast.regions.get(where)
        earliest = chapter.starts_on if chapter else self.term_began - timedelta(days=365)
        since = max(earliest, self.term_began - timedelta(days=365 * self.random.choice((1, 1, 2, 4))))
        roles.give(
            by=None, person=person, role=role, chapter=chapter, region=region, title=title, starts_on=since
        )
        if role in (Role.ADVOCATE, Role.VOLUNTEER):
            self.cast.loggers.setdefault(where, []).append(person)
        if chapter:
            self.cast.members.setdefault(where, []).append(person)
