"""The checklist of an Advocacy Day: made with it, moving with it, ticked by whoever did it."""

from datetime import date

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.checklist_days import DUE
from advocacy.events.models import AdvocacyEvent, ChecklistItem, Step


class MayNotPrepare(PermissionError):
    """The person does not prepare this Advocacy Day."""


def make(event: AdvocacyEvent) -> list[ChecklistItem]:
    """Every step of W5 that is not on the list yet, each with its day."""
    known = set(event.checklist.values_list("step", flat=True))
    missing = [
        ChecklistItem(event=event, step=step, due_on=due.on(event))
        for step, due in DUE.items()
        if step not in known
    ]
    return ChecklistItem.objects.bulk_create(missing)


def follow_the_day(event: AdvocacyEvent) -> int:
    """The days that nobody has set by hand are counted from the event's new day. How many moved."""
    moved = []
    for item in event.checklist.open().filter(is_moved=False).exclude(step=Step.OWN):
        if item.due_on != (due_on := DUE[Step(item.step)].on(event)):
            item.due_on = due_on
            moved.append(item)
    return ChecklistItem.objects.bulk_update(moved, ["due_on"])


@transaction.atomic
def add(
    event: AdvocacyEvent, *, by: User, text: str, due_on: date, owner: User | None = None
) -> ChecklistItem:
    """A step of one's own. The same step for the same day is the one that is there. Raises MayNotPrepare."""
    _may_prepare(event, by)
    AdvocacyEvent.objects.select_for_update().get(pk=event.pk)
    item, is_new = ChecklistItem.objects.get_or_create(
        event=event,
        step=Step.OWN,
        text=text.strip(),
        due_on=due_on,
        defaults={"owner": owner, "is_moved": True},
    )
    if is_new:
        trail.record(by=by, verb="added", of=item)
    return item


@transaction.atomic
def change(
    item: ChecklistItem, *, by: User, due_on: date, owner: User | None, text: str | None = None
) -> bool:
    """Another day, owner or, of one's own step, other words. A day set by hand stays. Raises MayNotPrepare."""
    _may_prepare(item.event, by)
    names = ["due_on", "owner", "text"]
    before = trail.snapshot(item, names)
    item.is_moved = item.is_moved or item.due_on != due_on
    item.due_on, item.owner = due_on, owner
    if text is not None and item.step == Step.OWN:
        item.text = text.strip()
    changes = trail.difference(before, trail.snapshot(item, names))
    if changes:
        item.save(update_fields=[*names, "is_moved"])
        trail.record(by=by, verb="edited", of=item, changes=changes)
    return bool(changes)


@transaction.atomic
def tick(item: ChecklistItem, *, by: User, on: date) -> bool:
    """It is done. False where somebody was faster: the first tick stands. Raises MayNotPrepare."""
    _may_prepare(item.event, by)
    changed = ChecklistItem.objects.open().filter(pk=item.pk).update(done_on=on, done_by=by)
    if changed:
        trail.record(by=by, verb="done", of=item)
    return changed == 1


@transaction.atomic
def untick(item: ChecklistItem, *, by: User) -> bool:
    """It is open again. Raises MayNotPrepare."""
    _may_prepare(item.event, by)
    done = ChecklistItem.objects.filter(pk=item.pk, done_on__isnull=False)
    changed = done.update(done_on=None, done_by=None)
    if changed:
        trail.record(by=by, verb="reopened", of=item)
    return changed == 1


@transaction.atomic
def remove(item: ChecklistItem, *, by: User) -> None:
    """A step that this day does not need. Raises MayNotPrepare."""
    _may_prepare(item.event, by)
    trail.record(by=by, verb="deleted", of=item)
    item.delete()


def _may_prepare(event: AdvocacyEvent, by: User) -> None:
    if not AdvocacyEvent.objects.all().run_by(by).filter(pk=event.pk).exists():
        raise MayNotPrepare
