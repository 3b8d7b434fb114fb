"""Recorded votes: the question, the count, and how each member voted."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import Measure
from legislation.models.official import Official
from legislation.models.public_record import PublicRecordQuerySet, in_language
from legislation.models.source import Source


class VoteResult(models.TextChoices):
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")
    UNKNOWN = "", _("Not stated")


class VoteOption(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    PRESENT = "present", _("Present, abstained")
    NOT_VOTING = "not_voting", _("Not voting")
    ABSENT = "absent", _("Absent or excused")
    PAIRED = "paired", _("Paired")
    OTHER = "other", _("Other")


class RollCallQuerySet(PublicRecordQuerySet["RollCall"]):
    pass


class RollCall(models.Model):
    """One recorded vote on a measure.

    The counts are those the source states; they may differ from its list of votes, and both are shown then.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.CASCADE, related_name="roll_calls", verbose_name=_("measure")
    )
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", verbose_name=_("imported from")
    )
    external_id = models.CharField(_("id at the source"), max_length=120)
    number = models.PositiveIntegerField(
        _("number"), null=True, blank=True, help_text=_("As the chamber counts its votes in this session.")
    )
    chamber = models.CharField(_("chamber"), max_length=11, choices=ChamberCode.choices, blank=True)
    on = models.DateField(_("date"))
    motion = models.TextField(_("question"))
    motion_fr = models.TextField(_("question in French"), blank=True)
    result = models.CharField(
        _("result"), max_length=6, choices=VoteResult.choices, blank=True, default=VoteResult.UNKNOWN
    )
    yes = models.PositiveIntegerField(_("yes"), null=True, blank=True)
    no = models.PositiveIntegerField(_("no"), null=True, blank=True)
    others = models.PositiveIntegerField(_("neither"), null=True, blank=True)
    url = models.URLField(_("official page"), max_length=500, blank=True)

    objects: ClassVar[models.Manager["RollCall"]] = models.Manager.from_queryset(RollCallQuerySet)()

    class Meta:
        verbose_name = _("roll call")
        verbose_name_plural = _("roll calls")
        ordering = ["measure", "-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                name="legislation_rollcall_is_unique_in_its_source",
                violation_error_message=_("This source has a roll call with this id already."),
            ),
            models.CheckConstraint(
                condition=Q(result__in=VoteResult.values),
                name="legislation_rollcall_has_a_known_result",
                violation_error_message=_("A vote passed, failed, or its result is not stated."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(get_language(), self.motion, self.motion_fr)

    def get_absolute_url(self) -> str:
        return reverse("legislation:roll_call_detail", args=[self.pk])


class VoteQuerySet(PublicRecordQuerySet["Vote"]):
    def unmatched(self) -> "VoteQuerySet":
        return self.filter(official=None)


class Vote(models.Model):
    """How one member voted, under the name the source prints; the official only where that is certain."""

    roll_call = models.ForeignKey(
        RollCall, on_delete=models.CASCADE, related_name="votes", verbose_name=_("roll call")
    )
    name = models.CharField(_("name"), max_length=200)
    option = models.CharField(_("vote"), max_length=10, choices=VoteOption.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="votes",
        verbose_name=_("official"),
    )

    objects: ClassVar[models.Manager["Vote"]] = models.Manager.from_queryset(VoteQuerySet)()

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["roll_call", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["roll_call", "order"],
                name="legislation_vote_has_a_place_of_its_own",
                violation_error_message=_("Another vote of this roll call has this place."),
            ),
            models.UniqueConstraint(
                fields=["roll_call", "official"],
                condition=Q(official__isnull=False),
                name="legislation_vote_official_votes_once",
                violation_error_message=_("This official has voted in this roll call already."),
            ),
            models.CheckConstraint(
                condition=Q(option__in=VoteOption.values),
                name="legislation_vote_has_a_known_option",
                violation_error_message=_("Choose one of the ways to vote."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.get_option_display()}"
