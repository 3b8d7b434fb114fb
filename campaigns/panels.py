"""What campaigns add to the pages of measures, officials and chapters.

What supporters sent shows on an official's page as campaign volume: so many letters of one campaign, never as contacts
of ours, which only people who met the office log.
"""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.requests import SignedInRequest
from advocacy.research.taking_part import Way, ways_to_take_part
from campaigns import choosing
from campaigns.forms.begin import THE_SOCIETY
from campaigns.models import Campaign, Letter, Status
from campaigns.progress import method_lines_by
from legislation import profile_panels as legislation_panels
from legislation.models import Measure, Official
from legislation.models.public_record import in_language
from members import profile_panels as members_panels
from members.models import Chapter

LATEST = 5
_RUNNING = (Status.SCHEDULED, Status.LIVE, Status.PAUSED)


@legislation_panels.measure_panels.register("campaigns", order=24)
def on_a_measure(request: SignedInRequest, measure: Measure) -> legislation_panels.Panel | None:
    """Campaigns on it, and for whom one could begin another, or the reason why not yet."""
    about = Campaign.measures.through.objects.filter(measure=measure).values("campaign")
    rows = Campaign.objects.visible_to(request.user).filter(pk__in=about).select_related("chapter")
    openings = choosing.openings(measure, request.user) if choosing.begins_any(request.user) else []
    found = list(rows.prefetch_related("measures__session")[:LATEST])
    if not found and not openings:
        return None
    context = {"campaigns": found, "openings": [_opening(measure, *one) for one in openings]}
    return legislation_panels.Panel("campaigns/panels/measure_campaigns.html", context)


def _opening(measure: Measure, chapter: Chapter | None, why_not: str) -> dict[str, str]:
    query = {"measure": measure.pk, "holder": chapter.pk if chapter else THE_SOCIETY}
    return {
        "key": chapter.slug if chapter else THE_SOCIETY,
        "name": str(chapter) if chapter else _("Society"),
        "why_not": why_not,
        "url": f"{reverse('campaigns:campaign_begin')}?{urlencode(query)}",
    }


@legislation_panels.official_panels.register("campaign volume", order=25)
def volume(request: SignedInRequest, official: Official) -> legislation_panels.Panel | None:
    """How many letters of which campaign, by their way; nothing where nobody wrote."""
    seen = Campaign.objects.visible_to(request.user).order_by().values("pk")
    letters = Letter.objects.counted().filter(target__official=official, participation__campaign__in=seen)
    by_campaign = method_lines_by(letters)
    if not by_campaign:
        return None
    campaigns = Campaign.objects.filter(pk__in=by_campaign).order_by("-launched_at", "-pk")
    lines: list[dict[str, Any]] = [
        {
            "campaign": one,
            "methods": by_campaign[one.pk],
            "count": sum(way.all for way in by_campaign[one.pk]),
        }
        for one in campaigns
    ]
    return legislation_panels.Panel("campaigns/panels/official_volume.html", {"lines": lines})


@members_panels.chapter_panels.register("campaigns", order=40)
def of_a_chapter(user: User, chapter: Chapter) -> members_panels.Panel | None:
    """Those that run now and that the chapter takes part in."""
    joined = Campaign.chapters.through.objects.filter(chapter=chapter).values("campaign")
    rows = Campaign.objects.visible_to(user).filter(
        Q(chapter=chapter) | Q(pk__in=joined), status__in=_RUNNING
    )
    found = list(rows.select_related("chapter").prefetch_related("measures__session")[:LATEST])
    if not found:
        return None
    context = {"campaigns": found, "all_url": f"{reverse('campaigns:campaign_list')}?chapter={chapter.pk}"}
    return members_panels.Panel("campaigns/panels/chapter_campaigns.html", context)


@ways_to_take_part.register("campaigns")
def running_now(measures: Collection[int], user: User | None, language: str) -> list[Way]:
    """Campaigns on these measures whose page is open to everybody, under their approved name."""
    about = Campaign.measures.through.objects.filter(measure__in=measures).values("campaign")
    known = Campaign.objects.visible_to(user) if user else Campaign.objects.all()
    rows = known.filter(pk__in=about).filter(pk__in=Campaign.objects.public().live().values("pk"))
    return [
        Way(_approved_name(one, language), reverse("act:page", args=[one.slug, language]), one.holder)
        for one in rows.select_related("chapter", "revision").order_by("-launched_at", "-pk")
    ]


def _approved_name(campaign: Campaign, language: str) -> str:
    content = campaign.revision.content if campaign.revision else {}
    return in_language(language, content.get("name", campaign.name), content.get("name_fr", ""))
