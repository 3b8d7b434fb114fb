"""The coalition and grasstops touches of a chapter's report, as far as its reader may read them."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from advocacy.accounts.models import User
from advocacy.coalitions.models import Touch
from advocacy.reports.metrics import touches
from advocacy.reports.metrics.scope import Scope, Window
from advocacy.reports.models import ChapterReport


@dataclass(frozen=True)
class Touched:
    """The touches of the month that the reader may read here, and how many were counted besides."""

    touches: list[Touch]
    hidden: int

    @property
    def not_shown(self) -> str:
        if not self.hidden:
            return ""
        return ngettext(
            "%(count)d record counted that you may not read.",
            "%(count)d records counted that you may not read.",
            self.hidden,
        ) % {"count": self.hidden}


def touched(report: ChapterReport, user: User) -> Touched:
    counted = touches.touches(Scope.of_chapter(report.chapter), Window.of(report.month))
    readable = Touch.objects.visible_to(user).filter(pk__in=counted.order_by().values("pk"))
    shown = list(readable.with_subjects().order_by("occurred_on", "pk"))
    return Touched(shown, counted.count() - len(shown))
