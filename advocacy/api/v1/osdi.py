"""The log as others read it: OSDI (HAL JSON), outreaches with the Open Civic Data ids of whom they reached."""

from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from ninja import Query, Router

from advocacy.api.addresses import address, here
from advocacy.api.doors import ApiRequest, needs, shows
from advocacy.api.models import Scope
from advocacy.api.v1.campaigns import complete as complete_campaigns
from advocacy.api.v1.campaigns import readable_actions
from advocacy.api.v1.log import complete, readable
from advocacy.api.v1.paging import rows_asked
from advocacy.api.v1.shapes import PROBLEMS, Paging
from advocacy.interactions.models import Interaction, Kind, Office
from campaigns.models import Campaign, Letter, Method, Target

router = Router(tags=["OSDI"])
_NEEDS = needs(Scope.LOG_READ)
_ORDER = ("-occurred_on", "-pk")
_CURIES = [{"name": "osdi", "href": "https://opensupporter.github.io/osdi-docs/{rel}", "templated": True}]
# The words of OSDI for what a contact was; what has none goes by our own.
_TYPES = {
    Kind.MEETING_IN_PERSON: "in-person",
    Kind.MEETING_VIRTUAL: "in-person",
    Kind.PHONE_CALL: "phone",
    Kind.EMAIL_EXCHANGE: "email",
    Kind.LETTER_SENT: "postal",
}


_TYPES_OF_ACTS = {
    Method.PORTAL_EMAIL: "email",
    Method.OWN_MAIL: "email",
    Method.PRINT: "postal",
    Method.CALL: "phone",
}


@router.get("", response={200: dict[str, Any], **PROBLEMS}, url_name="osdi", **_NEEDS)
@shows
def entry_point(request: ApiRequest) -> dict[str, Any]:
    """Where a program that speaks OSDI begins."""
    return {
        "motd": "",
        "vendor_name": "Chapter Advocacy Portal",
        "product_name": "Chapter Advocacy Portal",
        "osdi_version": "1.2.0",
        "max_page_size": 100,
        "namespace": "osdi",
        "_links": {
            "curies": _CURIES,
            "self": {"href": address("osdi")},
            "osdi:outreaches": {"href": address("osdi_outreaches"), "title": "Outreaches"},
            "osdi:advocacy_campaigns": {"href": address("osdi_campaigns"), "title": "Advocacy campaigns"},
        },
    }


@router.get("/outreaches", response={200: dict[str, Any], **PROBLEMS}, url_name="osdi_outreaches", **_NEEDS)
@shows
def outreaches(request: ApiRequest, asked: Query[Paging]) -> dict[str, Any]:
    """Contacts that took place, the newest first."""
    logged = complete(readable(request).near(request.person).logged())
    rows, following = rows_asked(request, logged, asked, _ORDER)
    return _page(request, "osdi:outreaches", [_outreach(row) for row in rows], asked, following)


def _page(
    request: ApiRequest, name: str, shown: list[dict[str, Any]], asked: Paging, following: str | None
) -> dict[str, Any]:
    links: dict[str, Any] = {
        "curies": _CURIES,
        "self": {"href": here(request.get_full_path())},
        name: [one["_links"]["self"] for one in shown],
    }
    if following:
        links["next"] = {"href": following}
    return {"per_page": asked.limit, "_links": links, "_embedded": {name: shown}}


@router.get(
    "/outreaches/{int:pk}", response={200: dict[str, Any], **PROBLEMS}, url_name="osdi_outreach", **_NEEDS
)
@shows
def outreach(request: ApiRequest, pk: int) -> dict[str, Any]:
    """One contact that took place."""
    found = complete(readable(request).logged()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return _outreach(found)


@router.get(
    "/advocacy_campaigns",
    response={200: dict[str, Any], **PROBLEMS},
    url_name="osdi_campaigns",
    **needs(Scope.CAMPAIGNS_READ),
)
@shows
def advocacy_campaigns(request: ApiRequest, asked: Query[Paging]) -> dict[str, Any]:
    """Campaigns that were launched, the newest first."""
    launched = complete_campaigns(Campaign.objects.visible_to(request.person).public())
    launched = launched.annotate(
        outreaches=Count("participations__letters", filter=Q(participations__state="counted"))
    )
    rows, following = rows_asked(request, launched, asked, ("-created_at", "-pk"))
    return _page(request, "osdi:advocacy_campaigns", [_campaign(row) for row in rows], asked, following)


@router.get(
    "/advocacy_campaigns/{int:pk}/outreaches",
    response={200: dict[str, Any], **PROBLEMS},
    url_name="osdi_campaign_outreaches",
    **needs(Scope.ACTIONS_READ),
)
@shows
def campaign_outreaches(request: ApiRequest, pk: int, asked: Query[Paging]) -> dict[str, Any]:
    """What supporters credited to your chapters did in a campaign, the newest first. No supporter is named."""
    if not Campaign.objects.visible_to(request.person).filter(pk=pk).exists():
        raise Http404
    acts = readable_actions(request).filter(participation__campaign=pk)
    rows, following = rows_asked(request, acts, asked, ("-at", "-pk"))
    return _page(request, "osdi:outreaches", [_act(row) for row in rows], asked, following)


def _campaign(row: Campaign) -> dict[str, Any]:
    return {
        "identifiers": [f"chapter-advocacy-portal:{row.pk}"],
        "origin_system": "Chapter Advocacy Portal",
        "created_date": row.created_at.isoformat(),
        "modified_date": row.status_at.isoformat(),
        "title": row.name,
        "summary": row.summary,
        "type": row.kind,
        "total_outreaches": getattr(row, "outreaches", 0),
        "targets": sorted({str(one) for one in row.targets.all()}),
        "_links": {
            "self": {"href": address("campaign", row.pk)},
            "osdi:outreaches": {"href": address("osdi_campaign_outreaches", row.pk)},
        },
    }


def _outreach(row: Interaction) -> dict[str, Any]:
    return {
        "identifiers": [f"chapter-advocacy-portal:{row.pk}"],
        "origin_system": "Chapter Advocacy Portal",
        "created_date": row.created_at.isoformat(),
        "modified_date": row.updated_at.isoformat(),
        "type": _TYPES.get(Kind(row.kind), row.kind),
        "action_date": row.occurred_on.isoformat(),
        "duration": row.duration_minutes * 60 if row.duration_minutes else None,
        "subject": row.summary,
        "targets": [_target(one) for one in row.offices.all()],
        "_links": {
            "self": {"href": address("osdi_outreach", row.pk)},
            "alternate": {"href": address("interaction", row.pk)},
        },
    }


def _act(row: Letter) -> dict[str, Any]:
    return {
        "identifiers": [f"chapter-advocacy-portal:action-{row.pk}"],
        "origin_system": "Chapter Advocacy Portal",
        "created_date": row.at.isoformat(),
        "type": _TYPES_OF_ACTS.get(Method(row.method), row.method),
        "action_date": row.at.isoformat(),
        "targets": [_written_to(row.target)],
        "_links": {"self": {"href": address("action", row.pk)}},
    }


def _written_to(target: Target) -> dict[str, Any]:
    """As `_target`, of whom a supporter wrote to: the seat is the one for which they were chosen."""
    official, seat = target.official, target.seat
    division = seat.division if seat else None
    return {
        "title": str(seat) if seat else "",
        "organization": target.agency_name,
        "given_name": official.given_name if official else "",
        "family_name": official.family_name if official else "",
        "ocdid": division.ocd_id if division else seat.chamber.jurisdiction.division_id if seat else "",
    }


def _target(office: Office) -> dict[str, Any]:
    """Whom it reached: `ocdid` is the division of the seat they held that day, or else that of the government."""
    division = office.seat.division if office.seat else None
    place = division.ocd_id if division else office.jurisdiction.division_id if office.jurisdiction else ""
    return {
        "title": str(office.seat) if office.seat else "",
        "organization": str(office.committee or office.agency),
        "given_name": office.official.given_name if office.official else "",
        "family_name": office.official.family_name if office.official else "",
        "ocdid": place,
    }
