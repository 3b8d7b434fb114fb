"""Whether a position may be used: the one answer for campaigns, testimony and sign-ons (DOMAIN.md W3, step 4)."""

from collections.abc import Collection

from django.utils import formats
from django.utils.translation import gettext as _

from advocacy.positions import approval
from advocacy.positions.models import Position, PositionStatus
from legislation.models import Measure
from members.access import society_today
from members.models import Chapter


class Use:
    """The positions on one measure, asked for once: what each chapter, or the society, may act under."""

    def __init__(self, measure: Measure) -> None:
        rows = Position.objects.filter(measure=measure).select_related("measure__session", "chapter")
        self.rows = list(rows.order_by("-proposed_on", "-pk"))
        self.usable = set(Position.objects.usable().filter(measure=measure).values_list("pk", flat=True))
        waiting = [row for row in self.rows if row.status == PositionStatus.PROPOSED]
        self.courses = approval.courses(waiting, society_today()) if waiting else {}

    def position_of(self, chapter: Chapter | None) -> Position | None:
        """The chapter's own; where it has taken none of its own, the society's."""
        own = self._of(chapter)
        held = next((row for row in own if row.pk in self.usable), None)
        if held or own or chapter is None:
            return held
        return self.position_of(None)

    def why_not(self, chapter: Chapter | None) -> str:
        """Empty where there is a position to act under; else the reason, for the person who wanted to."""
        if self.position_of(chapter):
            return ""
        own = self._of(chapter) or self._of(None)
        if not own:
            return _("Nobody has proposed a position on this measure yet.")
        proposal = next((row for row in own if row.status == PositionStatus.PROPOSED), None)
        return self._what_it_waits_for(proposal) if proposal else _how_it_ended(own[0])

    def _of(self, chapter: Chapter | None) -> list[Position]:
        key = chapter.pk if chapter else None
        return [row for row in self.rows if row.chapter_id == key]

    def _what_it_waits_for(self, proposal: Position) -> str:
        step = self.courses[proposal.pk].next_step
        words = {"step": step.label if step else ""}
        return _("The position is proposed, not approved. It waits for this step: %(step)s.") % words


def _how_it_ended(row: Position) -> str:
    if row.status == PositionStatus.DECLINED:
        return _("The proposed position was not approved.")
    if row.ends_on:
        day = formats.date_format(row.ends_on)
        return _("The position ended on %(day)s, and no other has been approved.") % {"day": day}
    return _("The position was taken back, and no other has been approved.")


def why_not_usable(measure: Measure, chapter: Chapter | None) -> str:
    """Why nothing may be done on the measure in this chapter's name; empty where it may. None: the society."""
    return Use(measure).why_not(chapter)


def usable_for(measure: Measure, chapter: Chapter | None) -> Position | None:
    """The approved position under which the chapter may act on the measure today."""
    return Use(measure).position_of(chapter)


def contradictions(row: Position, others: Collection[Position]) -> list[Position]:
    """Those of other chapters and of the nation, held or proposed, that stand on the opposite side."""
    return [one for one in others if one.is_current and row.is_current and row.contradicts(one)]
