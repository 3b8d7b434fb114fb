"""People on an office's staff: anybody with a role may add one; who added it, and staff, keep it right."""

from typing import Any

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation.models import Committee, Official, Staffer

FIELDS = ("name", "role", "title", "email", "phone", "starts_on", "ends_on")


def may_edit(staffer: Staffer, user: User) -> bool:
    """Whoever added the entry, and national staff."""
    return (staffer.added_by_id is not None and staffer.added_by_id == user.pk) or user.is_staff


def add(
    *, by: User, official: Official | None = None, committee: Committee | None = None, **values: Any
) -> Staffer:
    """Put somebody on the staff of an official or of a committee."""
    staffer = Staffer.objects.create(official=official, committee=committee, added_by=by, **values)
    trail.record(by=by, verb="added", of=staffer)
    return staffer


def change(staffer: Staffer, *, by: User, **values: Any) -> bool:
    """Correct an entry or end a job. False when nothing is different."""
    current = Staffer.objects.select_related("official", "committee").get(pk=staffer.pk)
    before = trail.snapshot(current, FIELDS)
    for name, value in values.items():
        setattr(current, name, value)
    changes = trail.difference(before, trail.snapshot(current, FIELDS))
    if not changes:
        return False
    current.save()
    trail.record(by=by, verb="edited", of=current, changes=changes)
    return True
