"""What a saved search had new to tell its owner, and from when to when it looked."""

from typing import ClassVar, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from legislation.models.saved_search import SavedSearch


class SearchNewsQuerySet(models.QuerySet["SearchNews"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Of one's own searches, and of nobody else's."""
        return self.filter(search__in=SavedSearch.objects.visible_to(user).values("pk"))


class SearchNews(models.Model):
    """Measures first known after `since` and by `until` were found: the owner is told on `day`, a day of theirs.

    The stretches of a search follow one another without a gap, so that no measure is told of twice.
    """

    search = models.ForeignKey(
        SavedSearch, on_delete=models.CASCADE, related_name="news", verbose_name=_("saved search")
    )
    since = models.DateTimeField(_("known after"))
    until = models.DateTimeField(_("known by"))
    day = models.DateField(_("day"), db_index=True)

    objects: ClassVar[models.Manager["SearchNews"]] = models.Manager.from_queryset(SearchNewsQuerySet)()

    class Meta:
        verbose_name = _("news of a saved search")
        verbose_name_plural = _("news of saved searches")
        ordering = ["search", "-until", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["search", "since"],
                name="legislation_searchnews_are_told_once",
                violation_error_message=_("What is new since then has been told."),
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("since")),
                name="legislation_searchnews_end_after_they_begin",
                violation_error_message=_("What is new was known after the last look."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.search} {self.day}"
