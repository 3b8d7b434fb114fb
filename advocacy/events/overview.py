"""What the overview of an Advocacy Day shows beside its facts: what can be done next, who comes, and recognitions."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.events import moves
from advocacy.events.models import AdvocacyEvent, Recognition
from advocacy.events.tabs import Sight


def of(event: AdvocacyEvent, sight: Sight, user: User, now: datetime) -> dict[str, Any]:
    today = user.today(now)
    recognitions = Recognition.objects.visible_to(user).filter(event=event)
    found: dict[str, Any] = {
        "places_text": _places(event),
        "takes_registrations": event.takes_registrations(now),
        "recognitions": [
            (row, row.is_overdue(today), False) for row in recognitions.select_related("chapter", "official")
        ],
    }
    if sight.runs:
        found |= {"moves": moves.offered(event, now), "may_edit": not event.is_over}
    if sight.follows:
        found["overdue"] = list(event.checklist.overdue(today)) if not event.is_over else []
    return found


def _places(event: AdvocacyEvent) -> str:
    coming = event.registrations.all().coming().count()
    if event.cap is None:
        return _("%(coming)d registered") % {"coming": coming}
    return _("%(coming)d of %(cap)d places taken") % {"coming": coming, "cap": event.cap}
