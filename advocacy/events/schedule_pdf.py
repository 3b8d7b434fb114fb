"""Schedules on paper, set by typst: each person's or team's begins a page of its own, and no meeting is cut in two."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from advocacy.events.handouts import in_words
from advocacy.events.models import STANDING, AdvocacyEvent
from advocacy.events.my_schedule import Schedule, Stop, if_only_staff
from advocacy.events.papers import Sheet
from advocacy.kernel import pdf

TEMPLATE = Path(__file__).with_name("schedule.typ")


def written(
    schedules: Iterable[Schedule], event: AdvocacyEvent, *, language: str, sheet: Sheet, moment: datetime
) -> bytes:
    """Each in the language of who holds it; a team's in the language given. The same data gives the same bytes."""
    with translation.override(language):
        title = f"{event.name_in(language)}, {_day(event)}"
    sheets = [_sheet(one, one.holder.language if one.holder else language) for one in schedules]
    data = {"title": title, "language": language, "sheet": str(sheet), "sheets": sheets}
    return pdf.written(TEMPLATE, "schedules", data, moment=moment)


def alone(schedule: Schedule, *, language: str, sheet: Sheet, moment: datetime) -> bytes:
    """One schedule in the language that its reader chose."""
    event = schedule.event
    with translation.override(language):
        title = f"{event.name_in(language)}, {schedule.title}"
    data = {
        "title": title,
        "language": language,
        "sheet": str(sheet),
        "sheets": [_sheet(schedule, language)],
    }
    return pdf.written(TEMPLATE, "schedules", data, moment=moment)


def _day(event: AdvocacyEvent) -> str:
    return formats.date_format(event.held_on, "DATE_FORMAT")


def _sheet(schedule: Schedule, language: str) -> dict[str, Any]:
    event = schedule.event
    with translation.override(language):
        return {
            "language": language,
            "event": event.name_in(language),
            "day": event.day_in_words,
            "holder": schedule.title,
            "team": str(schedule.team or "") if schedule.holder else "",
            "edition": _("Edition %(number)d") % {"number": event.edition},
            "where": _("Where people meet: %(place)s") % {"place": event.place} if event.place else "",
            "link": event.link,
            "emergency": _("On the day call %(phone)s") % {"phone": event.emergency_phone.as_national}
            if event.emergency_phone
            else "",
            "page": _("Page {page} of {pages}"),
            "meetings": pgettext("with offices", "Meetings"),
            "none": _("No meeting is planned for this team yet."),
            "stops": [_stop(one, language) for one in schedule.stops],
            "team_title": _("Team"),
            "members": [_member(schedule, one) for one in schedule.members],
            "asks_title": _("What we ask"),
            "asks": [one.text_in(language) for one in schedule.asks],
            "materials_title": _("Materials to take along"),
            "materials": [
                {"title": one.title, "more": one.more} for one in in_words(schedule.materials, language)
            ],
            "advice": if_only_staff(),
            "times": _("All times: %(zone)s") % {"zone": event.clock},
        }


def _stop(stop: Stop, language: str) -> dict[str, Any]:
    one = stop.appointment
    facts = [
        one.seat.label_in(language) if one.seat else "",
        one.place,
        one.link if one.link != one.place else "",
        _("With %(who)s") % {"who": one.expected_with} if one.expected_with else "",
        _("At most %(count)d people") % {"count": one.people_cap} if one.people_cap else "",
        str(one.get_language_display()) if one.language else "",
    ]
    return {
        "time": _times(stop.begins, stop.begins + timedelta(minutes=one.minutes))
        if stop.begins
        else _("Any time"),
        "office": one.office,
        "status": "" if one.status in STANDING[:2] else str(one.get_status_display()),
        "facts": [fact for fact in facts if fact],
        "note": one.note,
        "walk": ngettext("%(count)d minute to walk", "%(count)d minutes to walk", stop.walk)
        % {"count": stop.walk}
        if stop.walk
        else "",
    }


def _times(begins: datetime, ends: datetime) -> str:
    return f"{formats.time_format(begins, 'TIME_FORMAT')}–{formats.time_format(ends, 'TIME_FORMAT')}"


def _member(schedule: Schedule, member: Any) -> dict[str, str]:
    captain = _("captain") if member.is_captain else ""
    phone = member.registration.phone if member.is_captain else None
    parts = [captain, member.roles_in_words(), phone.as_national if phone else ""]
    return {"name": str(member), "said": ", ".join(part for part in parts if part)}
