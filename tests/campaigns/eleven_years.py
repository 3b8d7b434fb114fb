"""Something of everything in each of 132 months, so that every rule of the planner has its days."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

from advocacy.events.models import ChecklistItem, Recognition
from advocacy.interactions.models import (
    FollowUp,
    FollowUpKind,
    Interaction,
    KeyContact,
    Kind,
    Rank,
    State,
)
from advocacy.kernel.periods import Month
from advocacy.kernel.schedules import WeekdayOfMonth, moment_of
from advocacy.positions.models import Position
from advocacy.reports.models import ChapterReport
from campaigns.models import Campaign, Revision
from legislation.models import (
    Disposition,
    DispositionKind,
    LeaverDecision,
    Official,
    SavedSearch,
    SearchNews,
    SessionDeadline,
    Stage,
)
from members.taskforce.models import ActionItem, Meeting, MeetingInvitation, PublishedMinutes
from tests.cast import NOW, TODAY, Cast
from tests.factories.advocacy_days import coming, day_of, meets, team
from tests.factories.comments import comments_on
from tests.factories.hearings import hearing_on
from tests.factories.letters import letter_of
from tests.factories.log import alma_reyes, official_in, seat_in
from tests.factories.measures import Standpoint, adjourned, measure, proposed, stepped, tracked
from tests.factories.partners import grasstop
from tests.factories.people import president_of, state
from tests.factories.requests import asked
from tests.factories.research import conversation

SECOND_WEDNESDAY = WeekdayOfMonth(2, 2)
_DAY = timedelta(days=1)


def months(count: int = 132) -> list[Month]:
    """From July 2026, when the roles of the cast begin."""
    found = [Month(2026, 7)]
    while len(found) < count:
        found.append(found[-1].next())
    return found


def furnish(cast: Cast, when: list[Month]) -> None:
    """All of it dana's, where it is somebody's; each falls due on the last day of its month."""
    _promises(cast, when)
    _meetings(cast, when)
    _proposals(cast, when)
    _legislature(cast, when)
    _sessions(cast, when)
    _reviews(cast, when)
    _letters(cast, when)
    _advocacy_days(cast, when)
    ChapterReport.objects.bulk_create(
        [ChapterReport(chapter=cast.gulf_prairie, period=str(month), opened_at=NOW) for month in when]
    )
    for year in sorted({month.year for month in when}):
        started, ended = date(year - 1, 7, 1), date(year, 7, 1)
        president_of(cast.saint_laurent, person=cast.sam, starts_on=started, ends_on=ended)
    _conversations(cast, when)


def _reviews(cast: Cast, when: list[Month]) -> None:
    """Dana's campaigns wait for a second person."""
    for month in when:
        at = datetime.combine(month.first, time(18), tzinfo=UTC)
        campaign = Campaign.objects.create(
            name=f"Campaign {month}", slug=f"campaign-{month}", kind="letter", chapter=cast.gulf_prairie,
            owner=cast.dana, created_by=cast.dana, created_at=at, status="in_review", status_at=at,
        )  # fmt: skip
        Revision.objects.create(
            campaign=campaign, number=1, content={}, fingerprint="x", author=cast.dana,
            submitted_by=cast.dana, submitted_at=at,
        )  # fmt: skip


def _promises(cast: Cast, when: list[Month]) -> None:
    reyes = alma_reyes()
    mine = {"chapter": cast.gulf_prairie, "owner": cast.dana, "created_by": cast.dana}
    FollowUp.objects.bulk_create(
        [FollowUp(kind=FollowUpKind.SEND_INFORMATION, due_on=month.end - _DAY, **mine) for month in when]
    )
    drafts = Interaction.objects.bulk_create(
        [
            Interaction(
                form_key=uuid4(),
                state=State.DRAFT,
                kind=Kind.OTHER,
                occurred_on=month.first,
                zone="America/Chicago",
                chapter=cast.gulf_prairie,
                logged_by=cast.dana,
            )
            for month in when
        ]
    )
    for draft, month in zip(drafts, when, strict=True):
        left_at = datetime.combine(month.end - _DAY, time(12), tzinfo=UTC)
        Interaction.objects.filter(pk=draft.pk).update(updated_at=left_at)
    _requests(cast, reyes, when)
    grasstop(cast, starts_on=date(2026, 6, 1))
    KeyContact.objects.create(
        person=cast.dana, official=reyes, chapter=cast.gulf_prairie, rank=Rank.PRIMARY,
        starts_on=date(2026, 8, 1),
    )  # fmt: skip
    LeaverDecision.objects.create(
        kind="follow-up", model="interactions.followup", object_id=1, label="x", official=reyes
    )


def _requests(cast: Cast, reyes: Official, when: list[Month]) -> None:
    request = asked(cast.dana, reyes)
    nudge = request.nudge
    assert nudge
    nudge.due_on = when[0].end - _DAY
    nudge.save()
    for month in when[1:]:
        nudge.pk, nudge.due_on = None, month.end - _DAY
        nudge.save()
        request.pk, request.form_key, request.nudge = None, uuid4(), nudge
        request.save()


def _proposals(cast: Cast, when: list[Month]) -> None:
    """Luis proposes for the chapter next door: dana is asked, as the team of the state."""
    for month in when:
        row = proposed(
            measure(f"HB {month}"), cast.hill_country, Standpoint.SUPPORT, proposed_by=cast.luis,
            proposed_on=month.first, is_expedited=True,
        )  # fmt: skip
        asked_at = datetime.combine(month.first, time(12), tzinfo=UTC)
        Position.objects.filter(pk=row.pk).update(created_at=asked_at)


def _legislature(cast: Cast, when: list[Month]) -> None:
    """On the twentieth a hearing and all that closes; of what has passed nobody is reminded any more."""
    waits, passed = measure("HB 1"), measure("HB 2")
    stepped(waits, Stage.INTRODUCED, TODAY)
    stepped(passed, Stage.ENROLLED, TODAY)
    for bill in (waits, passed):
        tracked(bill, cast.gulf_prairie, owner=cast.dana)
    search = SavedSearch.objects.create(
        owner=cast.dana, name="x", created_at=NOW, looked_at=NOW, cadence="daily", told_until=NOW,
        looks_next_at=NOW,
    )  # fmt: skip
    for month in when:
        day = month.first.replace(day=20)
        at = moment_of(day, time(13), "America/Chicago")
        hearing_on(waits, starts_at=at, sign_up_by=at, written_by=at)
        for kind in ("crossover", "executive_window_ends"):
            SessionDeadline.objects.create(session=waits.session, kind=kind, on=day)
        rule = measure(f"Rule {month}", kind="regulation")
        tracked(rule, cast.gulf_prairie, owner=cast.dana)
        comments_on(rule, closes_at=at)
        SearchNews.objects.create(search=search, since=at - _DAY, until=at, day=day)


def _sessions(cast: Cast, when: list[Month]) -> None:
    """Each month one adjourns, and a signing window closes."""
    for month in when:
        bill = measure(f"SB {month}", session=f"S{month}")
        adjourned(month.first, session=f"S{month}")
        Disposition.objects.create(
            measure=bill, kind=DispositionKind.AWAITING, adjourned_on=month.first, window_ends_on=month.first,
            confirmed_by=cast.angela, confirmed_at=NOW,
        )  # fmt: skip


def _meetings(cast: Cast, when: list[Month]) -> None:
    """Each month one that is planned, with dana coming and luis silent, and one that was held."""
    planned, held = (
        Meeting.objects.bulk_create(
            [
                Meeting(
                    title="Task force meeting",
                    host=cast.angela,
                    zone="America/Chicago",
                    status=status,
                    starts_at=moment_of(SECOND_WEDNESDAY.day_in(month), time(13), "America/Chicago"),
                )
                for month in when
            ]
        )
        for status in ("planned", "held")
    )
    coming = {"answer": "yes", "answered_at": NOW, "how": "portal", "wants_last_reminder": True}
    MeetingInvitation.objects.bulk_create(
        [MeetingInvitation(meeting=meeting, person=cast.dana, **coming) for meeting in planned]
    )
    MeetingInvitation.objects.bulk_create(
        [MeetingInvitation(meeting=meeting, person=cast.luis, asked_at=NOW) for meeting in planned]
    )
    PublishedMinutes.objects.bulk_create(
        [
            PublishedMinutes(
                meeting=meeting,
                published_by=cast.angela,
                published_at=meeting.ends_at,
                content={"items": [], "action_items": [], "attendance": []},
            )
            for meeting in held
        ]
    )
    ActionItem.objects.bulk_create(
        [
            ActionItem(
                meeting=meeting, owner=cast.dana, made_by=cast.angela, text="To do", due_on=month.end - _DAY
            )
            for meeting, month in zip(held, when, strict=True)
        ]
    )


def _letters(cast: Cast, when: list[Month]) -> None:
    """Both deadlines of each on the last day of the month, and our decision is missing."""
    for month in when:
        at = moment_of(month.end - _DAY, time(17), "America/Chicago")
        known = {"zone": "America/Chicago", "received_on": month.first, "title": str(month)}
        letter_of(cast, soft_deadline_at=at, hard_deadline_at=at, **known)


def _conversations(cast: Cast, when: list[Month]) -> None:
    """A week before the last day of each month, and nobody has written the summary."""
    for month in when:
        conversation(cast, held_on=month.end - 8 * _DAY)


def _advocacy_days(cast: Cast, when: list[Month]) -> None:
    """On the last day of each month; dana is captain and has come; her step and her award are due that day."""
    tran = official_in(seat_in(state("tx", "Texas"), "15", "upper"), "Joel Tran")
    for month in when:
        event = day_of(cast, "published", held_on=month.end - _DAY, coordinator=cast.dana)
        meets(
            event,
            tran,
            time(10),
            team=team(event, coming(event, cast.dana, checked_in_at=event.moment(time(9)))),
        )
        ChecklistItem.objects.create(event=event, step="own", text="Badges", due_on=event.held_on)
        Recognition.objects.create(
            kind="award", direction="given", title="Thanks", chapter=cast.gulf_prairie, office="Mayor",
            event=event, due_on=event.held_on, owner=cast.dana,
        )  # fmt: skip
