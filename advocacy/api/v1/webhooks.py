"""Webhooks by program: the addresses of the token's owner."""

from django.http import Http404
from django.utils import timezone
from ninja import Body, Query, Router, Status

from advocacy.api.actions import endpoints
from advocacy.api.doors import ApiRequest, changes, needs, shows
from advocacy.api.models import Scope, WebhookEndpoint
from advocacy.api.problems import FieldProblem, Problem
from advocacy.api.v1.paging import page_of
from advocacy.api.v1.shapes import (
    PROBLEMS,
    WRITING_PROBLEMS,
    PageOut,
    Paging,
    WebhookMade,
    WebhookNew,
    WebhookOut,
)

router = Router(tags=["Webhooks"])
_NEEDS = needs(Scope.WEBHOOKS)


@router.get("", response={200: PageOut[WebhookOut], **PROBLEMS}, url_name="webhooks", **_NEEDS)
@shows
def webhooks(request: ApiRequest, asked: Query[Paging]) -> PageOut[WebhookOut]:
    """Your webhooks, also those that were switched off."""
    rows = WebhookEndpoint.objects.owned_by(request.person)
    return page_of(request, rows, asked, ("-created_at", "-pk"), _shape)


@router.post("", response={201: WebhookMade, **WRITING_PROBLEMS}, url_name="webhooks", **_NEEDS)
@changes
def add_webhook(request: ApiRequest, wanted: Body[WebhookNew]) -> Status[WebhookMade]:
    """Have an address told of events. The answer carries the secret that signs what it is told."""
    try:
        made = endpoints.make(
            by=request.person, url=wanted.url, events=[str(one) for one in wanted.events], now=timezone.now()
        )
    except endpoints.Refused as refused:
        raise Problem(422, errors=[FieldProblem("url", str(refused))]) from refused
    return Status(201, WebhookMade(**_shape(made).model_dump(), secret=made.secret))


@router.delete("/{uuid:public_id}", response={204: None, **PROBLEMS}, url_name="webhook", **_NEEDS)
@changes
def remove_webhook(request: ApiRequest, public_id: str) -> Status[None]:
    """Switch a webhook off. What it was told stays in its list."""
    found = WebhookEndpoint.objects.owned_by(request.person).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    endpoints.switch_off(found, by=request.person, now=timezone.now())
    return Status(204, None)


def _shape(row: WebhookEndpoint) -> WebhookOut:
    return WebhookOut(
        id=str(row.public_id),
        url=row.url,
        events=row.events,
        is_active=row.is_active,
        created_at=row.created_at,
    )
