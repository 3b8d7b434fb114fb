"""The mail that sends the national report: its summary and where to read the rest (DOMAIN.md W6, M+10 d)."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from advocacy.accounts.models import Language, User
from advocacy.kernel.periods import Month
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.reports.addresses import national_link
from advocacy.reports.models import IssuedDocument, PeriodLock
from advocacy.reports.national.document import Document
from advocacy.reports.writers import txt
from members.taskforce.roster import people_on, society_day

logger = logging.getLogger(__name__)
NATIONAL = "reports.national"


def send(lock: PeriodLock, documents: Iterable[IssuedDocument], *, now: datetime) -> int:
    """Write to everybody of the task force, in their language; how many. The same lock and person give one message."""
    in_language = {row.language: Document.from_json(row.body) for row in documents}
    sent = 0
    for person in people_on(society_day(now)).order_by("pk"):
        try:
            validate_email(person.email.strip())
        except ValidationError:  # a broken address loses its own mail, not everybody's
            logger.exception("Locked month %s: no mail could be written to person %s.", lock, person.pk)
            continue
        document = in_language.get(person.language) or in_language[Language.ENGLISH]
        messages.post(NATIONAL, _letter(lock, document, person), key=f"{lock.pk}:{person.pk}", now=now)
        sent += 1
    return sent


def _letter(lock: PeriodLock, document: Document, person: User) -> Letter:
    page = national_link(Month.parse(lock.period))
    context = {"document": document, "lock": lock, "page": page, "summary": txt.text_of(document, page)}
    with translation.override(document.language):
        subject = render_to_string("reports/mail/national_subject.txt", context)
        return Letter(
            to=person.email,
            subject=" ".join(subject.split()),
            text=render_to_string("reports/mail/national.txt", context),
            html=render_to_string("reports/mail/national.html", context),
            user=person,
            why=_("You belong to the task force."),
            scope="taskforce",
            headers={"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"},
        )
