"""The pages of one campaign: overview, texts, targets, audience, send log."""

from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import Language
from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.audit.exporting import note as note_export
from advocacy.audit.models import Entry
from advocacy.audit.words import Line, in_words
from advocacy.kernel import listing
from advocacy.kernel.downloads import send
from advocacy.kernel.filters import active_filters
from advocacy.kernel.two_clocks import by_both_clocks
from campaigns import checks, exports, links, review, sendlog, targeting
from campaigns.actions.targets import as_target
from campaigns.forms.sendlog import SendLogFilters
from campaigns.forms.targets import TargetFilters
from campaigns.forms.texts import PreviewForm
from campaigns.heads import heads_of
from campaigns.models import Campaign, Purpose, Recipient, RuleKind, TargetGroup
from campaigns.preview import previews, texts_for
from campaigns.progress import progress_of
from campaigns.views import frame
from legislation.models import Official
from members.access import today_for

_HISTORY_SHOWN = 50
# Where each check of the review is put right, and the field there.
_PUT_RIGHT = {
    "brief": ("campaign_brief", ""),
    "position": ("campaign_brief", "#id_measures"),
    "language": ("campaign_texts", ""),
    "token": ("campaign_texts", ""),
    "opening": ("campaign_texts", ""),
    "target": ("campaign_targets", ""),
    "window": ("campaign_brief", "#id_opens_on"),
    "nonpartisan": ("campaign_texts", ""),
}


def checks_of(campaign: Campaign) -> list[dict[str, Any]]:
    """Each check of the review with the page on which it is put right."""
    found = []
    for check in checks.of(campaign):
        name, field = _PUT_RIGHT[check.name]
        url = reverse(f"campaigns:{name}", args=[campaign.pk]) + field
        found.append({"check": check, "url": url})
    return found


@reading
def campaign_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = frame.visible(request, pk)
    lines = checks_of(campaign)
    zone = request.user.time_zone
    waiting = review.waiting(campaign)
    why_not = review.why_not_decide(campaign, waiting, request.user) if waiting else ""
    context = frame.frame(campaign, request, "campaign_detail") | {
        "checks": lines,
        "missing": sum(len(line["check"].problems) for line in lines),
        "measures": list(campaign.measures.select_related("session__jurisdiction")),
        "chapters": list(campaign.chapters.all()),
        "opens": by_both_clocks(campaign.opens_at, zone, campaign.zone) if campaign.opens_at else "",
        "closes": by_both_clocks(campaign.closes_at, zone, campaign.zone) if campaign.closes_at else "",
        "waiting": waiting,
        "why_not": why_not,
        "may_decide": waiting is not None and not why_not,
        "public_pages": _public_pages(campaign),
        "progress": progress_of(campaign),
        "moves_made": list(campaign.status_changes.select_related("by")[:_HISTORY_SHOWN]),
        "history": _history(campaign),
    }
    return render(request, "campaigns/campaign_detail.html", context)


def _public_pages(campaign: Campaign) -> list[dict[str, str]]:
    """Where supporters take part, in each language it is written in; nothing before the first launch."""
    if not campaign.launched_at:
        return []
    written = set(campaign.messages.values_list("language", flat=True))
    return [
        {
            "label": str(label),
            "language": code,
            "url": links.page_of(campaign, code),
            "frame": links.frame_of(campaign, code),
        }
        for code, label in Language.choices
        if code in written
    ]


def _history(campaign: Campaign) -> list[Line]:
    rows = Entry.objects.filter(model=campaign._meta.label_lower, object_id=str(campaign.pk))
    newest = rows.exclude(verb="moved").select_related("actor").order_by("-pk")[:_HISTORY_SHOWN]
    return [in_words(entry, _field_label) for entry in newest]


def _field_label(name: str) -> str:
    known = {field.name: getattr(field, "verbose_name", name) for field in Campaign._meta.get_fields()}
    return str(_("target rules") if name == "rules" else known.get(name, name))


@reading
def campaign_texts(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every text in both languages; below, one of them as an office would get it."""
    campaign = frame.visible(request, pk)
    offices = targeting.offices_of(campaign, today_for(request.user))
    form = PreviewForm(request.GET or None, offices=offices, user=request.user)
    context = frame.frame(campaign, request, "campaign_texts") | {
        "messages_by_group": _side_by_side(campaign.messages.all(), "group", TargetGroup),
        "appeals_by_purpose": _side_by_side(campaign.appeals.all(), "purpose", Purpose),
        "form": form,
        "previews": _previews(campaign, form, request) if form.is_possible else [],
    }
    return render(request, "campaigns/campaign_texts.html", context)


def _side_by_side(rows: Any, field: str, choices: Any) -> list[dict[str, Any]]:
    """All groups, or all purposes, each with what is written in each language."""
    by_key: dict[str, dict[str, Any]] = {}
    for row in rows:
        by_key.setdefault(getattr(row, field), {})[row.language] = row
    return [
        {
            "key": key,
            "label": label,
            "is_written": key in by_key,
            **{code: by_key.get(key, {}).get(code) for code in Language.values},
        }
        for key, label in choices.choices
    ]


def _previews(campaign: Campaign, form: PreviewForm, request: SignedInRequest) -> list[Any]:
    office, writer = form.chosen()
    target = as_target(campaign, office, timezone.now())
    return previews(campaign, target, writer, texts_for(campaign, office.group), today_for(request.user))


@reading
def campaign_targets(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rules, and whom they name: today while it is written, and as the list was kept once it was launched."""
    campaign = frame.visible(request, pk)
    form = TargetFilters(request.GET)
    is_kept = campaign.is_public and not campaign.is_editable
    listed = _kept(campaign, form, request) if is_kept else _named(campaign, form, request)
    context = frame.frame(campaign, request, "campaign_targets") | listed
    context |= {
        "form": form,
        "active": active_filters(form, request.GET) if form.is_valid() else [],
        "reset_url": reverse("campaigns:campaign_targets", args=[pk]),
        "is_kept": is_kept,
        "rules": list(
            campaign.rules.select_related(
                "chamber", "committee", "jurisdiction", "campaign"
            ).prefetch_related("officials")
        ),
        "kinds": RuleKind.choices,
    }
    return render(request, "campaigns/campaign_targets.html", context)


def _kept(campaign: Campaign, form: TargetFilters, request: SignedInRequest) -> dict[str, Any]:
    rows = form.narrow(
        campaign.targets.annotate(shown_name=Coalesce("official__sort_name", F("agency_name")))
    )
    parts = rows.select_related("official", "seat", "rule")
    page = listing.page(parts, request.GET, ("shown_name", "pk"))
    return {"page": page, "lines": page.rows, "count": rows.count(), "left_alone": 0}


def _named(campaign: Campaign, form: TargetFilters, request: SignedInRequest) -> dict[str, Any]:
    """Officials a page at a time; agencies, of which there are few, stand before them on the first."""
    offices = targeting.offices_of(campaign, today_for(request.user))
    wanted = [office for office in offices if form.wants(office)]
    by_official = {office.official.pk: office for office in wanted if office.official}
    officials = form.search(Official.objects.filter(pk__in=by_official), today_for(request.user))
    page = listing.page(officials, request.GET, ("sort_name", "pk"))
    agencies = [one for one in wanted if not one.official and form.finds(one.rule.agency_name)]
    shown = [by_official[row.pk] for row in page.rows]
    return {
        "page": page,
        "lines": [*(agencies if listing.is_first(request.GET) else []), *shown],
        "count": officials.count() + len(agencies),
        "left_alone": sum(bool(office.left_alone) for office in offices),
    }


@reading
def campaign_audience(request: SignedInRequest, pk: int) -> HttpResponse:
    campaign = frame.visible(request, pk)
    context = frame.frame(campaign, request, "campaign_audience") | {
        "heads": heads_of(campaign, timezone.now()),
        "chapters": list(campaign.chapters.all()),
        "lists": list(campaign.lists.filter(is_test=False)),
        "approved_audience": campaign.revision.audience if campaign.revision else None,
    }
    return render(request, "campaigns/campaign_audience.html", context)


@reading
def campaign_sendlog(request: SignedInRequest, pk: int) -> HttpResponse:
    """Figures of every mailing for all who see the campaign; names for those who may read them."""
    campaign = frame.visible(request, pk)
    form, rows = _recipients(request, campaign)
    page = listing.page(rows, request.GET, ("pk",))
    now, sent = timezone.now(), sendlog.sent(campaign)
    context = frame.frame(campaign, request, "campaign_sendlog") | {
        "sent": sent,
        "why_it_waits": sendlog.why_it_waits(sent, now),
        "form": form,
        "active": active_filters(form, request.GET) if form.is_valid() else [],
        "reset_url": reverse("campaigns:campaign_sendlog", args=[pk]),
        "page": page,
        "lines": [sendlog.line(row, now) for row in page.rows],
        "count_label": listing.count_label(listing.counted(rows)),
        "query": request.GET.urlencode(),
    }
    return render(request, "campaigns/campaign_sendlog.html", context)


@reading
def sendlog_export(request: SignedInRequest, pk: int) -> HttpResponseBase:
    campaign = frame.visible(request, pk)
    _form, rows = _recipients(request, campaign)
    note_export(request.user, _("send log"), [str(campaign)])
    return send(
        [exports.sendlog_table(rows.order_by("pk").iterator(500))], f"send-log-{campaign.slug}", "csv"
    )


def _recipients(request: SignedInRequest, campaign: Campaign) -> tuple[SendLogFilters, Any]:
    form = SendLogFilters(request.GET)
    rows = Recipient.objects.visible_to(request.user).filter(mailing__campaign=campaign)
    return form, form.narrow(rows).select_related("contact", "mailing", "message")
