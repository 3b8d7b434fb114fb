"""The directory of officials, and the profile of one."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from advocacy.accounts.requests import SignedInRequest, reading
from advocacy.kernel import listing
from advocacy.kernel.filters import active_filters
from legislation import freshness, profile, titles
from legislation.directory import line
from legislation.forms.officials import OfficialFilters
from legislation.models import Official
from legislation.models.official import OfficialQuerySet
from legislation.profile_facts import ProfileFacts
from legislation.profile_panels import official_panels, panels_by_place
from legislation.provenance import Provenances


@reading
def official_list(request: SignedInRequest) -> HttpResponse:
    today = request.user.today(timezone.now())
    visible = Official.objects.visible_to(request.user)
    form = OfficialFilters(request.GET, user=request.user, day=today)
    found = form.narrow(visible)
    page, count = listing.page_and_count(
        found, visible, request.GET, form.order, fetch=OfficialQuerySet.with_seats
    )
    has_officials = bool(page.rows) or visible.exists()
    stale = _stale_among(page.rows, visible, today)
    context = {
        "form": form,
        "page": page,
        "lines": [
            line(official, today, get_language(), is_stale=official.pk in stale) for official in page.rows
        ],
        "count_label": listing.count_label(count),
        "active": active_filters(form, request.GET),
        "reset_url": reverse("legislation:official_list"),
        "has_officials": has_officials,
        "may_load": not has_officials and request.user.is_staff,
    }
    return render(request, "legislation/official_list.html", context)


@reading
def official_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    official = get_object_or_404(Official.objects.visible_to(request.user).with_seats(), pk=pk)
    today = request.user.today(timezone.now())
    facts = ProfileFacts(official, today)
    provenances = Provenances(facts, request.user)
    context = {
        "official": official,
        "line": line(official, today, get_language()),
        "addresses": _addresses(official, today),
        "tenures": profile.tenures(official, today),
        "committees": facts.committees,
        "offices": facts.offices,
        "contact_points": facts.contact_points,
        "staffers": profile.staffers(facts.staffers, today, user=request.user),
        "identifiers": official.identifiers.all(),
        "source_records": provenances.records,
        "provenance": provenances.of_each_block(),
        "today": today,
        "panels": panels_by_place(official_panels, request, official),
    }
    return render(request, "legislation/official_detail.html", context)


def _stale_among(rows: list[Official], visible: OfficialQuerySet, today: date) -> set[int]:
    shown = visible.filter(pk__in=[official.pk for official in rows])
    return set(freshness.stale(shown, today).order_by().values_list("pk", flat=True))


def _addresses(official: Official, today: date) -> list[tuple[str, titles.Address]]:
    """How to write to them, in the reader's language; to a Canadian office in both."""
    reader = get_language() or "en"
    other = "en" if reader.startswith("fr") else "fr"
    languages = [reader, other] if profile.is_canadian(official) else [reader]
    return [(language, titles.address(official, today, language)) for language in languages]
