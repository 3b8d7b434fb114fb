""" "This is wrong": sent once, answered once, and whoever sent it is told."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.audit import trail
from legislation import mail
from legislation.models import Block, Correction, FactReport, Official, ReportState
from legislation.profile_facts import ProfileFacts

_REASON_MAX = Correction._meta.get_field("reason").max_length or 300


class AlreadyDecided(Exception):
    """Somebody else was faster: the first decision stands."""


def report(
    official: Official,
    block: Block,
    *,
    by: User,
    now: datetime,
    form_key: UUID,
    wrong: str,
    suggestion: str,
    known_from: str = "",
) -> tuple[FactReport, bool]:
    """Tell staff that a block is wrong. The same `form_key` again returns the first report, and False."""
    mark = ProfileFacts(official, by.today(now)).fingerprint(block)
    stated = {"wrong": wrong, "suggestion": suggestion, "known_from": known_from}
    try:
        with transaction.atomic():
            made = FactReport.objects.create(
                official=official,
                block=block.value,
                fingerprint=mark,
                form_key=form_key,
                reported_by=by,
                reported_at=now,
                **stated,
            )
            trail.record(by=by, verb="reported", of=made)
    except IntegrityError:
        return FactReport.objects.get(reported_by=by, form_key=form_key), False
    return made, True


def reason_for_correcting(row: FactReport) -> str:
    """What the correction says as its reason, until staff word it better. It names nobody: profiles show it."""
    said = _("Reported: %(suggestion)s") % {"suggestion": " ".join(row.suggestion.split())}
    with_origin = f"{said} ({row.known_from})" if row.known_from else said
    return with_origin if len(with_origin) <= _REASON_MAX else said[:_REASON_MAX]


def accept_with(
    row: FactReport, corrections: Sequence[Correction], *, by: User, now: datetime, note: str = ""
) -> None:
    """The record was put right because of this report; the answer says to what. Raises AlreadyDecided.

    Without `corrections`, what was changed was nobody's import: it counts as put right by hand.
    """
    said = "; ".join(f"{one.label}: {one.in_words(one.corrected)}" for one in corrections)
    state = ReportState.CORRECTED if corrections else ReportState.BY_HAND
    with transaction.atomic():
        _settle(row, state, by=by, now=now, answer=said or note)
        Correction.objects.filter(pk__in=[one.pk for one in corrections]).update(report=row)


def accept_by_hand(row: FactReport, *, by: User, now: datetime, note: str) -> None:
    """The report is right, and somebody has put it right where no correction is kept. Raises AlreadyDecided."""
    accept_with(row, [], by=by, now=now, note=note)


def reject(row: FactReport, *, by: User, now: datetime, reason: str) -> None:
    """The record stays as it is, and the reporter hears why. Raises AlreadyDecided."""
    _settle(row, ReportState.REJECTED, by=by, now=now, answer=reason)


def _settle(row: FactReport, state: ReportState, *, by: User, now: datetime, answer: str) -> None:
    """One decision: the first. The mail goes after the commit, and a mail server that fails undoes nothing."""
    values = {"state": state.value, "answer": answer[:500], "decided_by": by, "decided_at": now}
    with transaction.atomic():
        if not FactReport.objects.open().filter(pk=row.pk).update(**values):
            raise AlreadyDecided(_("Somebody has answered this report already; their answer stands."))
        row.refresh_from_db()
        trail.record(
            by=by,
            verb="answered",
            of=row,
            changes={"state": [str(ReportState.OPEN.label), str(state.label)]},
            reason=row.answer[:300],
        )
        transaction.on_commit(lambda: mail.send_answer(row), robust=True)
