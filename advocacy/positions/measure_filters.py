"""The list of measures by what we think of them: issue, tier and position, as far as the reader may see these."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.positions.models import Issue, Position, Standpoint, Tier, Tracking
from legislation.measure_filters import MeasureFilter, measure_filters
from legislation.models.measure import MeasureQuerySet

_ANY = [("", _("Any"))]


@measure_filters.register("issue", order=10)
def issue(user: User, day: date) -> MeasureFilter:
    """Measures that somebody follows under this issue."""
    field = forms.ModelChoiceField(
        label=_("Issue"), queryset=Issue.objects.visible_to(user), required=False, empty_label=_("Any")
    )
    return MeasureFilter(field, partial(_of_issue, user=user))


def _of_issue(measures: MeasureQuerySet, value: Any, *, user: User) -> MeasureQuerySet:
    followed = Tracking.objects.visible_to(user).filter(issues=value)
    return measures.filter(pk__in=followed.order_by().values("measure"))


@measure_filters.register("tier", order=20)
def tier(user: User, day: date) -> MeasureFilter:
    """Measures that some chapter, or the society, follows in this tier today."""
    choices = [*_ANY, *((str(value), label) for value, label in Tier.choices)]
    field = forms.ChoiceField(label=_("Tier"), choices=choices, required=False)
    return MeasureFilter(field, partial(_in_tier, user=user, day=day))


def _in_tier(measures: MeasureQuerySet, value: Any, *, user: User, day: date) -> MeasureQuerySet:
    followed = Tracking.objects.visible_to(user).in_tiers(day, int(value))
    return measures.filter(pk__in=followed.order_by().values("measure"))


@measure_filters.register("position", order=30)
def position(user: User, day: date) -> MeasureFilter:
    """Measures on which an approved position says this now; a proposal is none."""
    field = forms.ChoiceField(label=_("Our position"), choices=[*_ANY, *Standpoint.choices], required=False)
    return MeasureFilter(field, partial(_with_position, user=user))


def _with_position(measures: MeasureQuerySet, value: Any, *, user: User) -> MeasureQuerySet:
    taken = Position.objects.visible_to(user).usable().filter(position=value)
    return measures.filter(pk__in=taken.order_by().values("measure"))
