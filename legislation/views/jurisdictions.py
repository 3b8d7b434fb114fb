"""Legislatures: their chambers with every seat and its holder, vacancies, and committees."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading
from legislation import legislature
from legislation.directory import line
from legislation.models import (
    Chamber,
    ChamberCode,
    Committee,
    CommitteeMembership,
    Country,
    Jurisdiction,
    Staffer,
)
from legislation.profile_facts import by_role
from legislation.profile_panels import jurisdiction_panels, panels_by_place
from legislation.session_clock import clocks, today_in


@reading
def jurisdiction_list(request: SignedInRequest) -> HttpResponse:
    today = request.user.today(timezone.now())
    found = legislature.summaries(Jurisdiction.objects.visible_to(request.user), today)
    countries = [
        (label, [one for one in found if one.jurisdiction.country == country])
        for country, label in Country.choices
    ]
    context = {"countries": [(label, rows) for label, rows in countries if rows]}
    return render(request, "legislation/jurisdiction_list.html", context)


@dataclass(frozen=True)
class Part:
    """One tab of a jurisdiction's page: its key in the address, its label, and what it shows."""

    key: str
    label: str
    content: Callable[[], dict[str, Any]]


@reading
def jurisdiction_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One part at a time: a chamber, the delegation to the federal legislature, committees, or towns."""
    visible = Jurisdiction.objects.visible_to(request.user).select_related("parent")
    jurisdiction = get_object_or_404(visible, pk=pk)
    today = request.user.today(timezone.now())
    parts = _parts(jurisdiction, today)
    chosen = next((part for part in parts if part.key == request.GET.get("part")), next(iter(parts), None))
    sessions = clocks(jurisdiction, today)
    context = {
        "jurisdiction": jurisdiction,
        "tabs": [
            {"label": part.label, "url": f"?part={part.key}", "is_current": part is chosen} for part in parts
        ],
        "heading": chosen.label if chosen else "",
        "roll": None,
        "committees": [],
        "towns": [],
        "today": today_in(sessions, today) if sessions else None,
        "panels": panels_by_place(jurisdiction_panels, request, jurisdiction),
        "running": [clock for clock in sessions if clock.is_running],
        "over": [clock for clock in sessions if not clock.is_running],
        **(chosen.content() if chosen else {}),
    }
    return render(request, "legislation/jurisdiction_detail.html", context)


def _parts(jurisdiction: Jurisdiction, day: date) -> list[Part]:
    """The tabs that have something to show."""
    parts = [
        Part(str(chamber.pk), str(chamber), partial(_roll_of_chamber, chamber, jurisdiction, day))
        for chamber in legislature.chambers(jurisdiction)
    ]
    if legislature.seats_in_the_federal_legislature(jurisdiction).exists():
        label = _("Congress") if jurisdiction.country == Country.UNITED_STATES else _("Parliament")
        parts.append(Part("delegation", label, partial(_delegation, jurisdiction, day)))
    if jurisdiction.committees.filter(ended_on=None).exists():
        parts.append(Part("committees", _("Committees"), partial(_committees, jurisdiction)))
    if legislature.towns(jurisdiction).exists():
        parts.append(Part("towns", _("Cities and towns"), partial(_towns, jurisdiction)))
    return parts


def _roll_of_chamber(chamber: Chamber, jurisdiction: Jurisdiction, day: date) -> dict[str, Any]:
    # The directory filters by legislatures; towns are found by name.
    is_offered = chamber.code != ChamberCode.LOCAL
    return {
        "roll": legislature.roll(legislature.seats_of(chamber), day, get_language()),
        "directory_url": _directory_url(jurisdiction=jurisdiction.pk, chamber=chamber.pk)
        if is_offered
        else "",
    }


def _delegation(jurisdiction: Jurisdiction, day: date) -> dict[str, Any]:
    seats = legislature.seats_in_the_federal_legislature(jurisdiction)
    return {
        "roll": legislature.roll(seats, day, get_language()),
        "directory_url": _directory_url(jurisdiction=jurisdiction.pk),
    }


def _directory_url(**filters: int) -> str:
    return f"{reverse('legislation:official_list')}?{urlencode(filters)}"


def _committees(jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {"committees": legislature.committees(jurisdiction)}


def _towns(jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {"towns": legislature.towns(jurisdiction)}


@reading
def committee_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = Committee.objects.visible_to(request.user).select_related("jurisdiction", "chamber", "parent")
    committee = get_object_or_404(visible, pk=pk)
    today = request.user.today(timezone.now())
    memberships = CommitteeMembership.objects.in_force(today).filter(committee=committee)
    members = memberships.prefetch_related(Prefetch("official", queryset=legislature.sitting(today)))
    context = {
        "committee": committee,
        "members": [
            {"membership": one, "line": line(one.official, today, get_language())}
            for one in sorted(members, key=by_role)
        ],
        "subcommittees": committee.subcommittees.filter(ended_on=None),
        "staffers": Staffer.objects.visible_to(request.user).in_force(today).filter(committee=committee),
        "source_records": committee.source_records.select_related("source"),
    }
    return render(request, "legislation/committee_detail.html", context)
