"""How fast mail may leave: in all, in the name of an identity, to a domain."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

EVERYTHING = "all"


class Lane(models.Model):
    """A limit on part of the mail: `all`, `identity:reminders`, `domain:example.org`, `stream:campaign`,
    `scope:campaign:7`.

    Tokens are messages that may leave at once; they fill up again at `per_hour`. A lane without `per_hour` only
    serves to pause. Failures in a row open the circuit: nothing is tried until `paused_until`.
    """

    name = models.CharField(_("name"), max_length=300, unique=True)
    per_hour = models.PositiveIntegerField(_("messages an hour"), null=True, blank=True)
    tokens = models.FloatField(_("may leave now"), default=0)
    filled_at = models.DateTimeField(_("filled"))
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    paused_because = models.CharField(_("because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sending limit")
        verbose_name_plural = _("sending limits")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and self.paused_until > now

    def fill(self, now: datetime) -> None:
        """Let the time since the last look count. A full lane holds a tenth of an hour, at least one message."""
        if self.per_hour is None:
            return
        passed = max(now - self.filled_at, timedelta(0)) / timedelta(hours=1)
        most = max(self.per_hour / 10, 1.0)
        self.tokens, self.filled_at = min(self.tokens + passed * self.per_hour, most), now
