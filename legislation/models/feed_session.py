"""Which sessions a feed asks for, and how far it has read in each."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from legislation.models.feed import Feed
from legislation.models.session import LegislativeSession


class FeedSession(models.Model):
    """A feed of measures asks for this session: because staff chose it, or as long as somebody tracks a measure of it.

    `last_good_at` is when all that the publisher had of the session was last read to its end.
    """

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="sessions", verbose_name=_("feed"))
    session = models.ForeignKey(
        LegislativeSession, on_delete=models.CASCADE, related_name="feeds", verbose_name=_("session")
    )
    is_chosen = models.BooleanField(
        _("always asked for"),
        default=True,
        help_text=_("Otherwise only while somebody tracks a measure of this session."),
    )
    last_good_at = models.DateTimeField(_("last read to its end"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("session of a feed")
        verbose_name_plural = _("sessions of feeds")
        ordering = ["feed", "session", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "session"],
                name="legislation_feedsession_is_listed_once",
                violation_error_message=_("This feed has this session already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.feed}: {self.session}"


class FeedMark(models.Model):
    """How far a feed has read: what the publisher last called a thing, and the fingerprint of what it then said.

    `version` is the publisher's own marker (a hash, or a date of change); empty where it has none. A mark is written
    in the transaction that loads what it stands for, never before.
    """

    reading = models.ForeignKey(
        FeedSession, on_delete=models.CASCADE, related_name="marks", verbose_name=_("session of a feed")
    )
    subject = models.CharField(_("about"), max_length=120)
    version = models.CharField(_("version"), max_length=120, blank=True)
    answer_hash = models.CharField(_("fingerprint of the answer"), max_length=64, blank=True)
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("mark of a feed")
        verbose_name_plural = _("marks of feeds")
        ordering = ["reading", "subject", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "subject"],
                name="legislation_feedmark_is_kept_once",
                violation_error_message=_("This feed has a mark about this already."),
            ),
            models.CheckConstraint(
                condition=~Q(subject=""),
                name="legislation_feedmark_is_about_something",
                violation_error_message=_("A mark is about something."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.version}"

    def stands_for(self, version: str, *, since: datetime | None = None) -> bool:
        """Whether this very version was read, and not before that moment."""
        return self.version == version and (since is None or self.seen_at >= since)
