"""What those who came said afterwards (DOMAIN.md W5, T+7–10 days)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.events.models.registration import Registration

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User

CERTAIN = 10


class SurveyAnswerQuerySet(models.QuerySet["SurveyAnswer"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own. Those who run the day read what all said without names: see `survey_results`."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(registration__person=user.pk)


class SurveyAnswer(models.Model):
    """How likely somebody who came is to recommend the day, from 0 to 10, and two sentences for the next one."""

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, related_name="survey_answer", verbose_name=_("person")
    )
    recommends = models.PositiveSmallIntegerField(
        _("likelihood to recommend"), validators=[MaxValueValidator(CERTAIN)]
    )
    worked = models.CharField(_("what worked"), max_length=500, blank=True)
    better = models.CharField(_("what we should do better"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered"))

    objects: ClassVar[models.Manager["SurveyAnswer"]] = models.Manager.from_queryset(SurveyAnswerQuerySet)()

    class Meta:
        verbose_name = _("answer to the survey")
        verbose_name_plural = _("answers to the survey")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(recommends__gte=0, recommends__lte=CERTAIN),
                name="events_survey_recommends_from_zero_to_ten",
                violation_error_message=_("Choose a number from 0 to 10."),
            )
        ]

    def __str__(self) -> str:
        # Without what was said: the audit trail names who answered.
        return gettext("Answer to the survey")
