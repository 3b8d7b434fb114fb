"""The quick log on a phone without signal, with the people and measures that this person most likely needs."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.accounts.offline import Choice, OfflinePage, offline_pages
from advocacy.interactions.models import Interaction, KeyContact, Office
from advocacy.positions.models import Material
from advocacy.positions.suggestions import describe_material, followed_by
from legislation import suggestions
from legislation.models import Measure, Official, Staffer
from members.access import people_visible_to, reach_of
from members.held_seats import HeldSeats
from members.models import ChapterTerritory, Role, RoleAssignment

MOST_OFFICIALS, MOST_STAFFERS, MOST_MEASURES, MOST_PEOPLE, MOST_MATERIALS = 300, 300, 200, 100, 100


@offline_pages.register("log")
def quick_log(user: User, now: datetime) -> Iterable[OfflinePage]:
    if not reach_of(user).may_log:
        return
    address = reverse("interactions:interaction_log")
    yield OfflinePage(address, _("Log interaction"), "plus", lambda: choices(user, user.today(now)))


def choices(user: User, day: date) -> dict[str, list[Choice]]:
    """What the pickers of the form offer, by the address they ask."""
    officials = _officials(user, day)
    return {
        reverse("legislation:official_suggest"): [
            suggestions.describe_official(one, day) for one in officials
        ],
        reverse("legislation:staffer_suggest"): _staffers(user, officials, day),
        reverse("tracking:measure_suggest"): _measures(user, day),
        reverse("members:person_suggest"): _people(user, day),
        reverse("materials:material_suggest"): _materials(user),
    }


def _officials(user: User, day: date) -> list[Official]:
    """Mine first, then whom I met, then the delegation of the chapters I log for."""
    ties = KeyContact.objects.visible_to(user).in_force(day).filter(person=user)
    mine = Q(pk__in=ties.order_by().values("official"))
    contacts = Interaction.objects.visible_to(user).filter(participants__person=user)
    met = Q(pk__in=Office.objects.filter(interaction__in=contacts.order_by().values("pk")).values("official"))
    held = HeldSeats(_territories(user), day)
    delegation = Q(pk__in=held.officials(held.together()))
    nearest = Case(
        When(mine, then=Value(0)), When(met, then=Value(1)), default=Value(2), output_field=IntegerField()
    )
    found = Official.objects.visible_to(user).filter(mine | met | delegation).with_seats()
    return list(found.annotate(nearest=nearest).order_by("nearest", "sort_name", "pk")[:MOST_OFFICIALS])


def _territories(user: User) -> Iterable[ChapterTerritory]:
    own = ChapterTerritory.objects.filter(chapter__in=reach_of(user).logs_for)
    return own.select_related("jurisdiction__parent").prefetch_related("divisions")


def _staffers(user: User, officials: list[Official], day: date) -> list[Choice]:
    rows = Staffer.objects.visible_to(user).in_force(day).filter(official__in=officials)
    found = rows.select_related("official", "committee").order_by("search_text", "pk")[:MOST_STAFFERS]
    return [suggestions.describe_staffer(one) for one in found]


def _measures(user: User, day: date) -> list[Choice]:
    rows = Measure.objects.visible_to(user).filter(followed_by(user, day))
    found = rows.select_related("session__jurisdiction").order_by("number_key", "pk")[:MOST_MEASURES]
    return [suggestions.describe_measure(one) for one in found]


def _people(user: User, day: date) -> list[Choice]:
    """Colleagues of the chapters I log for, without myself: I stand in the form already."""
    near = RoleAssignment.objects.in_force(day).filter(chapter__in=reach_of(user).logs_for)
    rows = people_visible_to(user).filter(pk__in=near.exclude(role=Role.MEMBER).order_by().values("person"))
    found = rows.exclude(pk=user.pk).order_by("search_text", "pk")[:MOST_PEOPLE]
    return [(one.pk, str(one), "") for one in found]


def _materials(user: User) -> list[Choice]:
    found = Material.objects.visible_to(user).to_hand_out()[:MOST_MATERIALS]
    return [describe_material(one) for one in found]
