"""What the home page knows: what to do with the next twenty minutes (DOMAIN.md §3, P1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Count, Exists, F, Max, OuterRef, Q
from django.utils.translation import get_language

from advocacy.accounts.models import User
from advocacy.interactions.models import (
    Credit,
    FollowUp,
    FollowUpStatus,
    Interaction,
    KeyContact,
    Participant,
    State,
)
from advocacy.interactions.models.interaction import InteractionQuerySet
from advocacy.kernel.periods import Month
from advocacy.outbox import arming
from advocacy.positions import approval
from advocacy.reports.models import ChapterReport, ReportState, Standing
from legislation.models import FactReport, LeaverDecision, Official
from legislation.models.official import OfficialQuerySet
from legislation.titles import titled
from members.access import Reach, reach_of, roles_visible_to
from members.models import Chapter, Role, RoleAssignment
from members.models.chapter import ChapterQuerySet
from members.taskforce.models import ActionItem, Meeting, MeetingInvitation
from members.taskforce.roster import belongs

FOLLOWUPS_SHOWN = 8
ACTION_ITEMS_SHOWN = 5
REPORTS_SHOWN = 5
SOON = timedelta(days=7)
QUIET_SHOWN = 6
DRAFTS_SHOWN = 5
COMING_SHOWN = 4
ACTIVITY_SHOWN = 8
# A chapter is worth a call after a month without a contact; we look back this far and no further.
SILENT_AFTER, LOOK_BACK = timedelta(days=30), timedelta(days=120)
# The first months of a chapter are for finding its feet (DOMAIN.md §6.3, chapter health).
NEW_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Quiet:
    """An official on my list whom nobody I know of has met for longer than the rhythm asks."""

    official: Official
    name: str
    seat: str
    rhythm_days: int
    last_contact_on: date | None
    days_late: int


@dataclass(frozen=True)
class Draft:
    interaction: Interaction
    is_neglected: bool


@dataclass(frozen=True)
class SilentChapter:
    """A chapter without a contact for a month; `last_contact_on` is None beyond the look-back."""

    chapter: Chapter
    last_contact_on: date | None


@dataclass(frozen=True)
class Tally:
    """The month so far. `on_time`: follow-ups due this month and done by their day, out of `due`."""

    month: date
    contacts: int
    officials: int
    chapters: int
    on_time: int
    due: int

    @property
    def on_time_percent(self) -> int | None:
        """Never rounded up: 199 of 200 is not 100 %. None where nothing was due."""
        return 100 * self.on_time // self.due if self.due else None


class Desk:
    """One person's home page, part by part; each part costs a fixed number of queries."""

    def __init__(self, user: User, now: datetime) -> None:
        self.user, self.now = user, now
        self.today = user.today(now)
        self.reach: Reach = reach_of(user)

    @property
    def watches_chapters(self) -> bool:
        """Vice chairs, leads and staff look after chapters rather than officials."""
        return self.reach.is_vice_chair or self.reach.reads_every_shared_record

    @cached_property
    def followups(self) -> list[FollowUp]:
        """Mine that are overdue or due within a week, the longest overdue first; one more than is shown."""
        mine = FollowUp.objects.visible_to(self.user).owned_by(self.user).due_by(self.today + SOON)
        rows = mine.select_related("official", "owner").order_by("due_on", "pk")
        return list(rows[: FOLLOWUPS_SHOWN + 1])

    @cached_property
    def action_items(self) -> list[ActionItem]:
        """What meetings gave me to do, the most pressing first."""
        mine = ActionItem.objects.visible_to(self.user).owned_by(self.user).unfinished()
        return list(mine.select_related("owner").order_by("due_on", "pk")[:ACTION_ITEMS_SHOWN])

    @cached_property
    def next_meeting(self) -> Meeting | None:
        """Of the task force, for those who belong to it."""
        if not belongs(self.reach):
            return None
        return Meeting.objects.visible_to(self.user).upcoming(self.now).first()

    @cached_property
    def my_answer(self) -> MeetingInvitation | None:
        """What I said about the next meeting."""
        if self.next_meeting is None:
            return None
        mine = MeetingInvitation.objects.visible_to(self.user).filter(person=self.user)
        return mine.filter(meeting=self.next_meeting).first()

    @cached_property
    def reports_to_write(self) -> Sequence[tuple[ChapterReport, Standing]]:
        """My chapters' months that wait for words, the oldest first; those given up on wait no more."""
        rows = ChapterReport.objects.editable_by(self.user).select_related(
            "chapter", "submitted_by", "decided_by"
        )
        rows = rows.prefetch_related("chapter__territories__jurisdiction").order_by("period", "pk")
        found = [(row, row.standing(self.now)) for row in rows]
        return [(row, how) for row, how in found if how != Standing.NOT_RECEIVED][:REPORTS_SHOWN]

    @cached_property
    def reports_to_decide(self) -> tuple[int, str]:
        """How many submitted reports wait for the lead, and the month of the oldest."""
        rows = ChapterReport.objects.decidable_by(self.user).filter(state=ReportState.SUBMITTED)
        months = list(rows.order_by("period").values_list("period", flat=True))
        return len(months), months[0] if months else ""

    @cached_property
    def positions_to_decide(self) -> int:
        """How many proposed positions wait for a step of mine."""
        return len(approval.waiting_for(self.user))

    @cached_property
    def quiet(self) -> list[Quiet]:
        """My officials beyond their rhythm, the latest of them first."""
        ties = KeyContact.objects.visible_to(self.user).in_force(self.today).filter(person=self.user)
        late = [
            (days, tie)
            for tie in ties.with_last_contact(self.user)
            if (days := tie.days_late(self.today, tie.last_contact_on)) > 0
        ]
        late.sort(key=lambda pair: (-pair[0], pair[1].pk))
        officials = OfficialQuerySet(Official).with_seats().in_bulk([tie.official_id for _, tie in late])
        return [
            Quiet(
                official := officials[tie.official_id],
                titled(official, self.today, get_language()),
                self._seats_of(official),
                tie.rhythm_days,
                tie.last_contact_on,
                days,
            )
            for days, tie in late
        ]

    def _seats_of(self, official: Official) -> str:
        return ", ".join(str(tenure.seat) for tenure in official.tenures_in_force(self.today))

    @cached_property
    def drafts(self) -> list[Draft]:
        rows = Interaction.objects.drafts_of(self.user).order_by("updated_at", "pk")
        return [Draft(row, row.is_neglected_draft(self.now)) for row in rows[:DRAFTS_SHOWN]]

    @cached_property
    def leaver_decisions(self) -> int:
        """How many things addressed to people who left office wait for my decision."""
        return LeaverDecision.objects.open().visible_to(self.user, self.today).count()

    @cached_property
    def open_reports(self) -> int:
        """How many reports of something wrong on a profile wait for an answer of staff."""
        return FactReport.objects.visible_to(self.user).open().count()

    @cached_property
    def stopped_mail(self) -> dict[str, str | int] | None:
        """Why no mail leaves although some waits, and how much; None where all is well."""
        why, count = arming.stopped_with_mail(now=self.now)
        return {"why": why, "count": count} if count else None

    @cached_property
    def coming_up(self) -> list[Interaction]:
        """Planned contacts that I noted or take part in."""
        takes_part = Exists(Participant.objects.filter(interaction=OuterRef("pk"), person=self.user))
        mine = Interaction.objects.filter(
            takes_part | Q(logged_by=self.user), state=State.PLANNED, occurred_on__gte=self.today
        )
        rows = mine.filter(self._is_readable()).prefetch_related("offices__official")
        return list(rows.order_by("occurred_on", "pk")[:COMING_SHOWN])

    def _is_readable(self) -> Exists:
        """The visibility rule asked of each row: quick where other conditions leave few rows."""
        return Exists(Interaction.objects.visible_to(self.user).filter(pk=OuterRef("pk")))

    def _near(self) -> InteractionQuerySet:
        """Logged contacts of the chapters whose life I follow, as far as I may read them."""
        contacts = InteractionQuerySet(Interaction).logged()
        if self.reach.reads_every_shared_record:
            return contacts.visible_to(self.user)
        chapters = self.reach.reads or self.reach.belongs_to
        credit = Credit.objects.filter(interaction=OuterRef("pk"), chapter__in=chapters)
        return contacts.filter(Exists(credit)).filter(self._is_readable())

    @cached_property
    def activity(self) -> list[Interaction]:
        rows = self._near().select_related("logged_by").prefetch_related(
            "offices__official", "offices__committee", "credits__chapter", "topics__measure__session",
            "topics__issue",
        )  # fmt: skip
        return list(rows.order_by("-occurred_on", "-pk")[:ACTIVITY_SHOWN])

    @cached_property
    def tally(self) -> Tally:
        month = Month.of(self.today)
        met = (
            self._near()
            .filter(occurred_on__gte=month.first, occurred_on__lte=self.today)
            .meaningful()
            .aggregate(
                contacts=Count("pk", distinct=True),
                officials=Count("offices__official", distinct=True),
                chapters=Count("credits__chapter", distinct=True),
            )
        )
        return Tally(month.first, **met, **self._kept_promises(month))

    def _kept_promises(self, month: Month) -> dict[str, int]:
        """My own follow-ups, or those of the chapters I read; none is counted across the whole society."""
        if self.reach.reads_every_shared_record:
            return {"on_time": 0, "due": 0}
        whose = Q(owner=self.user) if self.reach.logs_for else Q(chapter__in=self.reach.reads)
        due = FollowUp.objects.visible_to(self.user).filter(
            whose, due_on__gte=month.first, due_on__lte=self.today
        )
        # What is due today and still open is not late yet.
        due = due.exclude(status=FollowUpStatus.OPEN, due_on=self.today)
        in_time = Q(status=FollowUpStatus.DONE, done_on__lte=F("due_on"))
        return due.exclude(status=FollowUpStatus.CANCELLED).aggregate(
            on_time=Count("pk", filter=in_time), due=Count("pk")
        )

    @cached_property
    def silent_chapters(self) -> list[SilentChapter]:
        """Active chapters in my care without a contact for a month, the most silent first."""
        grown = ChapterQuerySet(Chapter).visible_to(self.user).active(self.today)
        grown = grown.filter(starts_on__lte=self.today - NEW_FOR)
        if not self.reach.reads_every_shared_record:
            grown = grown.filter(pk__in=self.reach.reads)
        recent = self._near().filter(occurred_on__gt=self.today - LOOK_BACK)
        by_chapter = recent.order_by().values_list("credits__chapter").annotate(Max("occurred_on"))
        last: dict[int, date] = dict(by_chapter)
        silent = [SilentChapter(chapter, last.get(chapter.pk)) for chapter in grown]
        border = self.today - SILENT_AFTER
        silent = [one for one in silent if one.last_contact_on is None or one.last_contact_on < border]
        return sorted(silent, key=lambda one: (one.last_contact_on or date.min, one.chapter.name))

    @cached_property
    def advocates(self) -> list[RoleAssignment]:
        """Who speaks for my chapters: whom a member turns to."""
        roles = roles_visible_to(self.user).in_force(self.reach.as_of or self.today)
        ours = roles.filter(role=Role.ADVOCATE, chapter__in=self.reach.belongs_to).exclude(person=self.user)
        return list(ours.select_related("person", "chapter").order_by("chapter__name", "starts_on", "pk"))

    @cached_property
    def missing(self) -> list[str]:
        """What an empty portal still needs, for staff: `officials`, `chapters`."""
        has_officials = OfficialQuerySet(Official).visible_to(self.user).exists()
        has_chapters = ChapterQuerySet(Chapter).visible_to(self.user).exists()
        there = {"officials": has_officials, "chapters": has_chapters}
        return [name for name, is_there in there.items() if not is_there]
