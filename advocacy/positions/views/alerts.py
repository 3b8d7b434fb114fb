"""Alerts to me: what changed, why I was told or was not, and how soon I want to hear."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest, reading, writing
from advocacy.kernel import listing
from advocacy.positions.actions import alert_choices
from advocacy.positions.alerts import wording
from advocacy.positions.forms.alerts import CadenceForm
from advocacy.positions.models import Alert, AlertState, Tracking

_ORDER = ("-made_at", "-pk")
_PARTS = (
    "event__measure__session",
    "event__hearing__committee",
    "message",
    "tracking__measure__session",
    "tracking__chapter",
)


@reading
def alert_list(request: SignedInRequest) -> HttpResponse:
    """One's own, also those that were not sent: silence has its reason."""
    rows = Alert.objects.visible_to(request.user).addressed_to(request.user)
    page = listing.page(rows.select_related(*_PARTS), request.GET, _ORDER)
    now = timezone.now()
    followed = [alert.tracking_id for alert in page.rows if alert.tracking_id]
    readable = set(
        Tracking.objects.visible_to(request.user).filter(pk__in=followed).values_list("pk", flat=True)
    )
    context = {
        "page": page,
        "rows": [_row(alert, readable, now) for alert in page.rows],
        "count_label": listing.count_label(listing.counted(rows)),
    }
    return render(request, "positions/alert_list.html", context)


@writing
def alert_cadence(request: SignedInRequest) -> HttpResponse:
    person = User.objects.get(pk=request.user.pk)
    form = CadenceForm(request.POST or None, now_is=alert_choices.choices_of(person))
    if request.method == "POST" and form.is_valid():
        alert_choices.choose(person, form.wanted())
        messages.success(request, _("Saved. It holds from the next change on."))
        return redirect("tracking:alert_cadence")
    return render(request, "positions/alert_cadence.html", {"form": form})


def _row(alert: Alert, readable: set[int], now: datetime) -> dict[str, object]:
    is_told = alert.state == AlertState.MAILED and alert.message is not None
    return {
        "alert": alert,
        "event": alert.event,
        # Who follows what is not shown to somebody who may not read it any more.
        "why": alert.why if alert.tracking_id is None or alert.tracking_id in readable else "",
        "old": wording.before(alert.event),
        "new": wording.after(alert.event),
        "message": alert.message if is_told else None,
        "said": alert.message.in_words(now) if is_told and alert.message else _untold(alert),
        "tone": alert.message.tone if is_told and alert.message else "neutral",
    }


def _untold(alert: Alert) -> str:
    if alert.state == AlertState.SKIPPED:
        return str(alert.get_silence_display())
    return _("Will be told: %(when)s") % {"when": wording.moment(alert.due_at)}
