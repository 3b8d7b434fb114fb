"""A society ten years on: 25,000 officials, 200,000 contacts, 60 chapters. Built in bulk, always the same."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from django.db import models, transaction

from advocacy.accounts.models import User
from advocacy.interactions.models import (
    Ask,
    AskKind,
    AskResponse,
    Confidentiality,
    Counterpart,
    Credit,
    FollowUp,
    FollowUpKind,
    Interaction,
    KeyContact,
    Kind,
    Level,
    Office,
    Participant,
    State,
    Topic,
)
from advocacy.positions.models import Issue
from legislation.models import Chamber, Jurisdiction, Official, PartyAffiliation, Seat, Tenure
from members.models import Chapter, ChapterTerritory, Region, Role, RoleAssignment, Society

STATES, OFFICIALS, CONTACTS, CHAPTERS = 50, 25_000, 200_000, 60
BATCH = 5_000
TODAY = date(2027, 2, 9)
NOW = datetime(2027, 2, 9, 16, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """Whom to ask: an advocate, the lead, an official with many contacts, and their chamber."""

    advocate: User
    lead: User
    staff: User
    official: Official
    chamber: Chamber
    chapter: Chapter


@transaction.atomic
def build(contacts: int = CONTACTS) -> World:
    chance = random.Random(2027)
    places = _places()
    officials = _officials(places, chance)
    chapters, people = _chapters(places)
    _contacts(contacts, officials, chapters, people, chance)
    lead, staff = _person("lead"), _person("staff")
    RoleAssignment.objects.create(person=lead, role=Role.LEAD, starts_on=date(2026, 7, 1))
    RoleAssignment.objects.create(person=staff, role=Role.STAFF, starts_on=date(2026, 7, 1))
    home = chapters[0]
    official = officials[home.pk % STATES][0]
    return World(
        advocate=people[home.pk][0],
        lead=lead,
        staff=staff,
        official=official,
        chamber=Chamber.objects.filter(seats__tenures__official=official).get(),
        chapter=home,
    )


def _places() -> list[Jurisdiction]:
    country = Jurisdiction.objects.create(
        ocd_id="ocd-jurisdiction/country:us/government",
        name="United States",
        abbreviation="US",
        level="federal",
    )
    return [
        Jurisdiction.objects.create(
            ocd_id=f"ocd-jurisdiction/country:us/state:s{n}/government",
            name=f"State {n:02}",
            abbreviation=f"S{n}",
            level="state",
            parent=country,
        )
        for n in range(STATES)
    ]


def _officials(places: list[Jurisdiction], chance: random.Random) -> list[list[Official]]:
    per_state = OFFICIALS // STATES
    by_state = []
    for place in places:
        chamber = Chamber.objects.create(jurisdiction=place, code="lower", name=f"{place} House")
        seats = Seat.objects.bulk_create(
            Seat(
                chamber=chamber,
                district=str(n),
                label=f"{chamber} {n}",
                search_text=f"{place.name} house {n}".lower(),
            )
            for n in range(per_state)
        )
        people = [_official(place, n, chance) for n in range(per_state)]
        for person in people:
            person.fold_names()
        officials = Official.objects.bulk_create(people)
        Tenure.objects.bulk_create(
            Tenure(official=official, seat=seat, starts_on=date(2025, 1, 1))
            for official, seat in zip(officials, seats, strict=True)
        )
        PartyAffiliation.objects.bulk_create(
            PartyAffiliation(official=one, party=chance.choice(["Blue", "Red"]), search_text="blue")
            for one in officials
        )
        by_state.append(officials)
    return by_state


def _official(place: Jurisdiction, number: int, chance: random.Random) -> Official:
    given = chance.choice(["Alma", "Joel", "Omar", "Bea", "Élise", "Noor", "Tomás", "Ruth"])
    family = chance.choice(["Reyes", "Tran", "Dell", "Holt", "Côté", "Abel", "Nguyễn", "O'Neil"])
    return Official(name=f"{given} {family} {number}", given_name=given, family_name=f"{family} {number}")


def _chapters(places: list[Jurisdiction]) -> tuple[list[Chapter], dict[int, list[User]]]:
    society = Society.objects.create(name="Society at scale", short_name="SAS")
    region = Region.objects.create(society=society, name="Everywhere")
    chapters, people = [], {}
    for n in range(CHAPTERS):
        chapter = Chapter.objects.create(
            society=society, region=region, name=f"Chapter {n:02}", slug=f"c{n}", starts_on=date(2015, 7, 1)
        )
        ChapterTerritory.objects.create(chapter=chapter, jurisdiction=places[chapter.pk % STATES])
        people[chapter.pk] = [_person(f"c{n}p{m}") for m in range(5)]
        RoleAssignment.objects.bulk_create(
            RoleAssignment(
                person=person,
                role=Role.ADVOCATE,
                chapter=chapter,
                starts_on=date(2026, 7, 1),
                is_primary=True,
            )
            for person in people[chapter.pk]
        )
        chapters.append(chapter)
    return chapters, people


def _person(name: str) -> User:
    return User.objects.create(email=f"{name}@example.org", full_name=name.title(), search_text=name)


def _contacts(
    count: int,
    officials: list[list[Official]],
    chapters: list[Chapter],
    people: dict[int, list[User]],
    chance: random.Random,
) -> None:
    issues = [Issue.objects.get_or_create(title_en=f"Issue {n}")[0] for n in range(11)]
    seat_of = dict(Tenure.objects.values_list("official", "seat"))
    place_of = dict(Tenure.objects.values_list("official", "seat__chamber__jurisdiction"))
    for numbers in _chunks(range(count), BATCH):
        rows = Interaction.objects.bulk_create(
            _contact(n, chance.choice(chapters), people, chance) for n in numbers
        )
        met = [chance.choice(officials[row.chapter_id % STATES]) for row in rows]
        _around(rows, met, seat_of, place_of, issues, chance)
    for chapter in chapters:
        for person in people[chapter.pk]:
            KeyContact.objects.bulk_create(
                KeyContact(person=person, official=one, chapter=chapter, starts_on=date(2026, 7, 1))
                for one in officials[chapter.pk % STATES][:30]
            )


def _contact(
    number: int, chapter: Chapter, people: dict[int, list[User]], chance: random.Random
) -> Interaction:
    day = TODAY - timedelta(days=chance.randrange(3650))
    level = chance.choices(list(Confidentiality), weights=[85, 12, 3])[0]
    return Interaction(
        state=State.LOGGED,
        kind=chance.choice([Kind.MEETING_IN_PERSON, Kind.PHONE_CALL, Kind.MEETING_VIRTUAL, Kind.DROP_BY]),
        occurred_on=day,
        zone="America/Chicago",
        chapter=chapter,
        summary=f"Contact {number} about data exchange and rural broadband",
        search_text=f"contact {number} about data exchange and rural broadband",
        confidentiality=level,
        discussed_specific_legislation=True,
        logged_by=chance.choice(people[chapter.pk]),
        logged_at=NOW,
    )


def _around(
    rows: list[Interaction],
    met: list[Official],
    seat_of: dict[int, int],
    place_of: dict[int, int],
    issues: list[Issue],
    chance: random.Random,
) -> None:
    pairs = list(zip(rows, met, strict=True))
    Office.objects.bulk_create(
        Office(interaction=row, official=one, seat_id=seat_of[one.pk], jurisdiction_id=place_of[one.pk])
        for row, one in pairs
    )
    Counterpart.objects.bulk_create(
        Counterpart(interaction=row, official=one, level=Level.OFFICIAL) for row, one in pairs
    )
    Credit.objects.bulk_create(Credit(interaction=row, chapter=row.chapter) for row in rows)
    Participant.objects.bulk_create(Participant(interaction=row, person_id=row.logged_by_id) for row in rows)
    Topic.objects.bulk_create(Topic(interaction=row, issue=chance.choice(issues)) for row in rows)
    Ask.objects.bulk_create(
        Ask(interaction=row, kind=AskKind.SPONSOR, official=one, response=chance.choice(list(AskResponse)))
        for row, one in pairs[::2]
    )
    FollowUp.objects.bulk_create(
        FollowUp(
            interaction=row,
            official=one,
            chapter=row.chapter,
            kind=FollowUpKind.THANK_YOU,
            owner_id=row.logged_by_id,
            due_on=row.occurred_on + timedelta(days=1),
            status="done",
            done_on=row.occurred_on,
            done_by_id=row.logged_by_id,
            created_by_id=row.logged_by_id,
        )
        for row, one in pairs[::3]
    )


def _chunks(numbers: Iterable[int], size: int) -> Iterator[list[int]]:
    remaining = iter(numbers)
    while chunk := list(islice(remaining, size)):
        yield chunk


def table_counts() -> dict[str, int]:
    counted: list[type[models.Model]] = [Official, Interaction, Chapter, FollowUp]
    return {model.__name__: model._default_manager.count() for model in counted}
