"""From the proposed item to the published minutes, and the corrections beside them."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.models import Measure
from members.taskforce.models import (
    ActionItem,
    ActionStatus,
    AgendaItem,
    Decision,
    Meeting,
    MeetingStatus,
    MinutesCorrection,
    PublishedMinutes,
)

_WRITTEN = ("order", "title", "minutes_wanted", "outcome", "summary")


class AlreadyPublished(ValueError):
    """Published minutes are not rewritten: a correction stands beside them."""

    def __init__(self) -> None:
        super().__init__(_("The minutes are published: add a correction instead."))


class ChangedMeanwhile(ValueError):
    """Another note-taker saved since this version was shown."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else wrote here while you did."))


class NoMoreItems(ValueError):
    """The agenda is closed once the meeting is over."""

    def __init__(self) -> None:
        super().__init__(_("The meeting is over or cancelled: propose the item for the next one."))


@transaction.atomic
def propose(meeting: Meeting, *, by: User, **fields: Any) -> AgendaItem:
    """Anyone of the task force puts a point on the agenda, at its end. Raises NoMoreItems."""
    if not meeting.is_planned:
        raise NoMoreItems
    last = meeting.items.order_by("-order").values_list("order", flat=True).first() or 0
    item = AgendaItem(meeting=meeting, proposed_by=by, order=last + 1, **fields)
    item.full_clean()
    item.save()
    trail.record(by=by, verb="proposed", of=item)
    return item


@transaction.atomic
def write(item: AgendaItem, *, by: User, version: int, **fields: Any) -> bool:
    """What the minutes say of one item. Raises AlreadyPublished, and ChangedMeanwhile where another note-taker saved
    since version `version` was shown.
    """
    _require_unpublished(item.meeting)
    before = trail.snapshot(item, _WRITTEN)
    for name, value in fields.items():
        setattr(item, name, value)
    changes = trail.difference(before, trail.snapshot(item, _WRITTEN))
    if not changes:
        return False
    shown = AgendaItem.objects.filter(pk=item.pk, version=version)
    if not shown.update(**fields, version=version + 1):
        raise ChangedMeanwhile
    item.version = version + 1
    trail.record(by=by, verb="edited", of=item, changes=changes)
    return True


@transaction.atomic
def decide(item: AgendaItem, *, by: User, **fields: Any) -> Decision:
    """Record a decision. Raises AlreadyPublished, and ValidationError where counts do not fit."""
    _require_unpublished(item.meeting)
    decision = Decision(item=item, **fields)
    decision.full_clean()
    decision.save()
    trail.record(by=by, verb="decided", of=decision)
    return decision


@transaction.atomic
def assign(
    meeting: Meeting,
    *,
    by: User,
    text: str,
    owner: User,
    due_on: date,
    item: AgendaItem | None = None,
    measure: Measure | None = None,
) -> ActionItem:
    """Give somebody something to do by a day."""
    action_item = ActionItem(
        meeting=meeting, item=item, text=text, owner=owner, due_on=due_on, measure=measure, made_by=by
    )
    action_item.full_clean()
    action_item.save()
    trail.record(by=by, verb="assigned", of=action_item)
    return action_item


@transaction.atomic
def move(action_item: ActionItem, *, by: User, status: str, on: date, drop_reason: str = "") -> bool:
    """Begin, finish, drop or open it again."""
    before = trail.snapshot(action_item, ("status", "drop_reason"))
    action_item.status = status
    action_item.drop_reason = drop_reason.strip() if status == ActionStatus.DROPPED else ""
    action_item.closed_on = None if action_item.is_unfinished else action_item.closed_on or on
    changes = trail.difference(before, trail.snapshot(action_item, ("status", "drop_reason")))
    if changes:
        action_item.full_clean()
        action_item.save()
        trail.record(by=by, verb="edited", of=action_item, changes=changes)
    return bool(changes)


@transaction.atomic
def publish(meeting: Meeting, *, by: User, now: datetime) -> PublishedMinutes:
    """Freeze the minutes and carry what is unfinished on to the next meeting. Raises AlreadyPublished.

    They can be read at once; by rule they are mailed on the second business day after the meeting.
    """
    _require_unpublished(meeting)
    Meeting.objects.planned().filter(pk=meeting.pk).update(status=MeetingStatus.HELD)
    meeting.refresh_from_db()
    published = PublishedMinutes.objects.create(
        meeting=meeting, content=_content(meeting), published_by=by, published_at=now
    )
    # Once for each meeting, however often somebody presses the button.
    ActionItem.objects.carried_into(meeting).filter(
        Q(carried_to=None) | Q(carried_to__starts_at__lt=meeting.starts_at)
    ).update(carried_count=F("carried_count") + 1, carried_to=meeting)
    trail.record(by=by, verb="published minutes", of=meeting)
    return published


@transaction.atomic
def correct(published: PublishedMinutes, *, by: User, text: str, now: datetime) -> MinutesCorrection:
    """Say what should be read instead; the published version stays as it was."""
    correction = MinutesCorrection(minutes=published, text=text.strip(), made_by=by, made_at=now)
    correction.full_clean()
    correction.save()
    trail.record(by=by, verb="corrected minutes", of=published.meeting, changes={"text": [None, text]})
    return correction


def _require_unpublished(meeting: Meeting) -> None:
    if PublishedMinutes.objects.filter(meeting=meeting).exists():
        raise AlreadyPublished


def _content(meeting: Meeting) -> dict[str, Any]:
    """The minutes in words, as they stand now. Words about a colleague are nobody else's."""
    items = meeting.items.prefetch_related("decisions", "action_items__owner").order_by("order", "pk")
    loose = meeting.action_items.filter(item=None, about=None).select_related("owner")
    return {
        "items": [
            {
                "title": item.title,
                "outcome": item.outcome,
                "summary": item.summary,
                "decisions": [_decision(decision) for decision in item.decisions.all()],
                "action_items": [_task(task) for task in item.action_items.all()],
            }
            for item in items
        ],
        "action_items": [_task(task) for task in loose],
        "attendance": [
            {"name": str(row.person), "presence": row.presence, "delegate": row.delegate_name}
            for row in meeting.attendance.confirmed().select_related("person").order_by("person__search_text", "pk")
        ],
    }  # fmt: skip


def _decision(decision: Decision) -> dict[str, Any]:
    counts = (decision.votes_for, decision.votes_against, decision.abstained)
    return {"text": decision.text, "how": decision.how, "counts": list(counts)}


def _task(task: ActionItem) -> dict[str, str]:
    return {"text": task.text, "owner": str(task.owner), "due_on": task.due_on.isoformat()}
