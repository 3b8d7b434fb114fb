"""How long they take to answer us, and we them (DOMAIN.md §6.3). Who has not answered is never dropped."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from django.db.models import Q

from advocacy.interactions.models import FollowUpKind, FollowUpStatus, MeetingRequest, Office, RequestState
from advocacy.interactions.models.followup import FollowUpQuerySet
from advocacy.interactions.models.meeting_request import MeetingRequestQuerySet
from members.calendars import workdays_in


@dataclass(frozen=True)
class ResponseTime:
    """The median in days, None where nobody answered yet; of how many answers, and how many there are none for.

    `waiting` may still be answered; for `unanswered` we have stopped waiting.
    """

    days: float | None
    answered: int
    waiting: int
    unanswered: int = 0

    @property
    def counted(self) -> int:
        """The number that decides between day and days: half days need the next whole one."""
        return ceil(self.days or 0)

    @property
    def is_known(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.answered or self.waiting or self.unanswered)


def theirs(requests: MeetingRequestQuerySet) -> ResponseTime:
    """Calendar days from our request to the first word from the office. What we withdrew unanswered is left out."""
    return of_requests(requests.order_by().only("requested_on", "first_reply_on", "state"))


def of_requests(asked: Iterable[MeetingRequest]) -> ResponseTime:
    """The same of requests that were fetched already."""
    rows = list(asked)
    days = [one.days_to_reply for one in rows if one.days_to_reply is not None]
    silent = Counter(one.state for one in rows if one.days_to_reply is None)
    return ResponseTime(
        median(days) if days else None,
        answered=len(days),
        waiting=silent[RequestState.REQUESTED],
        unanswered=silent[RequestState.NO_REPLY],
    )


# What we owe because they asked for it, or because we promised it.
_OWED = Q(commitment__isnull=False) | Q(
    kind__in=(FollowUpKind.ANSWER_QUESTION, FollowUpKind.SEND_INFORMATION), interaction__isnull=False
)


def ours(followups: FollowUpQuerySet) -> ResponseTime:
    """Business days of the office from the contact in which they asked, or we promised, until it was done."""
    return of_days([days for _chapter, days in days_until_done(followups)])


def of_days(taken: Sequence[int | None]) -> ResponseTime:
    """None stands for what still waits."""
    days = [one for one in taken if one is not None]
    return ResponseTime(median(days) if days else None, answered=len(days), waiting=len(taken) - len(days))


def days_until_done(followups: FollowUpQuerySet) -> list[tuple[int, int | None]]:
    """What we owed, each with its chapter and how many business days it took; None for what is open."""
    owed = followups.filter(_OWED)
    done = list(owed.filter(status=FollowUpStatus.DONE).select_related("interaction").order_by("pk"))
    offices = Office.objects.filter(interaction__in={row.interaction_id for row in done}).order_by("-pk")
    places = {
        office.interaction_id: office.jurisdiction
        for office in offices.select_related("jurisdiction__parent")
    }
    found: list[tuple[int, int | None]] = [
        (
            row.chapter_id,
            workdays_in(places.get(row.interaction_id or 0)).between(
                row.interaction.occurred_on, row.done_on
            ),
        )
        for row in done
        if row.interaction is not None and row.done_on is not None
    ]
    return found + [(chapter, None) for chapter in owed.open().order_by().values_list("chapter", flat=True)]
