"""The life of a campaign: begun, reviewed by a second person, launched, paused, closed (DOMAIN.md W4).

Each move is one UPDATE that names the status it begins in: of two people who press at once one moves it, and the other
is told so.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.kernel import happenings
from advocacy.outbox import lanes
from campaigns import approval, audience, checks, notices
from campaigns.actions import contacts, mailings, targets
from campaigns.content import content_of, fingerprint_of
from campaigns.errors import (
    AudienceMoved,
    MayNotDecide,
    MayNotRun,
    NotReady,
    NotWhatWasApproved,
    SubmittedAnew,
    WrongStatus,
)
from campaigns.models import Campaign, Purpose, Revision, Status, StatusChange, Verdict
from members.access import reach_of
from members.models import Chapter


def may_begin(by: User, chapter: Chapter | None) -> bool:
    """Advocates begin campaigns of their chapters; staff of any chapter, and of the society."""
    reach = reach_of(by)
    return reach.is_staff or (chapter is not None and chapter.pk in reach.advocate_of)


def may_decide(by: User, campaign: Campaign) -> bool:
    """Staff and task-force leads approve, but never their own: neither what they began nor what they submitted."""
    waiting = campaign.revisions.waiting().first()
    own = {campaign.created_by_id, waiting.submitted_by_id if waiting else None}
    reach = reach_of(by)
    return (reach.is_staff or reach.is_lead) and by.pk not in own


@transaction.atomic
def begin(*, by: User, now: datetime, chapter: Chapter | None, **fields: Any) -> Campaign:
    """A draft. Raises MayNotRun."""
    if not may_begin(by, chapter):
        raise MayNotRun
    begun = {"created_by": by, "created_at": now, "status_at": now, "owner": fields.pop("owner", by)}
    if chapter:
        fields.setdefault("zone", chapter.time_zone)
    campaign = Campaign.objects.create(chapter=chapter, status=Status.DRAFT, **begun, **fields)
    if chapter:
        campaign.chapters.add(chapter)
    trail.record(by=by, verb="added", of=campaign)
    return campaign


@transaction.atomic
def submit(campaign: Campaign, *, by: User, now: datetime) -> Revision:
    """Put it before a second person, as it stands. Raises MayNotRun, NotReady and WrongStatus."""
    _runs(campaign, by)
    if found := checks.problems(campaign):
        raise NotReady(found)
    contacts.for_members(campaign.chapters.all(), now=now)
    _move(campaign, Status.IN_REVIEW, by=by, now=now)
    content = content_of(campaign)
    number = (campaign.revisions.aggregate(last=Max("number"))["last"] or 0) + 1
    return Revision.objects.create(
        campaign=campaign,
        number=number,
        content=content,
        fingerprint=fingerprint_of(content),
        author=campaign.created_by,
        submitted_by=by,
        submitted_at=now,
    )


@transaction.atomic
def withdraw(campaign: Campaign, *, by: User, now: datetime) -> None:
    """Take it back from review, to go on writing."""
    _runs(campaign, by)
    _move(campaign, Status.DRAFT, by=by, now=now)
    campaign.revisions.waiting().update(verdict=Verdict.WITHDRAWN, decided_by=by, decided_at=now)


@transaction.atomic
def approve(
    campaign: Campaign,
    *,
    by: User,
    now: datetime,
    is_nonpartisan: bool,
    note: str = "",
    version: int | None = None,
) -> Revision:
    """Pin exactly what was submitted; `version` is the one that was read.

    Raises MayNotDecide, NotReady, NotWhatWasApproved and WrongStatus.
    """
    revision = _waiting(campaign, by, version)
    found = checks.problems(campaign)
    if not is_nonpartisan:
        found.append(_("Confirm that it names no party, no candidate and no election."))
    if found:
        raise NotReady(found)
    if not approval.is_unchanged(campaign, revision):
        raise NotWhatWasApproved
    # Campaign first, as everywhere: who takes it back at this moment waits for us, and not we for each other.
    _move(campaign, Status.APPROVED, by=by, now=now, note=note, revision=revision)
    revision.verdict, revision.decided_by, revision.decided_at = Verdict.APPROVED, by, now
    revision.note, revision.is_nonpartisan = note, True
    revision.audience = audience.audience_of(campaign, now).count()
    revision.save()
    notices.decided(campaign, revision, now=now)
    return revision


@transaction.atomic
def return_(campaign: Campaign, *, by: User, now: datetime, note: str, version: int | None = None) -> None:
    """Send it back with what has to change. Raises MayNotDecide, NotReady and WrongStatus."""
    revision = _waiting(campaign, by, version)
    if not note.strip():
        raise NotReady([_("Say what has to change.")])
    _move(campaign, Status.DRAFT, by=by, now=now, note=note)
    revision.verdict, revision.decided_by, revision.decided_at = Verdict.RETURNED, by, now
    revision.note = note
    revision.save()
    notices.decided(campaign, revision, now=now)


@transaction.atomic
def rework(campaign: Campaign, *, by: User, now: datetime, note: str = "") -> None:
    """Back to draft, to be changed and reviewed again. The page of a paused campaign goes on saying so."""
    _runs(campaign, by)
    _move(campaign, Status.DRAFT, by=by, now=now, note=note)


@transaction.atomic
def schedule(campaign: Campaign, *, by: User, now: datetime) -> None:
    """Let the clock launch it when its window opens. Raises as `launch` does, but for the audience."""
    _runs(campaign, by)
    _is_ready(campaign, now)
    _move(campaign, Status.SCHEDULED, by=by, now=now)


@transaction.atomic
def unschedule(campaign: Campaign, *, by: User | None, now: datetime, note: str = "") -> None:
    """Not by the clock after all."""
    if by is not None:
        _runs(campaign, by)
    _move(campaign, Status.APPROVED, by=by, now=now, note=note)


@transaction.atomic
def launch(campaign: Campaign, *, by: User | None, now: datetime, expected: int | None = None) -> None:
    """Open the page, freeze the list of targets, and begin the mail. `by` is None where the clock does it.

    `expected` is the audience that a person has seen and agreed to, where it moved since the approval.
    Raises MayNotRun, NotReady, NotWhatWasApproved, AudienceMoved and WrongStatus.
    """
    if by is not None:
        _runs(campaign, by)
    if campaign.status not in (Status.APPROVED, Status.SCHEDULED):
        raise WrongStatus
    revision = _is_ready(campaign, now)
    contacts.for_members(campaign.chapters.all(), now=now)
    _audience_stands(campaign, revision, expected, now=now)
    _move(campaign, Status.LIVE, by=by, now=now, launched_at=campaign.launched_at or now)
    happenings.tell("campaign.launched", [campaign.pk], at=now)
    targets.renew(campaign, now=now)
    lanes.let_go(_lane(campaign))
    mailings.go_on(campaign, now=now)
    mailings.begin(campaign, Purpose.LAUNCH, by=by, now=now)


@transaction.atomic
def pause(campaign: Campaign, *, by: User | None, now: datetime, note: str = "") -> None:
    """Nothing more leaves and nobody takes part until it is resumed. `by` is None where the clock does it."""
    if by is not None:
        _runs(campaign, by)
    _move(campaign, Status.PAUSED, by=by, now=now, note=note)
    mailings.pause(campaign)
    lanes.hold(
        _lane(campaign), because=_("The campaign is paused."), until=campaign.closes_at or now, now=now
    )


@transaction.atomic
def resume(campaign: Campaign, *, by: User, now: datetime) -> None:
    """Go on with what was approved. Raises as `launch` does, but for the audience."""
    _runs(campaign, by)
    if campaign.status != Status.PAUSED:
        raise WrongStatus
    _is_ready(campaign, now)
    _move(campaign, Status.LIVE, by=by, now=now)
    lanes.let_go(_lane(campaign))
    mailings.go_on(campaign, now=now)


@transaction.atomic
def close(
    campaign: Campaign, *, by: User | None, now: datetime, outcome: str = "", outcome_fr: str = ""
) -> None:
    """Nobody takes part any more; the page says what happened."""
    if by is not None:
        _runs(campaign, by)
    said = {"outcome": outcome or campaign.outcome, "outcome_fr": outcome_fr or campaign.outcome_fr}
    _move(campaign, Status.CLOSED, by=by, now=now, **said)
    happenings.tell("campaign.closed", [campaign.pk], at=now)
    mailings.stop(campaign, now=now)
    lanes.let_go(_lane(campaign))
    if mailings.can_begin(campaign, Purpose.THANKS):
        mailings.begin(campaign, Purpose.THANKS, by=by, now=now)


@transaction.atomic
def evaluate(
    campaign: Campaign, *, by: User, now: datetime, outcome: str, outcome_fr: str, lessons: str
) -> None:
    """File what came of it and what we learned."""
    _runs(campaign, by)
    _move(campaign, Status.EVALUATED, by=by, now=now, outcome=outcome, outcome_fr=outcome_fr, lessons=lessons)
    if mailings.can_begin(campaign, Purpose.OUTCOME):
        mailings.begin(campaign, Purpose.OUTCOME, by=by, now=now)


def _lane(campaign: Campaign) -> str:
    return f"scope:{campaign.scope}"


def _runs(campaign: Campaign, by: User) -> None:
    if not Campaign.objects.run_by(by).filter(pk=campaign.pk).exists():
        raise MayNotRun


def _waiting(campaign: Campaign, by: User, version: int | None) -> Revision:
    revision = campaign.revisions.waiting().first()
    if revision is None or campaign.status != Status.IN_REVIEW:
        raise WrongStatus
    if not may_decide(by, campaign):
        raise MayNotDecide
    if version is not None and version != revision.number:
        raise SubmittedAnew
    return revision


def _is_ready(campaign: Campaign, now: datetime) -> Revision:
    """An approved version that is still what the campaign says, with all that a launch needs today."""
    revision = approval.of(campaign)
    if revision is None:
        raise NotReady([_("A second person has to approve it first.")])
    found = checks.problems(campaign)
    if checks.is_over(campaign, now):
        found.append(_("Its window is over: choose a later end, and have it approved."))
    if found:
        raise NotReady(found)
    if not approval.is_unchanged(campaign, revision):
        raise NotWhatWasApproved
    return revision


def _audience_stands(campaign: Campaign, revision: Revision, expected: int | None, *, now: datetime) -> None:
    approved, today = revision.audience or 0, audience.audience_of(campaign, now).count()
    if expected is not None and expected == today:
        return
    if abs(today - approved) * 100 > approved * campaign.tolerated_drift:
        raise AudienceMoved(approved, today)


def _move(
    campaign: Campaign, after: Status, *, by: User | None, now: datetime, note: str = "", **fields: Any
) -> None:
    before = Status(campaign.status)
    if not campaign.may_become(after):
        raise WrongStatus
    moved = Campaign.objects.filter(pk=campaign.pk, status=before)
    if not moved.update(status=after, status_at=now, **fields):
        raise WrongStatus
    campaign.refresh_from_db()
    StatusChange.objects.create(
        campaign=campaign, before=before, after=after, by=by, at=now, note=note[:1000]
    )
    trail.record(by=by, verb="moved", of=campaign, changes={"status": [str(before.label), str(after.label)]})
