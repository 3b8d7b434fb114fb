"""The contact guard: who was at an office lately or goes there soon, who holds the tie, and whether to stay away.

One rule for the profile, the composer and the log form (DOMAIN.md W2 step 4), and what it tells follows §4.8:

* what the reader may read is named with kind, chapter and person, and can be opened;
* of a shared record of any other chapter, the chapter, the day and the kind are told, never what was said;
* of a record kept within another chapter, only that somebody was there on that day;
* a restricted record is never hinted at, and neither is a draft.

Meeting requests are shared between chapters, as shared records are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.models import (
    Confidentiality,
    DoNotContact,
    Interaction,
    KeyContact,
    MeetingRequest,
    RequestState,
    State,
)
from legislation.models import Official
from members.access import Reach, reach_of
from members.models import Chapter

LATELY = timedelta(days=7)
SOON = timedelta(days=14)


class What(models.TextChoices):
    CONTACTED = "contacted", _("Contacted")
    ASKED = "asked", _("Asked for a meeting")
    PLANNED = "planned", _("Contact planned")


@dataclass(frozen=True)
class Notice:
    """One contact or request. What the reader may not know of is left empty."""

    what: What
    day: date
    kind: str = ""
    chapter: Chapter | None = None
    person: User | None = None
    record: Interaction | MeetingRequest | None = None

    @property
    def rank(self) -> tuple[object, ...]:
        """Named ones first. What is not named is one notice for the day, however many there are."""
        return self.chapter is None, str(self.chapter), self.what, self.record.pk if self.record else 0


@dataclass(frozen=True)
class Guard:
    """What to know before contacting this office. Newest first, then what is planned."""

    official: Official
    today: date
    notices: list[Notice] = field(default_factory=list)
    ties: list[KeyContact] = field(default_factory=list)
    notes: list[DoNotContact] = field(default_factory=list)

    @property
    def warns(self) -> bool:
        """Somebody was there, goes there or asks to stay away; a tie alone is no warning."""
        return bool(self.notices or self.notes)


def guard(official: Official, *, user: User, today: date) -> Guard:
    """The guard of one office, as this reader may know it."""
    reach = reach_of(user)
    if reach.is_empty:
        return Guard(official, today)
    found = {*_contacts(official, user, reach, today), *_requests(official, user, today)}
    lately = [notice for notice in found if notice.what != What.PLANNED]
    planned = [notice for notice in found if notice.what == What.PLANNED]
    ties = KeyContact.objects.visible_to(user).kept(today).filter(official=official)
    notes = DoNotContact.objects.visible_to(user).in_force(today).filter(official=official)
    return Guard(
        official,
        today,
        notices=[
            *sorted(lately, key=lambda one: (-one.day.toordinal(), *one.rank)),
            *sorted(planned, key=lambda one: (one.day, *one.rank)),
        ],
        ties=list(ties.select_related("person", "chapter").order_by("rank", "starts_on", "pk")),
        notes=list(notes.select_related("set_by")),
    )


def _contacts(official: Official, user: User, reach: Reach, today: date) -> Iterator[Notice]:
    lately = Q(state=State.LOGGED, occurred_on__gte=today - LATELY, occurred_on__lte=today)
    planned = Q(state=State.PLANNED, occurred_on__gte=today, occurred_on__lte=today + SOON)
    readable = Interaction.objects.visible_to(user).filter(pk=OuterRef("pk"))
    rows = Interaction.objects.kept().with_official(official).filter(lately | planned)
    for row in rows.select_related("chapter", "logged_by").annotate(is_readable=Exists(readable)):
        what = What.PLANNED if row.state == State.PLANNED else What.CONTACTED
        kind = str(row.get_kind_display())
        if row.is_readable:  # type: ignore[attr-defined]  # annotated above
            yield Notice(what, row.occurred_on, kind, row.chapter, row.logged_by, row)
        elif row.confidentiality == Confidentiality.SHARED:
            yield Notice(what, row.occurred_on, kind, row.chapter)
        elif row.confidentiality == Confidentiality.CHAPTER:
            is_own = row.chapter_id in reach.belongs_to
            yield Notice(what, row.occurred_on, chapter=row.chapter if is_own else None)


def _requests(official: Official, user: User, today: date) -> Iterator[Notice]:
    asked = Q(requested_on__gte=today - LATELY, requested_on__lte=today)
    meets = Q(state=RequestState.CONFIRMED, confirmed_on__gte=today, confirmed_on__lte=today + SOON)
    readable = MeetingRequest.objects.visible_to(user).filter(pk=OuterRef("pk"))
    # Once the meeting stands in the log as planned, the reader of that record is told of it once.
    in_the_log = Interaction.objects.visible_to(user).filter(pk=OuterRef("interaction"), state=State.PLANNED)
    rows = MeetingRequest.objects.filter(asked | meets, official=official).annotate(
        is_readable=Exists(readable), is_in_the_log=Exists(in_the_log)
    )
    for row in rows.select_related("chapter", "requested_by", "official"):
        is_readable, is_in_the_log = row.is_readable, row.is_in_the_log  # type: ignore[attr-defined]  # annotated
        person, record = (row.requested_by, row) if is_readable else (None, None)
        kind, day = str(row.get_occasion_display()), row.confirmed_on
        if row.requested_on >= today - LATELY:
            yield Notice(What.ASKED, row.requested_on, kind, row.chapter, person, record)
        is_planned = row.state == RequestState.CONFIRMED and not is_in_the_log
        if is_planned and day and today <= day <= today + SOON:
            yield Notice(What.PLANNED, day, kind, row.chapter, person, record)
