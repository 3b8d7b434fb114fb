"""People, chapters and roles for tests. The verbs at the end read as a sentence: `advocate_of(ohio)`."""

from datetime import date
from typing import Any

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password

from advocacy.accounts.models import User
from legislation.models import Country, Jurisdiction, Level
from members.models import (
    Chapter,
    ChapterTerritory,
    JurisdictionTeam,
    Region,
    Role,
    RoleAssignment,
    Society,
)

PASSWORD = "a heron over the weir"
TERM_START = date(2026, 7, 1)


class SocietyFactory(factory.django.DjangoModelFactory):
    """The one society of the installation: that of the demo, where it is furnished."""

    class Meta:
        model = Society

    name = "Society for Health Data"
    short_name = "SHD"
    time_zone = "America/Chicago"
    postal_address = "1 Main Street\nSpringfield, IL 62701"
    contact_email = "campaigns@example.org"

    @classmethod
    def _create(cls, model_class: type[Society], *args: Any, **kwargs: Any) -> Society:
        return Society.objects.first() or super()._create(model_class, *args, **kwargs)


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region

    society = factory.SubFactory(SocietyFactory)
    name = factory.Sequence(lambda n: f"Region {n}")


class ChapterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Chapter

    society = factory.SubFactory(SocietyFactory)
    region = factory.SubFactory(RegionFactory)
    name = factory.Sequence(lambda n: f"Chapter {n:03}")
    slug = factory.Sequence(lambda n: f"chapter-{n:03}")
    time_zone = "America/Chicago"
    starts_on = date(2020, 7, 1)


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who can sign in with PASSWORD, and has no role yet."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name = factory.Sequence(lambda n: f"Person {n:03}")
    time_zone = "America/Chicago"
    password = factory.LazyFunction(lambda: make_password(PASSWORD))

    @factory.post_generation
    def address(obj: User, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            EmailAddress.objects.create(user=obj, email=obj.email, verified=True, primary=True)


class RoleAssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleAssignment

    person = factory.SubFactory(UserFactory)
    role = Role.ADVOCATE
    starts_on = TERM_START


class JurisdictionTeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = JurisdictionTeam

    name = factory.Sequence(lambda n: f"Team {n}")


def united_states() -> Jurisdiction:
    return _jurisdiction("us", "United States", Level.FEDERAL)


def canada() -> Jurisdiction:
    return _jurisdiction("ca", "Canada", Level.FEDERAL, name_fr="Canada")


def state(code: str, name: str) -> Jurisdiction:
    """A state of the United States, or the District of Columbia."""
    return _jurisdiction(f"us/state:{code}", name, Level.STATE, parent=united_states())


def province(code: str, name: str, name_fr: str = "") -> Jurisdiction:
    return _jurisdiction(f"ca/province:{code}", name, Level.PROVINCE, parent=canada(), name_fr=name_fr)


def _jurisdiction(place: str, name: str, level: str, **fields: Any) -> Jurisdiction:
    country = place[:2].upper()
    jurisdiction, _ = Jurisdiction.objects.get_or_create(
        ocd_id=f"ocd-jurisdiction/country:{place}/government",
        defaults={
            "name": name,
            "abbreviation": place.rpartition(":")[2].upper(),
            "country": Country(country),
            "level": level,
            **fields,
        },
    )
    return jurisdiction


def covers(chapter: Chapter, jurisdiction: Jurisdiction, **details: Any) -> ChapterTerritory:
    """Put the jurisdiction into the chapter's territory: all of it, or with `counties=` a part of it."""
    coverage = "partial" if details else "full"
    return ChapterTerritory.objects.create(
        chapter=chapter, jurisdiction=jurisdiction, coverage=coverage, **details
    )


def hold(person: User, role: str, **fields: Any) -> RoleAssignment:
    """The person holds the role since 1 July 2026, unless `fields` name another term."""
    return RoleAssignmentFactory(person=person, role=role, **fields)


def member_of(chapter: Chapter, *, person: User | None = None, **fields: Any) -> User:
    return _with_role(person, Role.MEMBER, chapter=chapter, **fields)


def volunteer_of(chapter: Chapter, *, person: User | None = None, **fields: Any) -> User:
    return _with_role(person, Role.VOLUNTEER, chapter=chapter, **fields)


def advocate_of(chapter: Chapter, *, person: User | None = None, **fields: Any) -> User:
    return _with_role(person, Role.ADVOCATE, chapter=chapter, **fields)


def president_of(chapter: Chapter, *, person: User | None = None, **fields: Any) -> User:
    return _with_role(person, Role.PRESIDENT, chapter=chapter, **fields)


def vice_chair_of(region: Region, *, person: User | None = None, **fields: Any) -> User:
    return _with_role(person, Role.VICE_CHAIR, region=region, **fields)


def taskforce_lead(*, person: User | None = None, **fields: Any) -> User:
    return with_second_factor(_with_role(person, Role.LEAD, **fields))


def national_staff(*, person: User | None = None, **fields: Any) -> User:
    return with_second_factor(_with_role(person, Role.STAFF, **fields))


def with_second_factor(person: User) -> User:
    """Give the person an authenticator app, as staff and leads must have."""
    TOTP.activate(person, generate_totp_secret())
    return person


def has_second_factor(person: User) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def _with_role(person: User | None, role: str, **fields: Any) -> User:
    SocietyFactory()
    holder = person or UserFactory()
    hold(holder, role, **fields)
    return holder
