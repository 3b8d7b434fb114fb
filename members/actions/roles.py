"""Giving and ending roles. What a role opens follows from its dates, in `members.access`, on each request."""

from datetime import date

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from members.access import society_today
from members.models import Chapter, Region, RoleAssignment

_RECORDED = ("person", "role", "chapter", "region", "title", "starts_on", "ends_on", "is_primary")


class AlreadyHeld(ValueError):
    """The person holds this role in this place on some of these days already."""

    def __init__(self, held: RoleAssignment) -> None:
        self.held = held
        super().__init__(
            _("%(person)s holds this role here already, from %(start)s.")
            % {"person": held.person, "start": date_format(held.starts_on, "DATE_FORMAT")}
        )


class AlreadyChanged(ValueError):
    """Somebody else changed this role in the meantime."""

    def __init__(self) -> None:
        super().__init__(_("Somebody changed this role in the meantime: look at it again."))


@transaction.atomic
def give(
    *,
    by: User | None,
    person: User,
    role: str,
    starts_on: date,
    chapter: Chapter | None = None,
    region: Region | None = None,
    ends_on: date | None = None,
    title: str = "",
) -> RoleAssignment:
    """Give `person` a role for a term. Their first role in a chapter makes it their primary chapter.

    Raises AlreadyHeld when a term of the same role in the same place overlaps, and ValidationError when the
    place or the dates do not fit the role. `by` is None only where a file or the demo brings the roles.
    """
    User.objects.select_for_update().get(pk=person.pk)  # one change of this person's roles at a time
    same = RoleAssignment.objects.filter(person=person, role=role, chapter=chapter, region=region)
    if held := same.overlapping(starts_on, ends_on).first():
        raise AlreadyHeld(held)
    assignment = RoleAssignment(
        person=person,
        role=role,
        chapter=chapter,
        region=region,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=by,
        is_primary=chapter is not None and not _has_a_primary_chapter(person),
    )
    if assignment.is_primary:
        RoleAssignment.objects.filter(person=person, is_primary=True).update(is_primary=False)
    assignment.clean_fields(exclude=("person", "chapter", "region", "given_by"))  # rows that were just read
    assignment.validate_constraints()
    assignment.save()
    shown = trail.snapshot(assignment, _RECORDED)
    trail.record(
        by=by, verb="gave role", of=assignment, changes={name: [None, new] for name, new in shown.items()}
    )
    return assignment


@transaction.atomic
def end(assignment: RoleAssignment, *, by: User, on: date, reason: str = "") -> RoleAssignment:
    """End the role: `on` is the first day without it, and access ends as that day begins.

    A role that has not begun by then ends on the day it would have begun; one that ends earlier stays as it
    is. Raises AlreadyChanged when the term is no longer what the caller saw.
    """
    if assignment.ends_on is not None and assignment.ends_on <= on:
        return assignment
    ends_on = max(on, assignment.starts_on)
    seen = RoleAssignment.objects.filter(
        pk=assignment.pk, starts_on=assignment.starts_on, ends_on=assignment.ends_on
    )
    if seen.update(ends_on=ends_on) != 1:
        raise AlreadyChanged
    before, assignment.ends_on = assignment.ends_on, ends_on
    changes = {"ends_on": [before, ends_on]}
    trail.record(by=by, verb="ended role", of=assignment, changes=changes, reason=reason)
    return assignment


@transaction.atomic
def make_primary(assignment: RoleAssignment, *, by: User) -> RoleAssignment:
    """Make this role's chapter the one that new contacts are logged for first.

    Raises ValueError for a role outside a chapter.
    """
    if assignment.chapter_id is None:
        raise ValueError(_("Only a role in a chapter can make it the primary chapter."))
    User.objects.select_for_update().get(pk=assignment.person_id)
    primary = RoleAssignment.objects.filter(person=assignment.person_id, is_primary=True)
    primary.exclude(pk=assignment.pk).update(is_primary=False)
    if RoleAssignment.objects.filter(pk=assignment.pk, is_primary=False).update(is_primary=True):
        trail.record(by=by, verb="made primary", of=assignment, changes={"is_primary": [False, True]})
    assignment.is_primary = True
    return assignment


def board_service_warning(assignment: RoleAssignment) -> str:
    """What to tell whoever gives a seat on a second chapter's board; empty when all is well."""
    if not assignment.conflicts_with_board_service():
        return ""
    return _(
        "%(person)s sits on another chapter's board at the same time. Bylaws usually bar this: please check."
    ) % {"person": assignment.person}


def _has_a_primary_chapter(person: User) -> bool:
    """A primary chapter whose role has ended no longer counts; one that begins later does."""
    primary = RoleAssignment.objects.filter(person=person, is_primary=True)
    return primary.overlapping(society_today(), None).exists()
