"""What is known of a meeting before anybody types: the office, the team, the day, and what we ask everywhere."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from advocacy.accounts.models import User, UserQuerySet
from advocacy.accounts.requests import SignedInRequest
from advocacy.events.models import Appointment, AppointmentStatus, EventAsk, EventFormat, TeamMember
from advocacy.interactions.forms.report import Report
from advocacy.interactions.models import Initiator, Kind, Purpose
from members.access import chapters_to_log_for, people_visible_to, reach_of
from members.models import Chapter


def report(request: SignedInRequest, appointment: Appointment, now: datetime) -> Report:
    """The log form of this meeting, as it was sent or as it is shown first."""
    form = Report(
        request.POST if request.method == "POST" else None,
        user=request.user,
        now=now,
        initial=initial(appointment, request.user),
        may_join=False,
        offers=offers(appointment, request.user),
    )
    # A copy on a phone keeps the day of the event, whenever it is opened.
    form.contact.fields["occurred_on"].widget.attrs.pop("data-today", None)
    return form


def initial(appointment: Appointment, user: User) -> dict[str, Any]:
    """The first values of the log form."""
    event = appointment.event
    asks = list(event.asks.select_related("measure", "issue"))
    team = appointment.team
    members = list(team.members.select_related("registration__person")) if team else []
    guests = [one.registration.name for one in members if one.registration.person is None]
    measures = {ask.measure_id: ask.measure for ask in asks if ask.measure}
    issues = {ask.issue_id: ask.issue for ask in asks if ask.issue}
    return {
        "kind": _kind(appointment),
        "occurred_on": event.held_on,
        "occurred_at_time": appointment.starts_at,
        "zone": event.zone,
        "chapter": _chapter(appointment, user),
        "officials": [appointment.official] if appointment.official else [],
        "committees": [appointment.committee] if appointment.committee else [],
        "agency": appointment.agency,
        "our_people": [one.registration.person for one in members if one.registration.person] or [user],
        "guests": ", ".join(guests)[:300],
        "purpose": Purpose.POLICY,
        "measures": list(measures.values()),
        "issues": list(issues.values()),
        "location": appointment.place[:200],
        "initiated_by": Initiator.US,
        "duration_minutes": appointment.minutes,
        "discussed_specific_legislation": "yes" if measures else "",
        "asks": [_ask(ask, appointment, is_first=place == 0) for place, ask in enumerate(asks)],
    }


def offers(appointment: Appointment, user: User) -> Mapping[str, Any]:
    """The host chapters, and the people of the team: a team reports whoever its captain is."""
    return {"chapter": chapters_for(appointment, user), "our_people": _people(appointment, user)}


def _kind(appointment: Appointment) -> str:
    if appointment.status == AppointmentStatus.DROP_BY:
        return Kind.DROP_BY
    is_online = appointment.event.format == EventFormat.VIRTUAL or bool(
        appointment.link and not appointment.room
    )
    return Kind.MEETING_VIRTUAL if is_online else Kind.MEETING_IN_PERSON


def chapters_for(appointment: Appointment, user: User) -> "QuerySet[Chapter]":
    """In whose name the meeting may be reported: a host chapter, or one that the reporter logs for anyway."""
    hosts = appointment.event.hosts.order_by().values("pk")
    own = chapters_to_log_for(user).order_by().values("pk")
    return Chapter.objects.filter(Q(pk__in=hosts) | Q(pk__in=own))


def _chapter(appointment: Appointment, user: User) -> int | None:
    """The reporter's own chapter where it is among those to choose from, else the first host."""
    chapters = list(chapters_for(appointment, user).values_list("pk", flat=True))
    primary = reach_of(user).primary_chapter_id
    hosts = [pk for pk in chapters if pk in {one.pk for one in appointment.event.hosts.all()}]
    return primary if primary in chapters else next(iter(hosts or chapters), None)


def _people(appointment: Appointment, user: User) -> UserQuerySet:
    known = people_visible_to(user).order_by().values("pk")
    places = TeamMember.objects.filter(team=appointment.team_id or 0).order_by()
    team = places.values_list("registration__person", flat=True)
    return UserQuerySet(User).filter(Q(pk__in=known) | Q(pk__in=team))


def _ask(ask: EventAsk, appointment: Appointment, *, is_first: bool) -> dict[str, Any]:
    about = f"measure:{ask.measure_id}" if ask.measure_id else f"issue:{ask.issue_id}" if ask.issue_id else ""
    return {
        "kind": ask.kind,
        "about": about,
        "text": str(ask),
        "official": appointment.official_id,
        "is_secondary": not is_first,
    }
