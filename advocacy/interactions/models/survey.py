"""The yearly question "Whom do you know?": what people answer, and what became of each answer."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models.relationship import Basis, KeyContact, RelationshipScore, Strength
from legislation.models import Official, Staffer
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User

FIRST_MONTH = 7


def year_of(day: date) -> int:
    """The society's year that a day lies in, by the calendar year it began in: it runs from July to June."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own; those of a chapter's people for its advocates; all for staff."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.is_staff:
            return self.all()
        return self.filter(Q(person=reach.person_id) | Q(chapter__in=reach.advocate_of))


class Survey(models.Model):
    """One person's list of the officials and staff they know, in one year of the society."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("chapter"),
        help_text=_("Whose advocates review the answers."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), help_text=_("The calendar year in which the society's year began, on 1 July.")
    )

    objects: ClassVar[models.Manager["Survey"]] = models.Manager.from_queryset(SurveyQuerySet)()

    class Meta:
        verbose_name = _("relationship survey")
        verbose_name_plural = _("relationship surveys")
        ordering = ["-year", "person", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"],
                name="interactions_survey_once_a_year",
                violation_error_message=_("This person has a survey for this year already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.years}"

    @property
    def years(self) -> str:
        """2026–27"""
        return f"{self.year}–{(self.year + 1) % 100:02d}"


class AnswerState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Waits for review")
    ACCEPTED = "accepted", _("Accepted")
    MERGED = "merged", _("Merged with the key contact on record")
    REJECTED = "rejected", _("Not accepted")


ON_RECORD = (AnswerState.ACCEPTED, AnswerState.MERGED)
UNDECIDED = (AnswerState.DRAFT, AnswerState.SENT)


class SurveyAnswerQuerySet(models.QuerySet["SurveyAnswer"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """One's own; what was sent, for the advocates of the chapter and for staff. Nobody reads another's draft."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        sent = ~Q(state=AnswerState.DRAFT)
        if not reach.is_staff:
            sent &= Q(survey__chapter__in=reach.advocate_of)
        return self.filter(Q(survey__person=reach.person_id) | sent)

    def reviewable_by(self, user: "User | AnonymousUser") -> Self:
        """Waiting for the advocates of the chapter, and for staff."""
        reach = reach_of(user)
        rows = self.visible_to(user).filter(state=AnswerState.SENT)
        return rows if reach.is_staff else rows.filter(survey__chapter__in=reach.advocate_of)


class SurveyAnswer(models.Model):
    """Somebody says that they know an official, or one of their staff. A proposal, until it is reviewed."""

    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="answers")
    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="+", verbose_name=_("official")
    )
    staffer = models.ForeignKey(
        Staffer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("through"),
    )
    basis = models.CharField(_("how they know each other"), max_length=20, choices=Basis.choices)
    strength = models.PositiveSmallIntegerField(_("strength"), choices=Strength.choices)
    calls_within_a_day = models.BooleanField(_("would call within a day"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=AnswerState.choices, default=AnswerState.DRAFT
    )
    answered_on = models.DateField(_("answered"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    score = models.ForeignKey(
        RelationshipScore, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tie = models.ForeignKey(KeyContact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar[models.Manager["SurveyAnswer"]] = models.Manager.from_queryset(SurveyAnswerQuerySet)()

    class Meta:
        verbose_name = _("answer to the survey")
        verbose_name_plural = _("answers to the survey")
        ordering = ["answered_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "official"],
                condition=Q(staffer=None),
                name="interactions_surveyanswer_names_an_official_once",
                violation_error_message=_("This official is on the list already."),
            ),
            models.UniqueConstraint(
                fields=["survey", "staffer"],
                condition=Q(staffer__isnull=False),
                name="interactions_surveyanswer_names_a_staffer_once",
                violation_error_message=_("This staffer is on the list already."),
            ),
            models.CheckConstraint(
                condition=Q(strength__gte=1, strength__lte=5),
                name="interactions_surveyanswer_strength_is_one_to_five",
                violation_error_message=_("Scores go from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNDECIDED, decided_by=None, decided_on=None)
                | (~Q(state__in=UNDECIDED) & Q(decided_by__isnull=False, decided_on__isnull=False)),
                name="interactions_surveyanswer_decided_by_and_on_go_together",
                violation_error_message=_("A decision says who decided and when."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ON_RECORD, score__isnull=False)
                | (~Q(state__in=ON_RECORD) & Q(score=None)),
                name="interactions_surveyanswer_is_on_record_when_accepted",
                violation_error_message=_("Only an accepted answer stands in the record."),
            ),
            models.CheckConstraint(
                condition=(Q(state=AnswerState.REJECTED) & ~Q(reason=""))
                | (~Q(state=AnswerState.REJECTED) & Q(reason="")),
                name="interactions_surveyanswer_rejected_has_a_reason",
                violation_error_message=_("Say why it is not accepted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.staffer} ({self.official})" if self.staffer else str(self.official)
