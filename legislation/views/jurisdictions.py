"""Legislatures: their chambers with every seat and its holder, vacancies, and committees."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.accounts.requests import SignedInRequest, reading
from legislation import legislature
from legislation.directory import line
from legislation.models import Committee, CommitteeMembership, Country, Jurisdiction, Official, Staffer
from legislation.profile import by_role

COMMITTEES, DELEGATION, TOWNS = "committees", "delegation", "towns"


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


@reading
def jurisdiction_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One part at a time: a chamber, the delegation to the federal legislature, committees, or towns."""
    visible = Jurisdiction.objects.visible_to(request.user).select_related("parent")
    jurisdiction = get_object_or_404(visible, pk=pk)
    chambers = legislature.chambers(jurisdiction)
    parts: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
        str(chamber.pk): (str(chamber), partial(_roll, request, legislature.seats_of(chamber)))
        for chamber in chambers
    }
    federal = legislature.seats_in_the_federal_legislature(jurisdiction)
    if federal.exists():
        parts[DELEGATION] = (str(jurisdiction.parent), partial(_roll, request, federal))
    if jurisdiction.committees.filter(ended_on=None).exists():
        parts[COMMITTEES] = (_("Committees"), partial(_committees, jurisdiction))
    if (towns := legislature.towns(jurisdiction)).exists():
        parts[TOWNS] = (_("Cities and towns"), partial(_towns, towns))
    wanted = request.GET.get("part", "")
    chosen = wanted if wanted in parts else next(iter(parts), "")
    context = {
        "jurisdiction": jurisdiction,
        "tabs": [
            {"label": label, "url": f"?part={key}", "is_current": key == chosen}
            for key, (label, _content) in parts.items()
        ],
        "heading": parts[chosen][0] if chosen else "",
        "roll": None,
        "committees": [],
        "towns": [],
        **(parts[chosen][1]() if chosen else {}),
    }
    return render(request, "legislation/jurisdiction_detail.html", context)


def _roll(request: SignedInRequest, seats: Any) -> dict[str, Any]:
    today = request.user.today(timezone.now())
    return {"roll": legislature.roll(seats, today, get_language())}


def _committees(jurisdiction: Jurisdiction) -> dict[str, Any]:
    return {"committees": legislature.committees(jurisdiction)}


def _towns(towns: QuerySet[Jurisdiction]) -> dict[str, Any]:
    return {"towns": towns}


@reading
def committee_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = Committee.objects.visible_to(request.user).select_related("jurisdiction", "chamber", "parent")
    committee = get_object_or_404(visible, pk=pk)
    today = request.user.today(timezone.now())
    sitting = CommitteeMembership.objects.in_force(today).filter(committee=committee)
    members = sitting.prefetch_related(Prefetch("official", queryset=Official.objects.with_seats()))
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
