"""The Advocacy Days of a chapter's report: those its people went to in the month."""

from typing import Any

from advocacy.accounts.models import User
from advocacy.events.models import AdvocacyEvent
from advocacy.reports.metrics import events
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport


def held(report: ChapterReport, user: User) -> list[Any]:
    """Hosted by the chapter, as far as this reader knows of them; each with `came` and `met`."""
    rows = events.held(Scope.of_chapter(report.chapter), Window.of(report.month))
    known = AdvocacyEvent.objects.visible_to(user).filter(pk__in=rows.order_by().values("pk"))
    return list(events.with_counts(known).order_by("held_on", "pk"))
