"""The log of contacts, as far as the token's owner reads it. Restricted records and impressions leave in nothing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from ninja import Body, Query, Router, Status

from advocacy.api.actions import logging_contacts
from advocacy.api.addresses import address
from advocacy.api.doors import ApiRequest, Bearer, changes, needs, shows
from advocacy.api.models import Scope
from advocacy.api.v1.measures import issue_shape
from advocacy.api.v1.officials import seat_shape
from advocacy.api.v1.paging import page_of
from advocacy.api.v1.shapes import (
    PROBLEMS,
    WRITING_PROBLEMS,
    ChapterOut,
    InteractionNew,
    InteractionOut,
    InteractionsAsked,
    MeasureMentioned,
    MetOut,
    Named,
    OfficeOut,
    PageOut,
)
from advocacy.interactions.models import Interaction, Office
from advocacy.interactions.models.interaction import InteractionQuerySet
from legislation.models import Measure
from members.models import Chapter

router = Router(tags=["Log"])
_ORDER = ("-occurred_on", "-pk")
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
    "description": "One of your own for each contact: the same again makes no second record.",
}


@router.get(
    "",
    response={200: PageOut[InteractionOut], **PROBLEMS},
    url_name="interactions",
    **needs(Scope.LOG_READ),
)
@shows
def interactions(request: ApiRequest, asked: Query[InteractionsAsked]) -> PageOut[InteractionOut]:
    """Contacts with offices, the newest first."""
    rows = complete(_narrowed(readable(request).near(request.person), asked))
    return page_of(request, rows, asked, _ORDER, shape_of)


@router.get(
    "/{int:pk}",
    response={200: InteractionOut, **PROBLEMS},
    url_name="interaction",
    **needs(Scope.LOG_READ),
)
@shows
def interaction(request: ApiRequest, pk: int) -> InteractionOut:
    """One contact."""
    found = complete(readable(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return shape_of(found)


@router.post(
    "",
    response={201: InteractionOut, **WRITING_PROBLEMS},
    url_name="interactions",
    auth=Bearer(Scope.LOG_WRITE),
    openapi_extra={"parameters": [_KEY], "x-scope": str(Scope.LOG_WRITE)},
)
@changes
def log_interaction(
    request: ApiRequest, response: HttpResponse, contact: Body[InteractionNew]
) -> Status[InteractionOut]:
    """Log a contact, once for each Idempotency-Key: the same request again gets the same record."""
    made, is_new = logging_contacts.log(
        token=request.token,
        key=request.headers.get("Idempotency-Key", ""),
        contact=contact.model_dump(mode="json"),
        now=timezone.now(),
    )
    found = complete(readable(request)).filter(pk=made.pk).first()
    if found is None:
        raise Http404
    response.headers["Location"] = address("interaction", made.pk)
    if not is_new:
        response.headers["Idempotent-Replay"] = "true"
    return Status(201, shape_of(found))


def readable(request: ApiRequest) -> InteractionQuerySet:
    return Interaction.objects.visible_to(request.person).exportable()


def complete(rows: InteractionQuerySet) -> InteractionQuerySet:
    return rows.with_parties().prefetch_related(
        "offices__jurisdiction",
        "offices__seat__division",
        "offices__seat__chamber__jurisdiction",
        "topics__measure__session__jurisdiction",
    )


def _narrowed(rows: InteractionQuerySet, asked: InteractionsAsked) -> InteractionQuerySet:
    if asked.official:
        rows = rows.filter(
            pk__in=Office.objects.filter(official=asked.official).order_by().values("interaction")
        )
    if asked.measure:
        rows = rows.filter(topics__measure=asked.measure)
    if asked.chapter:
        rows = rows.filter(credits__chapter__slug=asked.chapter)
    plain = {"state": asked.state, "occurred_on__gte": asked.since, "occurred_on__lt": asked.until}
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    return rows.search(asked.q) if asked.q else rows


def chapter_shape(chapter: Chapter) -> ChapterOut:
    return ChapterOut(slug=chapter.slug, name=str(chapter))


def shape_of(row: Interaction) -> InteractionOut:
    """What the export of the log tells of it; for rows that are `complete`."""
    topics = list(row.topics.all())
    return InteractionOut(
        **_values(row),
        url=address("interaction", row.pk),
        chapter=chapter_shape(row.chapter),
        credited_to=[chapter_shape(one.chapter) for one in row.credits.all()],
        offices=[_office(one) for one in row.offices.all()],
        met=[MetOut(name=str(one), level=one.level) for one in row.counterparts.all()],
        our_people=[str(one) for one in row.participants.all()],
        measures=[mentioned(one.measure) for one in topics if one.measure],
        issues=[issue_shape(one.issue) for one in topics if one.issue],
        logged_by=str(row.logged_by),
    )


def _values(row: Interaction) -> dict[str, Any]:
    names = (
        "id", "state", "kind", "purpose", "occurred_on", "occurred_at_time", "zone", "summary", "confidentiality",
        "concerns", "questions", "recommendations", "location", "duration_minutes", "initiated_by", "replied_on",
        "was_voicemail_only", "discussed_specific_legislation", "capacity", "logged_at",
    )  # fmt: skip
    return {name: getattr(row, name) for name in names}


def _office(office: Office) -> OfficeOut:
    return OfficeOut(
        official=Named(id=office.official.pk, name=office.official.name) if office.official else None,
        committee=Named(id=office.committee.pk, name=str(office.committee)) if office.committee else None,
        agency=office.agency,
        seat=seat_shape(office.seat) if office.seat else None,
        jurisdiction_id=office.jurisdiction.ocd_id if office.jurisdiction else None,
    )


def mentioned(measure: Measure) -> MeasureMentioned:
    return MeasureMentioned(
        id=measure.pk,
        number=measure.number,
        session=measure.session.identifier,
        jurisdiction_id=measure.session.jurisdiction.ocd_id,
    )
