"""The mail to whoever comes to an Advocacy Day, in their language: one sheet, and a few sentences for each occasion.

Those without an account are reminded by mails that are written with their place and wait in the outbox; just before one
goes, its kind asks whether it is still right (attendee_mail_kinds.py). Colleagues are reminded by the planner.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, translation
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.events import invitation_file, links
from advocacy.events.models import AdvocacyEvent, Registration
from advocacy.kernel.schedules import moment_of
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Attachment, Letter
from advocacy.outbox.models import OutboundMessage

logger = logging.getLogger(__name__)
PROOF, PLACE, NEWS, REMINDER, LEFT, SURVEY = (
    "events.proof", "events.place", "events.news", "events.reminder", "events.left", "events.survey"
)  # fmt: skip
# Days from the event on which whoever comes is reminded of it (DOMAIN.md §7).
REMINDED = (-28, -14, -7, -1)
# Days after the event on which whoever came is asked how it was (W5).
ASKED = 7
_MORNING = time(9)
_HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


class Words(NamedTuple):
    subject: str
    paragraphs: list[str]
    button: str
    has_file: bool = False


Say = Callable[[Registration], Words]


def prove(registration: Registration, *, now: datetime) -> None:
    """The link that makes a registration of the public page count."""
    _post(PROOF, registration, _proof, key=f"{registration.pk}:{now.timestamp():.0f}", now=now)


def confirm(registration: Registration, *, now: datetime) -> None:
    """Where somebody stands: with a place, waiting for one, or withdrawn. Who comes gets the reminders too."""
    key = f"{registration.pk}:{registration.status}:{now.timestamp():.0f}"
    _post(PLACE, registration, _standing, key=key, now=now)
    plan_reminders(registration, now=now)


def beginnings_of(registration: Registration) -> list[str]:
    """How the keys of all mail to somebody about their registration begin."""
    return [
        f"{kind}:{registration.pk}:" for kind in (PROOF, PLACE, NEWS, REMINDER, SURVEY, "events.schedule")
    ]


def tell_of_change(event: AdvocacyEvent, *, now: datetime) -> None:
    """Another day, time or place, to everybody on the list."""
    for registration in event.registrations.all().on_the_list().reachable():
        registration.event = event
        _post(NEWS, registration, _changed, key=f"{registration.pk}:{now.timestamp():.0f}", now=now)
        plan_reminders(registration, now=now)


def tell_of_cancellation(event: AdvocacyEvent, *, now: datetime) -> None:
    for registration in event.registrations.all().on_the_list().reachable():
        registration.event = event
        _post(NEWS, registration, _cancelled, key=f"{registration.pk}:cancelled", now=now)


def plan_reminders(registration: Registration, *, now: datetime) -> list[OutboundMessage]:
    """For somebody without an account: one on each of the days that are still ahead."""
    if registration.person_id or not registration.is_coming:
        return []
    day = registration.event.held_on
    times = {
        offset: moment_of(day + timedelta(days=offset), _MORNING, registration.event.zone)
        for offset in REMINDED
    }
    ahead = {offset: at for offset, at in times.items() if at > now}
    found = (remind(registration, offset, now=now, not_before=at) for offset, at in ahead.items())
    return [message for message in found if message]


def remind(
    registration: Registration, offset: int, *, now: datetime, not_before: datetime | None = None
) -> OutboundMessage | None:
    event = registration.event
    key = f"{registration.pk}:{event.held_on}:{offset:+d}"
    ends = event.moment(event.closes_at)
    return _post(REMINDER, registration, _reminder, key=key, now=now, not_before=not_before, expires_at=ends)


def plan_survey(registration: Registration, *, now: datetime) -> OutboundMessage | None:
    """For somebody without an account who has come: asked a week after the event."""
    if registration.person_id:
        return None
    event = registration.event
    at = moment_of(event.held_on + timedelta(days=ASKED), _MORNING, event.zone)
    return ask_how_it_was(registration, now=now, not_before=at)


def ask_how_it_was(
    registration: Registration, *, now: datetime, not_before: datetime | None = None
) -> OutboundMessage | None:
    key = f"{registration.pk}:{registration.event.held_on}"
    link = links.survey_link_of(registration)
    return _post(SURVEY, registration, _survey, key=key, now=now, not_before=not_before, link=link)


def tell_coordinator(registration: Registration, team: str, was_captain: bool, *, now: datetime) -> None:
    """Somebody who is in a team does not come. Who asked to be forgotten is not named."""
    event, reader = registration.event, registration.event.coordinator
    with translation.override(reader.language):
        name = registration.name or _("Somebody who asked to be forgotten")
        said = {"name": name, "team": team, "event": event.name_in(reader.language)}
        text = _("%(name)s has withdrawn and is no longer in %(team)s.") % said
        if was_captain:
            text += " " + _("They were its captain: choose another.")
        words = Words(_("%(name)s does not come: %(event)s") % said, [text], _("Look at the team"))
        link = str(settings.PORTAL_URL) + reverse("events:schedule", args=[event.pk])
        letter = _letter(
            reader.email,
            reader.full_name,
            words,
            link,
            why=_("You coordinate this Advocacy Day."),
            user=reader,
        )
        messages.post(LEFT, letter, key=f"{registration.pk}:{now.timestamp():.0f}", now=now)


def _post(
    kind: str,
    registration: Registration,
    say: Say,
    *,
    key: str,
    now: datetime,
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    link: str = "",
) -> OutboundMessage | None:
    """None where the address cannot be written to: it loses its own mail, not everybody's."""
    language = registration.language
    with translation.override(language):
        words = say(registration)
        files = []
        if words.has_file:
            content = invitation_file.written(registration, now=now)
            files = [Attachment("advocacy-day.ics", "text/calendar", content)]
        why = _("You are registered for this Advocacy Day.")
        if kind == PROOF:
            why = _("Somebody gave this address on the page of an Advocacy Day.")
        letter = _letter(
            registration.email, registration.name, words, link or links.link_of(registration), why=why, files=files,
            user=registration.person, reply_to=registration.event.coordinator.email,
        )  # fmt: skip
        try:
            return messages.post(kind, letter, key=key, now=now, not_before=not_before, expires_at=expires_at)
        except ValidationError:
            logger.exception("Registration %s: no mail could be written.", registration.pk)
            return None


def _letter(
    to: str,
    name: str,
    words: Words,
    link: str,
    *,
    why: str,
    files: Iterable[Attachment] = (),
    user: User | None = None,
    reply_to: str = "",
) -> Letter:
    context = {"name": name, "words": words, "link": link}
    return Letter(
        to=to,
        subject=" ".join(words.subject.split()),
        text=render_to_string("events/mail/letter.txt", context),
        html=render_to_string("events/mail/letter.html", context),
        user=user,
        why=why,
        headers={**_HEADERS, **({"Reply-To": reply_to} if reply_to else {})},
        attachments=list(files),
    )


def _said(registration: Registration) -> dict[str, str]:
    event = registration.event
    return {
        "event": event.name_in(registration.language),
        "day": formats.date_format(event.held_on, "DATE_FORMAT"),
        "opens": formats.time_format(event.opens_at, "TIME_FORMAT"),
        "zone": event.clock,
        "place": event.place or event.link,
        "reason": event.cancelled_reason,
    }


def _when_and_where(registration: Registration) -> str:
    said = _said(registration)
    if said["place"]:
        return _("%(day)s, from %(opens)s (%(zone)s). Meet here: %(place)s") % said
    return _("%(day)s, from %(opens)s (%(zone)s).") % said


def _proof(registration: Registration) -> Words:
    said = _said(registration)
    return Words(
        _("Confirm your registration: %(event)s") % said,
        [
            _("Somebody registered with this address for %(event)s on %(day)s.") % said,
            _(
                "The registration counts once you open the link and press the button. It was not you? Then do nothing."
            ),
        ],
        _("Confirm my registration"),
    )


def _standing(registration: Registration) -> Words:
    said = _said(registration)
    if registration.is_coming:
        subject, text = _("You are registered: %(event)s"), _("You have a place at %(event)s.")
        lines, has_file = [text % said, _when_and_where(registration)], True
    elif registration.is_waiting:
        subject, text = _("You are on the waiting list: %(event)s"), _("All places at %(event)s are taken.")
        lines, has_file = [text % said, _("You get the next free place, and we write to you then.")], False
    else:
        subject, text = _("You have withdrawn: %(event)s"), _("You no longer have a place at %(event)s.")
        lines, has_file = [text % said], True
    return Words(subject % said, lines, _("See or change my registration"), has_file)


def _changed(registration: Registration) -> Words:
    said = _said(registration)
    lines = [
        _("The day, its hours or its place have changed. This holds now:"),
        _when_and_where(registration),
    ]
    return Words(
        _("Changed: %(event)s") % said, lines, _("See or change my registration"), registration.is_coming
    )


def _cancelled(registration: Registration) -> Words:
    said = _said(registration)
    lines = [_("%(event)s on %(day)s does not take place.") % said, _("Why: %(reason)s") % said]
    return Words(_("Cancelled: %(event)s") % said, lines, _("See my registration"), registration.is_coming)


def _reminder(registration: Registration) -> Words:
    said = _said(registration)
    lines = [_when_and_where(registration)]
    if registration.event.emergency_phone:
        phone = {"phone": registration.event.emergency_phone}
        lines.append(_("Questions on the day: %(phone)s") % phone)
    lines.append(_("You cannot come? Tell us by the link, so that somebody else gets your place."))
    return Words(_("%(event)s on %(day)s") % said, lines, _("See or change my registration"))


def _survey(registration: Registration) -> Words:
    said = _said(registration)
    lines = [
        _("Thank you for coming to %(event)s on %(day)s.") % said,
        _("Tell us in one minute what worked and what we should do better: three questions, on one page."),
        _("Those who run the day read your words without your name."),
    ]
    return Words(_("How was it? %(event)s") % said, lines, _("Answer three questions"))
