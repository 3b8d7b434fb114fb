from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.periods import Month
from advocacy.kernel.zones import today_in
from advocacy.reports.deadlines import due_at, given_up_on
from members.access import Reach, reach_of
from members.models import Chapter, Role, RoleAssignment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User

# Nobody works that many hours for a chapter in a month.
MOST_HOURS = 9999
PERIOD_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"


class ReportState(models.TextChoices):
    """What somebody has done with the report. *Late* and *not received* follow from the clock: see `Standing`."""

    OPEN = "open", _("Open")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")
    EXCUSED = "excused", _("Excused")


# Still with the chapter.
UNFINISHED = (ReportState.OPEN, ReportState.RETURNED)


class Standing(models.TextChoices):
    """How a report stands on a day (DOMAIN.md §4.15)."""

    NOT_STARTED = "not_started", _("Not started")
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    ACCEPTED = "accepted", _("Accepted")
    LATE = "late", _("Late")
    EXCUSED = "excused", _("Excused")
    NOT_RECEIVED = "not_received", _("Not received")


class HelpFrom(models.TextChoices):
    NATIONAL = "national", _("National office")
    VICE_CHAIR = "vice_chair", _("Vice chair")
    PEERS = "peers", _("Other chapters")


class HelpKind(models.TextChoices):
    EXPERT = "expert", _("An expert or a witness")
    MATERIALS = "materials", _("Materials or data")
    INTRODUCTION = "introduction", _("An introduction")
    POSITION = "position", _("A position or an approval")
    PEOPLE = "people", _("More volunteers")
    OTHER = "other", _("Something else")


class ChapterReportQuerySet(models.QuerySet["ChapterReport"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those who read the chapter, the vice chair, the lead and staff; an advocate of that month who stayed."""
        reach = reach_of(user)
        if reach.reads_every_shared_record:
            return self.all()
        return self.filter(Q(chapter__in=reach.reads) | _was_theirs(reach))

    def writable_by(self, user: "User | AnonymousUser") -> Self:
        """The chapter's advocates, and those who were at the end of the month and still belong (§6.5, rule 11)."""
        reach = reach_of(user)
        return self.filter(Q(chapter__in=reach.advocate_of) | _was_theirs(reach))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Their reports while nobody has to decide about them."""
        return self.writable_by(user).filter(state__in=UNFINISHED)

    def decidable_by(self, user: "User | AnonymousUser") -> Self:
        """The lead and staff accept, return and excuse."""
        return self.all() if reach_of(user).reads_every_shared_record else self.none()

    def of(self, period: Month) -> Self:
        return self.filter(period=str(period))

    def expected(self) -> Self:
        return self.exclude(state=ReportState.EXCUSED)


def _was_theirs(reach: Reach) -> Q:
    """Months whose last day fell into an ended term as advocate, in chapters the person still belongs to."""
    theirs = Q(pk__in=[])
    former = reach.belongs_to - reach.advocate_of
    if not former:
        return theirs
    terms = RoleAssignment.objects.filter(
        person=reach.person_id, role=Role.ADVOCATE, chapter__in=former, ends_on__isnull=False
    )
    for term in terms.order_by("pk"):
        first, end = str(Month.of(term.starts_on)), str(Month.of(term.ends_on or date.max))
        theirs |= Q(chapter=term.chapter_id, period__gte=first, period__lt=end)
    return theirs


class ChapterReport(models.Model):
    """What a chapter says about one of its months. Its numbers are computed and stand in no field of it.

    `version` grows with every change of its words, so that two people who edit at once notice.
    """

    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="+", verbose_name=_("chapter")
    )
    period = models.CharField(_("month"), max_length=7, help_text=_("Like 2027-02."))
    state = models.CharField(
        _("status"), max_length=10, choices=ReportState.choices, default=ReportState.OPEN
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    summary = models.CharField(_("In one sentence"), max_length=200, blank=True)
    top_win = models.CharField(_("Top win"), max_length=500, blank=True)
    top_worry = models.CharField(_("Top worry"), max_length=500, blank=True)
    help_wanted = models.CharField(_("Help wanted"), max_length=500, blank=True)
    help_from = models.CharField(_("From whom"), max_length=10, choices=HelpFrom.choices, blank=True)
    help_kind = models.CharField(_("What kind"), max_length=15, choices=HelpKind.choices, blank=True)
    help_by = models.DateField(_("By when"), null=True, blank=True)
    research = models.TextField(_("Research"), max_length=1000, blank=True)
    education = models.TextField(_("Education"), max_length=1000, blank=True)
    power_building = models.TextField(_("Power building"), max_length=1000, blank=True)
    monitoring = models.TextField(_("Monitoring"), max_length=1000, blank=True)
    story = models.TextField(_("Story to share"), max_length=3000, blank=True)
    story_may_be_published = models.BooleanField(_("May the story be published?"), null=True, blank=True)
    peer_lesson = models.TextField(_("Lesson for other chapters"), max_length=1000, blank=True)
    volunteer_hours = models.DecimalField(
        _("Volunteer hours"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)],
    )

    opened_at = models.DateTimeField(_("opened"), editable=False)
    first_submitted_at = models.DateTimeField(_("first submitted"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    objects: ClassVar[models.Manager["ChapterReport"]] = models.Manager.from_queryset(ChapterReportQuerySet)()

    class Meta:
        verbose_name = _("chapter report")
        verbose_name_plural = _("chapter reports")
        ordering = ["-period", "chapter__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chapter", "period"],
                name="reports_chapterreport_one_per_chapter_and_month",
                violation_error_message=_("This chapter has a report for this month already."),
            ),
            models.CheckConstraint(
                condition=Q(period__regex=PERIOD_PATTERN),
                name="reports_chapterreport_period_is_a_month",
                violation_error_message=_("Write the month as YYYY-MM, for example 2027-02."),
            ),
            models.CheckConstraint(
                condition=Q(first_submitted_at=None, submitted_at=None, submitted_by=None)
                | Q(first_submitted_at__isnull=False, submitted_at__isnull=False, submitted_by__isnull=False),
                name="reports_chapterreport_submission_says_who_and_when",
                violation_error_message=_("A submitted report says who submitted it and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("submitted", "returned", "accepted"))
                | (Q(submitted_at__isnull=False) & ~Q(summary="")),
                name="reports_chapterreport_submitted_has_a_sentence",
                violation_error_message=_("Say in one sentence how the month was, then submit."),
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="reports_chapterreport_decision_says_who_and_when",
                violation_error_message=_("A decision says who decided and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("returned", "accepted", "excused")) | Q(decided_at__isnull=False),
                name="reports_chapterreport_decided_state_has_a_decision",
                violation_error_message=_("A decision says who decided and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("returned", "excused")) | ~Q(reason=""),
                name="reports_chapterreport_returned_or_excused_has_a_reason",
                violation_error_message=_("Say why it is returned or excused."),
            ),
            models.CheckConstraint(
                condition=Q(help_wanted="", help_from="", help_kind="", help_by=None)
                | (~Q(help_wanted="") & ~Q(help_from="") & ~Q(help_kind="")),
                name="reports_chapterreport_help_says_what_kind_and_from_whom",
                violation_error_message=_("Help wanted says what, what kind, and from whom."),
            ),
            models.CheckConstraint(
                condition=Q(story="", story_may_be_published=None)
                | (~Q(story="") & Q(story_may_be_published__isnull=False)),
                name="reports_chapterreport_story_says_whether_it_may_be_published",
                violation_error_message=_("Say whether the story may be published."),
            ),
            models.CheckConstraint(
                condition=Q(volunteer_hours=None) | Q(volunteer_hours__gte=0),
                name="reports_chapterreport_hours_are_not_negative",
                violation_error_message=_("Hours cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chapter}, {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report_detail", args=[self.pk])

    @property
    def month(self) -> Month:
        return Month.parse(self.period)

    @property
    def due_at(self) -> datetime:
        return due_at(self.chapter, self.month)

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def was_on_time(self) -> bool:
        """The first submission counts: returning a report does not make it late."""
        return self.first_submitted_at is not None and self.first_submitted_at <= self.due_at

    def standing(self, now: datetime) -> Standing:
        if self.state != ReportState.OPEN:
            return Standing(self.state)
        if today_in(self.chapter.time_zone, now) > given_up_on(self.month):
            return Standing.NOT_RECEIVED
        if now > self.due_at:
            return Standing.LATE
        return Standing.DRAFT if self.version > 1 else Standing.NOT_STARTED
