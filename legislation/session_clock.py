"""The clock of a legislature: its sessions, and what falls due in them next."""

from dataclasses import dataclass
from datetime import date

from legislation.models import Jurisdiction, LegislativeSession, SessionDeadline


@dataclass(frozen=True)
class Ahead:
    """A date of a session that is yet to come."""

    deadline: SessionDeadline
    days: int


@dataclass(frozen=True)
class Clock:
    """A session with its dates ahead. It runs until the last of them, such as that for signatures."""

    session: LegislativeSession
    ahead: list[Ahead]
    is_running: bool


def clocks(jurisdiction: Jurisdiction, day: date) -> list[Clock]:
    """Each session, the newest first. A date of today still lies ahead."""
    coming: dict[int, list[Ahead]] = {}
    deadlines = SessionDeadline.objects.filter(session__jurisdiction=jurisdiction, on__gte=day)
    for one in deadlines.order_by("on", "pk"):
        coming.setdefault(one.session_id, []).append(Ahead(one, (one.on - day).days))
    sessions = LegislativeSession.objects.filter(jurisdiction=jurisdiction)
    return [
        Clock(session, coming.get(session.pk, []), session.pk in coming or not _has_ended(session, day))
        for session in sessions.order_by("-starts_on", "identifier", "pk")
    ]


def _has_ended(session: LegislativeSession, day: date) -> bool:
    return session.ends_on is not None and session.ends_on <= day
