from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from advocacy.api.models.token import ApiToken

KEPT_FOR = timedelta(days=7)


class KeptAnswerQuerySet(models.QuerySet["KeptAnswer"]):
    def older_than_kept(self, now: datetime) -> Self:
        return self.filter(at__lt=now - KEPT_FOR)


class KeptAnswer(models.Model):
    """What a request with an Idempotency-Key made, so that the same request again makes nothing more.

    The answer is built anew from the record: whoever may not read it any more is not told again.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    request_digest = models.CharField(max_length=64)
    made = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    objects: ClassVar[models.Manager["KeptAnswer"]] = models.Manager.from_queryset(KeptAnswerQuerySet)()

    class Meta:
        verbose_name = _("kept answer")
        verbose_name_plural = _("kept answers")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"], name="api_keptanswer_by_age")]
        constraints = [
            models.UniqueConstraint(
                fields=["token", "key"],
                name="api_keptanswer_key_is_used_once_by_a_token",
                violation_error_message=_("This key was used before."),
            )
        ]

    def __str__(self) -> str:
        return self.key
