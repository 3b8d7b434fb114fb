"""Campaigns, and what supporters did in them. No supporter is named: who they are stays in the portal."""

from django.http import Http404
from ninja import Query, Router

from advocacy.api.addresses import address
from advocacy.api.doors import ApiRequest, needs, shows
from advocacy.api.models import Scope
from advocacy.api.v1.log import chapter_shape, mentioned
from advocacy.api.v1.officials import seat_shape
from advocacy.api.v1.paging import page_of
from advocacy.api.v1.shapes import (
    PROBLEMS,
    ActionOut,
    ActionsAsked,
    CampaignOut,
    CampaignsAsked,
    Named,
    OfficeOut,
    PageOut,
)
from campaigns.models import Campaign, Letter, Target
from campaigns.models.campaign import CampaignQuerySet
from campaigns.models.participation import LetterQuerySet

router = Router(tags=["Campaigns"])
actions_router = Router(tags=["Campaigns"])
_NEEDS, _NEEDS_ACTIONS = needs(Scope.CAMPAIGNS_READ), needs(Scope.ACTIONS_READ)


@router.get("", response={200: PageOut[CampaignOut], **PROBLEMS}, url_name="campaigns", **_NEEDS)
@shows
def campaigns(request: ApiRequest, asked: Query[CampaignsAsked]) -> PageOut[CampaignOut]:
    """Campaigns that you may see, the newest first; what is being written, only of your own chapters."""
    rows = complete(_narrowed(Campaign.objects.visible_to(request.person), asked))
    return page_of(request, rows, asked, ("-created_at", "-pk"), shape_of)


@router.get("/{int:pk}", response={200: CampaignOut, **PROBLEMS}, url_name="campaign", **_NEEDS)
@shows
def campaign(request: ApiRequest, pk: int) -> CampaignOut:
    """One campaign."""
    found = complete(Campaign.objects.visible_to(request.person)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return shape_of(found)


@actions_router.get("", response={200: PageOut[ActionOut], **PROBLEMS}, url_name="actions", **_NEEDS_ACTIONS)
@shows
def actions(request: ApiRequest, asked: Query[ActionsAsked]) -> PageOut[ActionOut]:
    """What supporters credited to your chapters did, the newest first; all of it for staff."""
    plain = {
        "participation__campaign": asked.campaign,
        "target__official": asked.official,
        "at__gte": asked.since,
        "at__lt": asked.until,
    }
    rows = readable_actions(request).filter(**{name: value for name, value in plain.items() if value})
    return page_of(request, rows, asked, ("-at", "-pk"), _action)


@actions_router.get("/{int:pk}", response={200: ActionOut, **PROBLEMS}, url_name="action", **_NEEDS_ACTIONS)
@shows
def action(request: ApiRequest, pk: int) -> ActionOut:
    """What one supporter did toward one office."""
    found = readable_actions(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    return _action(found)


def readable_actions(request: ApiRequest) -> LetterQuerySet:
    """Acts that count, with their offices."""
    counted = Letter.objects.visible_to(request.person).counted()
    return counted.select_related(
        "participation__chapter",
        "target__official",
        "target__seat__division",
        "target__seat__chamber__jurisdiction",
    )


def _narrowed(rows: CampaignQuerySet, asked: CampaignsAsked) -> CampaignQuerySet:
    plain = {"status": asked.status, "kind": asked.kind}
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if asked.measure:
        rows = rows.filter(
            pk__in=Campaign.measures.through.objects.filter(measure=asked.measure).values("campaign")
        )
    if asked.chapter:
        taking_part = Campaign.chapters.through.objects.filter(chapter__slug=asked.chapter).values("campaign")
        rows = rows.filter(pk__in=taking_part) | rows.filter(chapter__slug=asked.chapter)
    return rows


def complete(rows: CampaignQuerySet) -> CampaignQuerySet:
    return rows.select_related("chapter").prefetch_related(
        "chapters", "measures__session__jurisdiction", "targets__official"
    )


def shape_of(row: Campaign) -> CampaignOut:
    names = (
        "id", "slug", "name", "name_fr", "kind", "status", "ask", "ask_fr", "opens_at", "closes_at", "zone",
        "launched_at", "outcome", "outcome_fr",
    )  # fmt: skip
    return CampaignOut(
        **{name: getattr(row, name) for name in names},
        url=address("campaign", row.pk),
        chapter=chapter_shape(row.chapter) if row.chapter else None,
        chapters=[chapter_shape(one) for one in row.chapters.all()],
        measures=[mentioned(one) for one in row.measures.all()],
    )


def _action(row: Letter) -> ActionOut:
    part = row.participation
    return ActionOut(
        id=row.pk,
        url=address("action", row.pk),
        campaign_id=part.campaign_id,
        at=row.at,
        method=row.method,
        confirmation=row.confirmation,
        call_outcome=row.call_outcome,
        office=_office(row.target),
        divisions=[str(one) for one in part.divisions],
        chapter=chapter_shape(part.chapter) if part.chapter else None,
        language=part.language,
        came_by=part.source,
        is_personalised=part.is_personalised,
        reply=row.reply,
        replied_on=row.replied_on,
    )


def _office(target: Target) -> OfficeOut:
    official, seat = target.official, target.seat
    return OfficeOut(
        official=Named(id=official.pk, name=official.name) if official else None,
        committee=None,
        agency=target.agency_name,
        seat=seat_shape(seat) if seat else None,
        jurisdiction_id=seat.chamber.jurisdiction.ocd_id if seat else None,
    )
