"""The report of a meeting by its team: one interaction in the log, and the appointment is held.

Whoever was in the team may report, whatever their role: the meeting was ours. The same filled form makes one record,
however often it arrives and however late, also after the day was closed.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.debrief_form import chapters_for
from advocacy.events.errors import MayNotRun, NotHeldYet, ReportedAlready, WrongMoment
from advocacy.events.models import REPORTING, Appointment, AppointmentStatus
from advocacy.interactions.actions import contacts
from advocacy.interactions.entry import Entry
from advocacy.interactions.errors import NotAllowedToLogHere
from advocacy.interactions.models import Interaction, Level


@transaction.atomic
def file(
    appointment: Appointment, *, by: User, entry: Entry, form_key: UUID, now: datetime
) -> tuple[Interaction, bool]:
    """Returns the record, and whether this call made it.

    Raises MayNotRun, NotAllowedToLogHere for a chapter that is no host, NotHeldYet before the day, WrongMoment while
    no schedule is published or once the day was cancelled, and ReportedAlready where a colleague reported this
    meeting: theirs is joined then, or corrected.
    """
    if not Appointment.objects.debriefable_by(by).filter(pk=appointment.pk).exists():
        raise MayNotRun(appointment.pk)
    if not chapters_for(appointment, by).filter(pk=entry.facts.chapter.pk).exists():
        raise NotAllowedToLogHere(entry.facts.chapter.slug)
    event = appointment.event
    if event.status not in REPORTING:
        raise WrongMoment
    if not event.has_begun(now):
        raise NotHeldYet
    stored = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if stored.interaction is not None:
        if stored.interaction.form_key == form_key:
            return stored.interaction, False
        raise ReportedAlready(stored.interaction_id)
    interaction, is_new = contacts.log(by=by, entry=entry, form_key=form_key, now=now, is_vouched_for=True)
    met_official = any(met.level == Level.OFFICIAL or met.official for met in entry.met)
    status = AppointmentStatus.HELD if met_official else AppointmentStatus.STAFF_ONLY
    before = trail.snapshot(stored, ("status",))
    Appointment.objects.filter(pk=stored.pk).update(
        interaction=interaction, debriefed_at=now, status=status, version=stored.version + 1
    )
    stored.status = status
    changes = trail.difference(before, trail.snapshot(stored, ("status",)))
    trail.record(by=by, verb="reported", of=stored, changes=changes)
    return interaction, is_new
