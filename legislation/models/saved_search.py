"""Searches that somebody keeps, to look at again or to follow in a feed reader."""

from datetime import datetime
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User

LONGEST_QUERY = 1000


class Cadence(models.TextChoices):
    """How often the owner is told of measures that a search finds for the first time."""

    NEVER = "never", _("Never")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly, on Monday")


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """One's own, and nobody else's: what somebody looks for is their own business."""
        return self.filter(owner=user.pk) if user.is_authenticated and user.is_active else self.none()

    def with_a_feed(self) -> Self:
        return self.exclude(token_hash="")

    def to_look_through(self, now: datetime) -> Self:
        """Those whose owner wants to be told, and whose turn has come."""
        return self.filter(looks_next_at__lte=now).order_by("looks_next_at", "pk")


class SavedSearch(models.Model):
    """The filters of the list of measures under a name. Of its feed's secret address only the hash is kept.

    `told_until`: what was known by then has been told, or was there before the owner asked to be told.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=120)
    query = models.CharField(_("filters"), max_length=LONGEST_QUERY, blank=True)
    created_at = models.DateTimeField(_("saved"))
    looked_at = models.DateTimeField(_("last looked at"))
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    cadence = models.CharField(
        _("tell me of new measures"),
        max_length=6,
        choices=Cadence.choices,
        default=Cadence.NEVER,
        db_default=Cadence.NEVER,
    )
    told_until = models.DateTimeField(null=True, editable=False)
    looks_next_at = models.DateTimeField(null=True, editable=False, db_index=True)

    objects: ClassVar[models.Manager["SavedSearch"]] = models.Manager.from_queryset(SavedSearchQuerySet)()

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="legislation_savedsearch_name_is_unique_to_its_owner",
                violation_error_message=_("You have a saved search of this name already."),
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~Q(token_hash=""),
                name="legislation_savedsearch_feed_address_is_unique",
                violation_error_message=_("This address exists already."),
            ),
            models.CheckConstraint(
                condition=Q(cadence="never", told_until=None, looks_next_at=None)
                | Q(cadence__in=("daily", "weekly"), told_until__isnull=False, looks_next_at__isnull=False),
                name="legislation_savedsearch_alerts_know_when_they_look_next",
                violation_error_message=_("Only a search that alerts looks again, daily or weekly."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The list of measures with these filters."""
        address = reverse("legislation:measure_list")
        return f"{address}?{self.query}" if self.query else address

    @property
    def params(self) -> QueryDict:
        return QueryDict(self.query)

    @property
    def cadences(self) -> list[tuple[str, Any]]:
        """What its owner may choose from."""
        return list(Cadence.choices)

    @property
    def alerts(self) -> bool:
        return self.cadence != Cadence.NEVER

    @property
    def has_feed(self) -> bool:
        return bool(self.token_hash)


def written_down(given: dict[str, Any]) -> str:
    """Filters as they stand in an address, always in the same order, without empty ones."""
    return urlencode(sorted((name, str(value)) for name, value in given.items() if value not in (None, "")))
