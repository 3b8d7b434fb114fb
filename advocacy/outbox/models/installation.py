"""Whether mail may leave this installation at all."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Installation(models.Model):
    """The one row that says which installation this database belongs to, and whether it may send.

    The same `epoch` is kept outside the database. After a restore, or in a copy, the two differ: then nothing
    leaves until a person looks at what would go and arms it again (RELIABILITY.md §0, finding 3).
    """

    epoch = models.UUIDField(_("epoch"))
    armed_at = models.DateTimeField(_("armed"), null=True, blank=True)
    armed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("armed by"),
    )
    stopped_because = models.CharField(_("stopped because"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installation")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="outbox_installation_is_one",
                violation_error_message=_("There is one installation."),
            )
        ]

    def __str__(self) -> str:
        return str(self.epoch)
