"""The issues of the society's public policy principles."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.all() if user.is_authenticated and user.is_active else self.none()

    def current(self) -> Self:
        return self.filter(is_retired=False)


class Issue(models.Model):
    """One area of the public policy principles, such as interoperability. Staff edit the list."""

    title_en = models.CharField(_("title"), max_length=120)
    title_fr = models.CharField(_("title in French"), max_length=120, blank=True)
    is_retired = models.BooleanField(
        _("retired"), default=False, help_text=_("No longer offered; what refers to it stays.")
    )

    objects: ClassVar[models.Manager["Issue"]] = models.Manager.from_queryset(IssueQuerySet)()

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ["title_en", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("title_en"),
                name="positions_issue_title_is_unique",
                violation_error_message=_("There is an issue with this title already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the reader's language, in English where no French exists."""
        return self.title_fr or self.title_en if get_language() == "fr" else self.title_en
