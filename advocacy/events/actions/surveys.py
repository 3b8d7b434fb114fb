"""Answering the survey of an Advocacy Day: those who came, until it is closed."""

from datetime import datetime

from django.db import transaction

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.events.models import Registration, SurveyAnswer


class SurveyClosed(RuntimeError):
    """The person has not checked in, or the day is closed."""


@transaction.atomic
def answer(
    registration: Registration, *, by: User | None, recommends: int, worked: str, better: str, now: datetime
) -> SurveyAnswer:
    """The answer, or another in its place. `by` is None for somebody without an account. Raises SurveyClosed."""
    standing = Registration.objects.select_for_update(of=("self",)).select_related("event")
    row = standing.filter(pk=registration.pk).first()
    if row is None or not row.may_answer:
        raise SurveyClosed
    said = {"recommends": recommends, "worked": worked.strip(), "better": better.strip(), "answered_at": now}
    found, is_new = SurveyAnswer.objects.update_or_create(registration=row, defaults=said)
    # Without what was said: those who run the day read that without the name.
    trail.record(by=by, verb="answered" if is_new else "edited", of=found)
    return found
