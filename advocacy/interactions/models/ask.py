from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.positions.models import Issue
from legislation.models import Measure, Official


class AskKind(models.TextChoices):
    SPONSOR = "sponsor", _("Sponsor")
    COSPONSOR = "cosponsor", _("Cosponsor")
    VOTE_YES = "vote_yes", _("Vote yes")
    VOTE_NO = "vote_no", _("Vote no")
    AMEND = "amend", _("Amend")
    SCHEDULE_HEARING = "schedule_hearing", _("Schedule a hearing")
    SIGN_LETTER = "sign_letter", _("Sign a letter")
    FUND = "fund", _("Fund")
    WRITE_TO_AGENCY = "write_to_agency", _("Write to an agency")
    SPEAK_PUBLICLY = "speak_publicly", _("Speak publicly")
    VISIT_SITE = "visit_site", _("Visit a site")
    ATTEND_EVENT = "attend_event", _("Attend an event")
    ISSUE_PROCLAMATION = "issue_proclamation", _("Issue a proclamation")
    APPOINT_EXPERT = "appoint_expert", _("Appoint an expert")
    INTRO_ONLY = "intro_only", _("Introduction only")


class AskResponse(models.TextChoices):
    AGREED = "agreed", _("Agreed")
    WILL_CONSIDER = "will_consider", _("Will consider")
    NEEDS_INFORMATION = "needs_information", _("Needs information")
    DECLINED = "declined", _("Declined")
    DEFERRED_TO_STAFF = "deferred_to_staff", _("Deferred to staff")
    NO_ANSWER = "no_answer", _("No answer")
    NOT_MADE = "not_made", _("Not made")


# What the public record shows when it is done: a name on the measure, or a vote.
PROVABLE = (AskKind.SPONSOR, AskKind.COSPONSOR, AskKind.VOTE_YES, AskKind.VOTE_NO)
# Responses that call for a second look after ten business days (DOMAIN.md W1 step 8).
UNSETTLED_RESPONSES = (AskResponse.WILL_CONSIDER, AskResponse.NEEDS_INFORMATION, AskResponse.NO_ANSWER)


class Ask(models.Model):
    """One specific request to one office, and what they answered."""

    interaction = models.ForeignKey("interactions.Interaction", on_delete=models.CASCADE, related_name="asks")
    official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked of"),
    )
    kind = models.CharField(_("ask"), max_length=30, choices=AskKind.choices)
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measure")
    )
    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issue")
    )
    text = models.CharField(_("in our words"), max_length=200, blank=True)
    is_primary = models.BooleanField(_("primary ask"), default=True)
    response = models.CharField(_("response"), max_length=30, choices=AskResponse.choices)
    reason_given = models.CharField(_("reason they gave"), max_length=300, blank=True)

    objects: ClassVar[models.Manager["Ask"]] = models.Manager()

    class Meta:
        verbose_name = _("ask")
        verbose_name_plural = _("asks")
        ordering = ["-is_primary", "pk"]
        indexes = [models.Index(fields=["response", "interaction"], name="interactions_ask_by_response")]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure=None) | Q(issue=None),
                name="interactions_ask_is_about_a_measure_or_an_issue",
                violation_error_message=_("An ask is about a measure or an issue, not both."),
            )
        ]

    def __str__(self) -> str:
        about = self.measure or self.issue
        kind = str(self.get_kind_display())
        return str(_("%(title)s: %(value)s") % {"title": kind, "value": about}) if about else kind
