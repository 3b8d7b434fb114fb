"""What an event is about: who may be told of it, and where it is read.

Asked when the event is spread and again before each attempt: a role that has ended is told nothing more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.api.addresses import address
from advocacy.api.models import EventKind
from advocacy.interactions.models import Interaction
from advocacy.positions.models import Tracking
from campaigns.models import Campaign, Letter
from legislation.models import Measure
from members.access import compute_reach


@dataclass(frozen=True)
class Subject:
    """`rows` are those the person may be told of; `page` names the address where one is read."""

    rows: Callable[[User], QuerySet[Any]]
    page: str


def _logged(person: User) -> QuerySet[Any]:
    return Interaction.objects.visible_to(person).exportable().logged()


def _followed(person: User) -> QuerySet[Any]:
    followed = Tracking.objects.visible_to(person).tracked(person.today(timezone.now()))
    return Measure.objects.visible_to(person).filter(pk__in=followed.order_by().values("measure"))


def _campaigns(person: User) -> QuerySet[Any]:
    return Campaign.objects.visible_to(person)


def _acts(person: User) -> QuerySet[Any]:
    return Letter.objects.visible_to(person).counted()


SUBJECTS: dict[str, Subject] = {
    EventKind.INTERACTION_LOGGED: Subject(_logged, "interaction"),
    EventKind.MEASURE_CHANGED: Subject(_followed, "measure"),
    EventKind.CAMPAIGN_LAUNCHED: Subject(_campaigns, "campaign"),
    EventKind.CAMPAIGN_CLOSED: Subject(_campaigns, "campaign"),
    EventKind.ACTION_RECORDED: Subject(_acts, "action"),
}


def may_be_told(person: User, kind: str, subject: int) -> bool:
    about = SUBJECTS.get(kind)
    if about is None or compute_reach(person).is_empty:
        return False
    return about.rows(person).filter(pk=subject).exists()


def where(kind: str, subject: int) -> str:
    return address(SUBJECTS[kind].page, subject)
