"""What the Public Policy Center says of an issue besides what the record holds."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advocacy.positions.models import Issue
from legislation.models.public_record import in_language

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class IssuePageQuerySet(models.QuerySet["IssuePage"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(issue__in=Issue.objects.visible_to(user).order_by().values("pk"))

    def public(self) -> Self:
        """Open to strangers, because staff chose so, and the issue is one of today's principles."""
        return self.filter(is_public=True, issue__is_retired=False)


class IssuePage(models.Model):
    """The words of staff about one issue, and whether strangers read its page."""

    issue = models.OneToOneField(
        Issue, on_delete=models.CASCADE, related_name="page", verbose_name=_("issue")
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    introduction = models.TextField(_("introduction"), max_length=3000, blank=True)
    introduction_fr = models.TextField(_("introduction in French"), max_length=3000, blank=True)
    is_public = models.BooleanField(
        _("open to everybody"),
        default=False,
        help_text=_("Then anybody reads what is approved and public about this issue, without signing in."),
    )

    objects: ClassVar[models.Manager["IssuePage"]] = models.Manager.from_queryset(IssuePageQuerySet)()

    class Meta:
        verbose_name = _("policy issue page")
        verbose_name_plural = _("policy issue pages")
        ordering = ["issue__title_en", "pk"]

    def __str__(self) -> str:
        return str(self.issue)

    def get_absolute_url(self) -> str:
        return reverse("research:issue_detail", args=[self.issue_id])

    def text(self) -> str:
        return in_language(get_language(), self.introduction, self.introduction_fr)
