from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.taskforce.models.meeting import Meeting

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class PublishedMinutesQuerySet(models.QuerySet["PublishedMinutes"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class PublishedMinutes(models.Model):
    """The minutes as they were published: never changed again, corrections stand beside them."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="published")
    # Items with summary, outcome, decisions and action items, and who was there, in words of that day.
    content = models.JSONField(_("content"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(_("published"))

    objects: ClassVar[models.Manager["PublishedMinutes"]] = models.Manager.from_queryset(
        PublishedMinutesQuerySet
    )()

    class Meta:
        verbose_name = _("published minutes")
        verbose_name_plural = _("published minutes")
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def told_items(self) -> list[dict[str, Any]]:
        """What it says of each item; templates would take `content.items` for the method of that name."""
        return [item | {"action_items": _dated(item["action_items"])} for item in self.content["items"]]

    @property
    def told_action_items(self) -> list[dict[str, Any]]:
        """Those that belong to no item of the agenda."""
        return _dated(self.content["action_items"])


def _dated(tasks: list[dict[str, str]]) -> list[dict[str, Any]]:
    """JSON keeps a day as its text."""
    return [task | {"due_on": date.fromisoformat(task["due_on"])} for task in tasks]


class MinutesCorrection(models.Model):
    """What is wrong in the published minutes and how it should read."""

    minutes = models.ForeignKey(PublishedMinutes, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField(_("correction"), max_length=2000)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    objects: ClassVar[models.Manager["MinutesCorrection"]] = models.Manager()

    class Meta:
        verbose_name = _("correction of minutes")
        verbose_name_plural = _("corrections of minutes")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="taskforce_minutescorrection_says_something",
                violation_error_message=_("Say what should be read instead."),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
