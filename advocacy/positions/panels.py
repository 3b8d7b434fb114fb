"""What positions add to the page of a measure: what we think of it, where we said so, and who looks after it."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest
from advocacy.positions import approval, outcomes
from advocacy.positions.alerts import wording
from advocacy.positions.holders import THE_SOCIETY, chapters_to_testify_for, may_propose_at_all
from advocacy.positions.models import (
    Outcome,
    Position,
    PositionDecision,
    PositionStatus,
    Testimony,
    Tier,
    Tracking,
)
from advocacy.positions.use import Use, contradictions
from legislation import profile_panels
from legislation.models import Jurisdiction, Measure, MeasureEvent, Result, result_of
from legislation.relatives import relatives
from members.access import reach_of, today_for
from members.models import Chapter

CHANGES_SHOWN = 5
_ALIVE = (PositionStatus.PROPOSED, PositionStatus.APPROVED)


@profile_panels.measure_panels.register("what changed", order=2)
def what_changed(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """The last changes that we noted, which whoever follows the measure was told of; nothing where there was none."""
    rows = MeasureEvent.objects.visible_to(request.user).filter(measure=measure).newest_first()
    newest = list(rows.select_related("hearing__committee", "source", "by")[:CHANGES_SHOWN])
    if not newest:
        return None
    changes = [{"event": one, "old": wording.before(one), "new": wording.after(one)} for one in newest]
    return profile_panels.Panel("positions/panels/measure_changes.html", {"changes": changes})


@profile_panels.measure_panels.register("our position", order=5)
def our_position(request: SignedInRequest, measure: Measure) -> profile_panels.Panel:
    """Positions that hold and those that are proposed, earlier ones below."""
    positions = (
        Position.objects.visible_to(request.user).filter(measure=measure).with_newest_text().with_outcome()
    )
    rows = list(positions.select_related("measure__session", "chapter", "approved_by", "proposed_by"))
    lines = _lines(request, rows)
    context = {
        "measure": measure,
        "now": [line for line in lines if line["position"].is_current],
        "earlier": [line for line in lines if not line["position"].is_current],
        "may_propose": may_propose_at_all(request.user),
        "alike": _alike(request, measure) if may_propose_at_all(request.user) else [],
    }
    return profile_panels.Panel("positions/panels/measure_positions.html", context)


def _alike(request: SignedInRequest, measure: Measure) -> list[Position]:
    """The newest position of each holder on a related measure, to propose here: none is ever copied by itself.

    Those whose holder has a position here, or proposes one, are left out.
    """
    others = [one.other.pk for one in relatives(measure, request.user)]
    if not others:
        return []
    visible = Position.objects.visible_to(request.user)
    here = visible.filter(measure=measure, ends_on=None, status__in=_ALIVE).values_list("chapter", flat=True)
    taken = set(here)
    rows = (
        visible.approved()
        .filter(measure__in=others)
        .select_related("measure__session__jurisdiction", "chapter")
    )
    newest: dict[tuple[int, int | None], Position] = {}
    for row in rows.order_by("-approved_on", "-pk"):
        newest.setdefault((row.measure_id, row.chapter_id), row)
    return [row for row in newest.values() if row.chapter_id not in taken]


def _lines(request: SignedInRequest, rows: list[Position]) -> list[dict[str, Any]]:
    """Each position with its decisions, with what contradicts it, and with the step that it waits for."""
    decisions: dict[int, list[PositionDecision]] = {}
    made = PositionDecision.objects.visible_to(request.user).filter(position__in=[row.pk for row in rows])
    for one in made.select_related("decided_by").order_by("decided_at", "pk") if rows else ():
        decisions.setdefault(one.position_id, []).append(one)
    today = today_for(request.user)
    courses = approval.courses([row for row in rows if row.status == "proposed"], today)
    return [
        {
            "position": row,
            "decisions": decisions.get(row.pk, []),
            "contradictions": contradictions(row, rows),
            "course": courses.get(row.pk),
            "is_mine": row.pk in courses and courses[row.pk].waits_for(request.user),
            "is_overdue": row.pk in courses and courses[row.pk].is_overdue(today),
        }
        for row in rows
    ]


@profile_panels.measure_panels.register("testimony", order=25)
def testimony(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Where we spoke or wrote; and for whom one may register more, or the reason why not."""
    rows = Testimony.objects.visible_to(request.user).filter(measure=measure)
    found = list(rows.select_related("person", "chapter", "hearing__committee"))
    editable = set(rows.editable_by(request.user).values_list("pk", flat=True)) if found else set()
    holders = _holders(request, measure)
    if not found and not holders:
        return None
    context = {
        "measure": measure,
        "rows": [{"testimony": row, "may_edit": row.pk in editable} for row in found],
        "holders": holders,
    }
    return profile_panels.Panel("positions/panels/measure_testimony.html", context)


def _holders(request: SignedInRequest, measure: Measure) -> list[dict[str, str]]:
    """The chapters one logs for; for staff the society, and every chapter that holds a position here."""
    reach = reach_of(request.user)
    if not reach.may_log:
        return []
    use = Use(measure)
    chapters: list[Chapter | None] = []
    if reach.is_staff:
        held = (row.chapter for row in use.rows if row.chapter and row.pk in use.usable)
        chapters = [None, *dict.fromkeys(held)]
    else:
        chapters = list(chapters_to_testify_for(request.user))
    return [
        {
            "key": chapter.slug if chapter else THE_SOCIETY,
            "name": str(chapter) if chapter else _("Society"),
            "why_not": use.why_not(chapter),
        }
        for chapter in chapters
    ]


@profile_panels.measure_panels.register("following", order=15)
def following(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Who follows it and how hard, those without a tier last; what is archived is left out."""
    today = request.user.today(timezone.now())
    rows = Tracking.objects.visible_to(request.user).filter(measure=measure).with_tier(today)
    known = rows.select_related("chapter", "owner").order_by(
        F("tier").asc(nulls_last=True), "chapter__name", "pk"
    )
    followed = [one for one in known if one.tier != Tier.ARCHIVE]
    if not followed:
        return None
    return profile_panels.Panel(
        "positions/panels/measure_following.html", {"followed": followed}, place="aside"
    )


@profile_panels.measure_panels.register("what came of it", order=12)
def what_came_of_it(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Outcomes, and for whom this reader may record one; nothing while the measure is open."""
    if result_of(measure.stage or "") == Result.OPEN:
        return None
    today = request.user.today(timezone.now())
    rows = Outcome.objects.visible_to(request.user).filter(measure=measure)
    found = list(rows.select_related("chapter", "recorded_by"))
    mine = outcomes.recordable_by(request.user, today).filter(measure=measure).select_related("chapter")
    context = {"outcomes": found, "mine": list(mine)}
    if not any(context.values()):
        return None
    return profile_panels.Panel("positions/panels/measure_outcomes.html", context, place="aside")


@profile_panels.measure_panels.register("what to do about it", order=10)
def acts(request: SignedInRequest, measure: Measure) -> profile_panels.Panel | None:
    """Follow it, relate it to another: for those who work with its jurisdiction."""
    if not _works_with(request, measure):
        return None
    return profile_panels.Panel(
        "positions/panels/measure_actions.html", {"measure": measure}, place="actions"
    )


def _works_with(request: SignedInRequest, measure: Measure) -> bool:
    reach = reach_of(request.user)
    return reach.is_staff or (reach.may_track and measure.session.jurisdiction_id in reach.shares)


@profile_panels.jurisdiction_panels.register("what we follow there", order=10)
def followed_there(request: SignedInRequest, jurisdiction: Jurisdiction) -> profile_panels.Panel | None:
    """How many of its measures are followed, as far as the reader may know it."""
    today = request.user.today(timezone.now())
    rows = Tracking.objects.visible_to(request.user).tracked(today)
    here = rows.filter(measure__session__jurisdiction=jurisdiction).order_by()
    count = here.values("measure").distinct().count()
    if not count:
        return None
    context = {"jurisdiction": jurisdiction, "count": count}
    return profile_panels.Panel("positions/panels/jurisdiction_followed.html", context, place="aside")
