"""The national report as it went out."""

import hashlib
import json
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from advocacy.reports.models.lock import PeriodLock
from members.taskforce.roster import is_of_the_task_force

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


def reads_national_reports(user: "User | AnonymousUser") -> bool:
    """Everybody of the task force: the report holds only what all of them may see."""
    return is_of_the_task_force(user)


class IssuedDocumentQuerySet(models.QuerySet["IssuedDocument"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.all() if reads_national_reports(user) else self.none()


class IssuedDocument(models.Model):
    """The national report of a locked month in one language, as plain data: every file of it is written from here.

    `checksum` is over the body with its keys in order: a database may keep them in another one.
    """

    lock = models.ForeignKey(PeriodLock, on_delete=models.PROTECT, related_name="documents")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    body = models.JSONField(_("report"))
    checksum = models.CharField(_("checksum"), max_length=64)

    objects: ClassVar[models.Manager["IssuedDocument"]] = models.Manager.from_queryset(
        IssuedDocumentQuerySet
    )()

    class Meta:
        verbose_name = _("issued report")
        verbose_name_plural = _("issued reports")
        ordering = ["lock", "language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lock", "language"],
                name="reports_issueddocument_once_in_each_language",
                violation_error_message=_("This report was issued in this language already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.lock} ({self.language})"

    @property
    def is_untouched(self) -> bool:
        return checksum_of(self.body) == self.checksum


def checksum_of(body: Any) -> str:
    text = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
