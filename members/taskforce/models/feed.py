from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class FeedScope(models.TextChoices):
    PERSON = "person", _("My own calendar")
    CHAPTER = "chapter", _("A chapter")
    TASK_FORCE = "taskforce", _("The task force")


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own links, and nobody else's: the link is a key."""
        return self.filter(owner=reach_of(user).person_id or 0)

    def working(self) -> Self:
        return self.filter(revoked_at=None)


class CalendarFeed(models.Model):
    """A secret link by which a calendar program reads what its owner may see. Only its hash is kept."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("owner")
    )
    scope = models.CharField(_("calendar of"), max_length=10, choices=FeedScope.choices)
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chapter")
    )
    token_hash = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(_("made"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects: ClassVar[models.Manager["CalendarFeed"]] = models.Manager.from_queryset(CalendarFeedQuerySet)()

    class Meta:
        verbose_name = _("calendar link")
        verbose_name_plural = _("calendar links")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["token_hash"],
                name="taskforce_calendarfeed_token_is_unique",
                violation_error_message=_("This link exists already."),
            ),
            models.CheckConstraint(
                condition=Q(scope=FeedScope.CHAPTER, chapter__isnull=False)
                | (~Q(scope=FeedScope.CHAPTER) & Q(chapter=None)),
                name="taskforce_calendarfeed_only_a_chapters_names_one",
                violation_error_message=_("A chapter's calendar names the chapter; others name none."),
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_scope_display()} · {self.chapter}" if self.chapter else str(self.get_scope_display())
        )
