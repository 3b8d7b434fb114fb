"""Research activities: whom we asked what, and the six headings under which the answers are noted (DOMAIN.md W8)."""

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.coalitions.models import Organisation
from advocacy.kernel.folding import fold, terms
from advocacy.positions.models import Issue
from advocacy.research import suppression
from legislation.models import Jurisdiction
from members.access import Reach, reach_of
from members.confidentiality import Confidentiality
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User

# A page that says what came of it is owed within a week.
SUMMARY_WITHIN = timedelta(days=7)


class ActivityKind(models.TextChoices):
    CONVERSATION = "conversation", _("Community conversation")
    FOCUS_GROUP = "focus_group", _("Focus group")
    SURVEY = "survey", _("Survey")
    INTERVIEWS = "interviews", _("Series of interviews")
    DESK = "desk", _("Desk analysis")
    RECORDS = "records", _("Review of public records")


class ActivityStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    SUMMARISED = "summarised", _("Summarized")


OVER = (ActivityStatus.HELD, ActivityStatus.SUMMARISED)
# The headings of a community conversation, in the order of its template.
HEADINGS = ("concerns", "disagreement", "valued", "for_each_actor", "lessons", "wishes")


def readable(reach: Reach, activity: str = "") -> Q:
    """Activities inside `reach`, as a condition on a row from which `activity` leads to one (DOMAIN.md §4.8)."""

    def at(**conditions: Any) -> Q:
        return Q(**{f"{activity}{name}": value for name, value in conditions.items()})

    if reach.is_staff:
        return Q()
    if reach.is_empty:
        return Q(pk__in=[])
    row = OuterRef(f"{activity}pk")
    places = ResearchActivity.jurisdictions.through.objects.filter(
        researchactivity=row, jurisdiction__in=reach.shares
    )
    shared = Q() if reach.is_lead else Q(Exists(places))
    in_chapter = ~at(confidentiality=Confidentiality.RESTRICTED) & at(chapter__in=reach.reads)
    restricted = at(confidentiality=Confidentiality.RESTRICTED, chapter__in=reach.advocate_of)
    own = at(kept_by=reach.person_id, chapter__in=reach.belongs_to)
    return (at(confidentiality=Confidentiality.SHARED) & shared) | in_chapter | restricted | own


def editable(reach: Reach, activity: str = "") -> Q:
    """Their own while they log for the chapter, their chapter's for advocates, all for staff."""
    if reach.is_staff:
        return Q()
    theirs = Q(**{f"{activity}chapter__in": reach.advocate_of})
    own = Q(**{f"{activity}kept_by": reach.person_id, f"{activity}chapter__in": reach.logs_for})
    return theirs | own


class ResearchActivityQuerySet(models.QuerySet["ResearchActivity"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Shared: the chapter, the advocates of its jurisdictions, the lead, staff; less open ones as in the log."""
        return self.filter(readable(reach_of(user)))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        return self.filter(editable(reach_of(user)))

    def exportable(self) -> Self:
        """Restricted records leave in no export, mail or report, whoever asks."""
        return self.exclude(confidentiality=Confidentiality.RESTRICTED)

    def over(self) -> Self:
        return self.filter(status__in=OVER)

    def owing_summary(self) -> Self:
        return self.filter(status=ActivityStatus.HELD)

    def search(self, text: str) -> Self:
        """By the question and the summary. What participants said is not searched: it may not be shown."""
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


class ResearchActivity(models.Model):
    """One conversation, survey or study. `participants` is a number and never a list of names.

    Days are plain dates where it happens; `last_on` is its last day where it takes several. `kept_by` put it on record
    and is reminded of the summary. `form_key` makes saving idempotent.
    """

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=ActivityKind.choices)
    question = models.CharField(
        _("question"), max_length=200, help_text=_("What we want to learn, in one sentence.")
    )
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="research_activities", verbose_name=_("chapter")
    )
    confidentiality = models.CharField(
        _("who may read this"), max_length=12, choices=Confidentiality.choices, default=Confidentiality.SHARED
    )
    status = models.CharField(
        _("status"), max_length=10, choices=ActivityStatus.choices, default=ActivityStatus.PLANNED
    )
    jurisdictions = models.ManyToManyField(
        Jurisdiction, blank=True, related_name="+", verbose_name=_("jurisdictions")
    )
    issues = models.ManyToManyField(
        Issue, blank=True, related_name="research_activities", verbose_name=_("issues")
    )
    held_on = models.DateField(_("date"))
    last_on = models.DateField(_("last day"), null=True, blank=True, help_text=_("Where it takes several."))
    venue = models.CharField(_("place or platform"), max_length=200, blank=True)
    is_virtual = models.BooleanField(_("online"), default=False)
    facilitator = models.CharField(_("facilitator"), max_length=150, blank=True)
    note_taker = models.CharField(_("note-taker"), max_length=150, blank=True)
    partner = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="research_activities",
        verbose_name=_("partner"),
    )
    languages = models.CharField(
        _("languages"), max_length=120, blank=True, help_text=_("Those in which people could speak.")
    )
    recruitment = models.TextField(
        _("how participants were found"), max_length=2000, blank=True, help_text=_("No names.")
    )
    participants = models.PositiveIntegerField(
        _("number of participants"),
        null=True,
        blank=True,
        help_text=_("Needed once it was held. 0 for a study of documents."),
    )
    who_took_part = models.TextField(
        _("who took part"),
        max_length=2000,
        blank=True,
        help_text=_("Roles, city or country; no names. Not shown below five participants."),
    )
    consent_form = models.CharField(
        _("version of the consent form"), max_length=60, blank=True, help_text=_("Such as 2027-01, English.")
    )

    concerns = models.TextField(_("main concerns"), max_length=5000, blank=True)
    disagreement = models.TextField(_("points of disagreement"), max_length=5000, blank=True)
    valued = models.TextField(_("what people value"), max_length=5000, blank=True)
    for_each_actor = models.TextField(_("what they think each actor should do"), max_length=5000, blank=True)
    lessons = models.TextField(_("lessons from success and failure"), max_length=5000, blank=True)
    wishes = models.TextField(_("follow-up wishes"), max_length=5000, blank=True)
    summary = models.TextField(
        _("summary"), max_length=4000, blank=True, help_text=_("One page, within a week.")
    )

    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("kept by")
    )
    search_text = models.TextField(default="", editable=False)

    objects: ClassVar[models.Manager["ResearchActivity"]] = models.Manager.from_queryset(
        ResearchActivityQuerySet
    )()

    class Meta:
        verbose_name = _("research activity")
        verbose_name_plural = _("research activities")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["status", "held_on"], name="research_activity_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=ActivityKind.values,
                    status__in=ActivityStatus.values,
                    confidentiality__in=Confidentiality.values,
                ),
                name="research_activity_has_a_known_kind_status_and_level",
                violation_error_message=_("Choose one of the kinds, statuses and levels."),
            ),
            models.CheckConstraint(
                condition=Q(last_on=None) | Q(last_on__gte=F("held_on")),
                name="research_activity_ends_no_earlier_than_it_begins",
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(status=ActivityStatus.PLANNED) | Q(participants__isnull=False),
                name="research_activity_once_held_says_how_many_took_part",
                violation_error_message=_("Say how many took part; 0 for a study of documents."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ActivityStatus.SUMMARISED, summary=""),
                name="research_activity_is_summarized_by_a_summary",
                violation_error_message=_("Write the summary first."),
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.question} {self.summary}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("research:activity_detail", args=[self.pk])

    @property
    def is_suppressed(self) -> bool:
        return suppression.is_suppressed(self.participants)

    @property
    def ended_on(self) -> date:
        return self.last_on or self.held_on

    @property
    def summary_due_on(self) -> date:
        return self.ended_on + SUMMARY_WITHIN

    def noted(self) -> list[tuple[str, str]]:
        """The headings that hold something, with what stands under them."""
        fields = [(self._meta.get_field(name), getattr(self, name)) for name in HEADINGS]
        return [(str(field.verbose_name), text) for field, text in fields if text]  # type: ignore[union-attr]  # own fields
