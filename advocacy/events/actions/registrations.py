"""Registering for an Advocacy Day: by oneself, through the public page, or by whoever runs it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events import attendee_mail
from advocacy.events.actions import places
from advocacy.events.actions.checklists import MayNotPrepare
from advocacy.events.actions.places import nameless
from advocacy.events.models import (
    SCHEDULING,
    AdvocacyEvent,
    Registration,
    RegistrationDistrict,
    RegistrationStatus,
    SurveyAnswer,
    TeamMember,
)
from advocacy.interactions.models import Participant
from advocacy.kernel import limits
from advocacy.outbox.actions import erasure

PROOFS_AN_HOUR = 3
# What nobody confirmed is forgotten.
UNPROVEN_FOR = timedelta(days=7)
_PERSONAL = {
    "name": "", "phone": "", "employer": "", "access_needs": "", "diet": "", "topics": "", "method": "",
    "photo_consent": False, "search_text": "", "person": None, "wished_role": "", "arrives_at": None,
    "leaves_at": None, "told": {},
}  # fmt: skip


class Refused(ValueError):
    """Nobody registers, or changes their registration, now; the sentence says why."""


@dataclass(frozen=True)
class Districts:
    """Where somebody is a constituent: jurisdiction, chamber and division of each; and how that was found."""

    method: str = ""
    rows: tuple[tuple[int, str, int], ...] = ()


def own(event: AdvocacyEvent, user: User) -> Registration | None:
    """The person's registration; or one that was made with their address before they were known by it."""
    rows = event.registrations.select_related("event")
    found = rows.filter(person=user).first()
    return found or rows.filter(person=None, email__iexact=user.email).first()


@transaction.atomic
def register(
    event: AdvocacyEvent, *, by: User, now: datetime, districts: Districts | None, **said: Any
) -> Registration:
    """A colleague comes, or changes what they said. `districts` None leaves those that are known. Raises Refused."""
    stored = places.locked(event)
    row = own(stored, by)
    if row is not None and _stands(row):
        _is_not_over(stored, now)
        row.person = by
        return _changed(row, by=by, said=said, districts=districts)
    row = row or Registration(event=stored, email=by.email)
    row.person, row.name = by, by.full_name
    return _enter(stored, row, by=by, now=now, said=said, districts=districts)


@transaction.atomic
def ask(event: AdvocacyEvent, *, now: datetime, email: str, districts: Districts, **said: Any) -> None:
    """Somebody without an account fills in the public page: it counts once the link in the mail is opened.

    Nothing tells whether the address is known: who is registered gets a mail with the link to their registration.
    Raises Refused.
    """
    stored = places.locked(event)
    if why := places.why_closed(stored, now):
        raise Refused(why)
    stored.registrations.all().unproven().filter(registered_at__lt=now - UNPROVEN_FOR).delete()
    row = stored.registrations.filter(email__iexact=email).first()
    per_hour = limits.take(
        "events.proof", email.lower(), most=PROOFS_AN_HOUR, per=timedelta(hours=1), now=now
    )
    if row is not None and (_stands(row) or row.person_id):
        if per_hour.is_allowed:
            attendee_mail.confirm(row, now=now)
        return
    row = row or Registration(event=stored, email=email.strip())
    row.status, row.registered_at, row.proven_at = RegistrationStatus.WAITING, now, None
    _write(row, said, districts)
    if per_hour.is_allowed:
        attendee_mail.prove(row, now=now)


@transaction.atomic
def prove(registration: Registration, *, now: datetime) -> bool:
    """The link was opened and the button pressed: from now on they come, or stand in the queue.

    They asked in time, so it counts when registration has closed since. False where it counted already. Raises
    Refused once the day is over.
    """
    event = places.locked(registration.event)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if not row.is_unproven:
        return False
    _is_not_over(event, now)
    row.status = places.status_of_the_next(event)
    row.event, row.proven_at, row.registered_at = event, now, now
    row.save(update_fields=["status", "proven_at", "registered_at"])
    trail.record(by=None, verb="registered", of=nameless(row))
    attendee_mail.confirm(row, now=now)
    return True


@transaction.atomic
def add(
    event: AdvocacyEvent, *, by: User, now: datetime, email: str, districts: Districts, **said: Any
) -> Registration:
    """Whoever runs the day puts somebody on the list, and vouches for the address. After registration has closed too.

    Raises MayNotPrepare, and Refused once the day is over or where the address is on the list.
    """
    _may_prepare(event, by)
    stored = places.locked(event)
    if stored.status not in SCHEDULING:
        raise Refused(_("People are added once the day is announced, until it is over."))
    row = stored.registrations.filter(email__iexact=email).first()
    if row is not None and _stands(row):
        raise Refused(_("This address is registered already."))
    row = row or Registration(event=stored, email=email.strip())
    row.event, row.proven_at = stored, now
    return _enter(stored, row, by=by, now=now, said=said, districts=districts, by_hand=True)


@transaction.atomic
def change(
    registration: Registration, *, by: User | None, now: datetime, districts: Districts | None, **said: Any
) -> Registration:
    """What somebody says by their link, or whoever runs the day corrects. Raises MayNotPrepare and Refused."""
    if by is not None:
        _may_prepare(registration.event, by)
    event = places.locked(registration.event)
    _is_not_over(event, now)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    row.event = event
    return _changed(row, by=by, said=said, districts=districts)


@transaction.atomic
def withdraw(registration: Registration, *, by: User | None, now: datetime) -> bool:
    """Gives the place back and leaves the team; the next one moves up, and the coordinator hears of the team.

    `by` is None where it comes by the link. False where it was done already. Raises MayNotPrepare.
    """
    if by is not None and registration.person_id != by.pk:
        _may_prepare(registration.event, by)
    event = places.locked(registration.event)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.status == RegistrationStatus.WITHDRAWN:
        return False
    was_unproven, row.event = row.is_unproven, event
    row.status, row.checked_in_at = RegistrationStatus.WITHDRAWN, None
    row.save(update_fields=["status", "checked_in_at"])
    _leave_team(row, now=now)
    trail.record(by=by, verb="withdrew", of=nameless(row))
    if not was_unproven:
        attendee_mail.confirm(row, now=now)
    places.fill(event, now=now)
    return True


@transaction.atomic
def erase(registration: Registration, *, by: User | None, now: datetime) -> bool:
    """Forget the person: the row stays without them, so that the day still counts whom it counted.

    Their districts go with them: in a small district they would tell who it was. So do their words in the survey and
    the mail about this registration; all else that is kept of somebody is forgotten by `members.erasing`. Before the
    day they give their place back and leave the team; afterwards the team keeps its size. Raises MayNotPrepare.
    """
    if by is not None and registration.person_id != by.pk:
        _may_prepare(registration.event, by)
    event = places.locked(registration.event)
    row = Registration.objects.select_for_update().get(pk=registration.pk)
    if row.is_forgotten:
        return False
    address, was_called = row.email, row.name
    row.event, row.name = event, ""
    gives_back = not event.has_begun(now) and row.status != RegistrationStatus.WITHDRAWN
    left = {"status": RegistrationStatus.WITHDRAWN, "checked_in_at": None} if gives_back else {}
    nobody = f"registration-{row.pk}@{erasure.NOBODYS_DOMAIN}"
    row.districts.all().delete()
    SurveyAnswer.objects.filter(registration=row).update(worked="", better="")
    Registration.objects.filter(pk=row.pk).update(**_PERSONAL, **left, link_key=uuid4(), email=nobody)
    if gives_back:
        trail.record(by=by, verb="withdrew", of=nameless(row))
        _leave_team(row, now=now)
        places.fill(event, now=now)
    elif event.is_over or event.today(now) > event.held_on:
        TeamMember.objects.filter(registration=row).update(is_captain=False)
    else:
        TeamMember.objects.filter(registration=row).delete()
    _without_guest(event, was_called)
    erasure.forget_mail(attendee_mail.beginnings_of(row), to=address, instead=nobody, now=now)
    erasure.empty_texts(f"{attendee_mail.LEFT}:{row.pk}:")
    trail.record(by=by, verb="erased", of=nameless(row))
    return True


def _stands(row: Registration) -> bool:
    """They come or wait, and said so themselves."""
    return row.status != RegistrationStatus.WITHDRAWN and not row.is_unproven


def _is_not_over(event: AdvocacyEvent, now: datetime) -> None:
    if event.is_over or event.today(now) > event.held_on:
        raise Refused(places.why_closed(event, now) or _("Registration is over."))


def _enter(
    event: AdvocacyEvent,
    row: Registration,
    *,
    by: User,
    now: datetime,
    said: dict[str, Any],
    districts: Districts | None,
    by_hand: bool = False,
) -> Registration:
    if not by_hand and (why := places.why_closed(event, now)):
        raise Refused(why)
    row.status, row.registered_at = places.status_of_the_next(event), now
    _write(row, said, districts)
    trail.record(by=by, verb="registered", of=nameless(row))
    attendee_mail.confirm(row, now=now)
    return row


def _changed(
    row: Registration, *, by: User | None, said: dict[str, Any], districts: Districts | None
) -> Registration:
    before = trail.snapshot(row, said)
    _write(row, said, districts)
    differing = trail.difference(before, trail.snapshot(row, said))
    fields = [field for field in row._meta.concrete_fields if field.name in differing]
    changed = [str(field.verbose_name) for field in fields]
    if districts is not None:
        changed.append(_("districts"))
    if changed:
        # Which fields, not their values: needs and names are nobody's business later.
        trail.record(by=by, verb="edited", of=nameless(row), reason=", ".join(changed))
    return row


def _write(row: Registration, said: dict[str, Any], districts: Districts | None) -> None:
    for name, value in said.items():
        setattr(row, name, value)
    if districts is not None:
        row.method = districts.method
    row.save()
    if districts is None:
        return
    row.districts.all().delete()
    RegistrationDistrict.objects.bulk_create(
        RegistrationDistrict(
            registration=row, jurisdiction_id=jurisdiction, chamber_code=chamber, division_id=division
        )
        for jurisdiction, chamber, division in districts.rows
    )


def _without_guest(event: AdvocacyEvent, name: str) -> None:
    """Who has no account stands by name in the records of the meetings: they keep that somebody was there."""
    reported = event.appointments.order_by().values("interaction")
    guests = Participant.objects.filter(interaction__in=reported, person=None, guest_name=name[:120])
    guests.update(guest_name="–")


def _leave_team(row: Registration, *, now: datetime) -> None:
    member = TeamMember.objects.filter(registration=row).select_related("team").first()
    if member is None:
        return
    team, was_captain = str(member.team), member.is_captain
    member.delete()
    attendee_mail.tell_coordinator(row, team, was_captain, now=now)


def _may_prepare(event: AdvocacyEvent, by: User) -> None:
    if not AdvocacyEvent.objects.all().run_by(by).filter(pk=event.pk).exists():
        raise MayNotPrepare
