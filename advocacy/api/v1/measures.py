"""Measures and the issues they are filed under."""

from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone
from ninja import Query, Router

from advocacy.api.addresses import address
from advocacy.api.doors import ApiRequest, needs, shows
from advocacy.api.models import Scope
from advocacy.api.v1.paging import page_of
from advocacy.api.v1.shapes import (
    PROBLEMS,
    IssueOut,
    MeasureInFull,
    MeasureOut,
    MeasuresAsked,
    PageOut,
    Paging,
    SessionOut,
    StageOut,
)
from advocacy.positions.models import Issue, Tracking
from legislation.models import Measure, StageEvent
from legislation.models.measure import NEWEST, MeasureQuerySet, number_key

router = Router(tags=["Measures"])
issues_router = Router(tags=["Measures"])
_NEEDS = needs(Scope.MEASURES_READ)


@router.get("", response={200: PageOut[MeasureOut], **PROBLEMS}, url_name="measures", **_NEEDS)
@shows
def measures(request: ApiRequest, asked: Query[MeasuresAsked]) -> PageOut[MeasureOut]:
    """Bills, rules and other measures on record; those with the newest action first."""
    day = request.person.today(timezone.now())
    rows = _narrowed(Measure.objects.visible_to(request.person), asked, day)
    if asked.tracked:
        followed = Tracking.objects.visible_to(request.person).tracked(day)
        rows = rows.filter(pk__in=followed.order_by().values("measure"))
    return page_of(request, _complete(rows, day), asked, NEWEST, lambda one: MeasureOut(**_facts(one)))


@router.get("/{int:pk}", response={200: MeasureInFull, **PROBLEMS}, url_name="measure", **_NEEDS)
@shows
def measure(request: ApiRequest, pk: int) -> MeasureInFull:
    """One measure with its summary and every stage it reached."""
    day = request.person.today(timezone.now())
    found = _complete(Measure.objects.visible_to(request.person), day).filter(pk=pk).first()
    if found is None:
        raise Http404
    steps = StageEvent.objects.filter(measure=found).oldest_first()
    return MeasureInFull(
        **_facts(found),
        summary_en=found.summary_en,
        summary_fr=found.summary_fr,
        stages=[
            StageOut(stage=one.stage, local_label=one.local_label, on=one.on, chamber=one.chamber)
            for one in steps
        ],
    )


@issues_router.get("", response={200: PageOut[IssueOut], **PROBLEMS}, url_name="issues", **_NEEDS)
@shows
def issues(request: ApiRequest, asked: Query[Paging]) -> PageOut[IssueOut]:
    """The issues of the public policy principles; what a contact can be about besides a measure."""
    rows = Issue.objects.visible_to(request.person).current()
    return page_of(request, rows, asked, ("title_en", "pk"), issue_shape)


def issue_shape(issue: Issue) -> IssueOut:
    return IssueOut(id=issue.pk, title_en=issue.title_en, title_fr=issue.title_fr)


def _narrowed(rows: MeasureQuerySet, asked: MeasuresAsked, day: date) -> MeasureQuerySet:
    if asked.q:
        rows = rows.search(asked.q)
    if asked.jurisdiction:
        rows = rows.filter(session__jurisdiction__ocd_id=asked.jurisdiction)
    if asked.session:
        rows = rows.filter(session__identifier=asked.session)
    if asked.number:
        rows = rows.filter(number_key=number_key(asked.number))
    return rows.at_stage(asked.stage, day) if asked.stage else rows


def _complete(rows: MeasureQuerySet, day: date) -> MeasureQuerySet:
    return rows.with_stage(day).select_related("session__jurisdiction")


def _facts(measure: Measure) -> dict[str, Any]:
    session = measure.session
    return {
        "id": measure.pk,
        "url": address("measure", measure.pk),
        "number": measure.number,
        "kind": measure.kind,
        "session": SessionOut(
            identifier=session.identifier, name=session.name, jurisdiction_id=session.jurisdiction.ocd_id
        ),
        "title_en": measure.title_en,
        "title_fr": measure.title_fr,
        "short_name": measure.short_name,
        "official_url": measure.url,
        "stage": measure.stage,
        "stage_on": measure.stage_on,
        "last_action_on": measure.last_action,
    }
