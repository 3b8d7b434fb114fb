"""The canary world as plain facts: places, people and things, with what the rules of DOMAIN.md need to know."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from advocacy.accounts.models import User
from members.models import Chapter, Role

SHARED, CHAPTER, RESTRICTED = "shared", "chapter", "restricted"
LEVELS = (SHARED, CHAPTER, RESTRICTED)
LOGGED, PLANNED, DRAFT, DELETED, DISCARDED = "logged", "planned", "draft", "deleted", "discarded"
SENT = "sent"
STATES = (LOGGED, PLANNED, DRAFT, DELETED)
Keys = frozenset[str]
NONE: Keys = frozenset()


@dataclass(frozen=True)
class Place:
    """A chapter: A and B share a legislature, C is elsewhere in the country, D in another one."""

    key: str
    chapter: Chapter
    region: str
    jurisdictions: Keys


@dataclass(frozen=True)
class Held:
    """A role of somebody, in a chapter (by its key), a region (by its name) or nationally."""

    role: str
    at: str = ""
    is_in_force: bool = True


@dataclass(frozen=True)
class Actor:
    """Somebody at a browser. `session` is open, expired, or none at all."""

    name: str
    user: User | None = None
    roles: tuple[Held, ...] = ()
    session: str = "open"
    is_active: bool = True
    is_superuser: bool = False
    has_second_step: bool = False
    # Filled by the world: what the chapters of this actor look after.
    shares: Keys = NONE
    region_chapters: Keys = NONE

    def __str__(self) -> str:
        return self.name

    def chapters_as(self, *roles: str) -> Keys:
        return frozenset(held.at for held in self.roles if held.is_in_force and held.role in roles)

    @property
    def is_signed_in(self) -> bool:
        return self.session == "open" and self.is_active and self.user is not None

    @property
    def has_a_role(self) -> bool:
        return self.is_superuser or any(held.is_in_force for held in self.roles)

    @property
    def is_staff(self) -> bool:
        return self.is_superuser or bool(self.chapters_as(Role.STAFF))

    @property
    def is_lead(self) -> bool:
        return bool(self.chapters_as(Role.LEAD))

    @property
    def lacks_second_step(self) -> bool:
        """Their role asks for a second step at sign-in, and they have none."""
        return (self.is_staff or self.is_lead) and not self.has_second_step

    @property
    def is_vice_chair(self) -> bool:
        return bool(self.chapters_as(Role.VICE_CHAIR))

    @property
    def advocate_of(self) -> Keys:
        return self.chapters_as(Role.ADVOCATE)

    @property
    def president_of(self) -> Keys:
        return self.chapters_as(Role.PRESIDENT)

    @property
    def logs_for(self) -> Keys:
        return self.chapters_as(Role.ADVOCATE, Role.VOLUNTEER)

    @property
    def belongs_to(self) -> Keys:
        return self.chapters_as(Role.MEMBER, Role.VOLUNTEER, Role.ADVOCATE, Role.PRESIDENT)

    @property
    def reads_chapters(self) -> Keys:
        return self.logs_for | self.president_of | self.region_chapters


@dataclass(frozen=True)
class Thing:
    """One row of the world, with the words that only it holds."""

    kind: str
    pk: int
    label: str
    words: Keys = NONE
    slug: str = ""
    token: str = ""
    chapter: str = ""
    level: str = ""
    state: str = ""
    author: str = ""
    owner: str = ""
    took_part: Keys = NONE
    credited: Keys = NONE
    jurisdictions: Keys = NONE
    roles: tuple[Held, ...] = ()
    is_active: bool = True
    of: "Thing | None" = None
    # Of a measure: one who votes on it.
    member: int = 0
    # Stands for others like it where a page has no need to be tried with all of them.
    is_typical: bool = True
    # Among the typical ones, those whose buttons are pressed too.
    is_pressed: bool = True

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"

    def value_for(self, parameter: str) -> Any:
        """What an address calls this thing."""
        known: dict[str, Any] = {"slug": self.slug, "token": self.token}
        if self.member:
            known["official_pk"] = self.member
        return known.get(parameter, self.pk)


@dataclass
class World:
    places: dict[str, Place] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    things: list[Thing] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, thing: Thing) -> Thing:
        self.things.append(thing)
        return thing

    def of_kind(self, kind: str) -> Iterator[Thing]:
        return (thing for thing in self.things if thing.kind == kind)

    def one(self, kind: str, label: str) -> Thing:
        """The thing of this label."""
        return next(thing for thing in self.of_kind(kind) if thing.label == label)
