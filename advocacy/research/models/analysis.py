"""Nonpartisan analyses: what a bill does, what it costs, what others wrote into law, and the sources (DOMAIN.md W8)."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from advocacy.kernel.folding import fold, terms
from advocacy.positions.models import Issue
from legislation.models import Measure
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class AnalysisKind(models.TextChoices):
    COMPARISON = "comparison", _("Comparison of bills")
    FISCAL = "fiscal", _("Fiscal note")
    MODEL = "model", _("Model language")
    RECORDS = "records", _("Review of public records")


class AnalysisStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    PUBLISHED = "published", _("Published")


class AnalysisQuerySet(models.QuerySet["Analysis"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What is published everybody with a role; a draft its author and those who write or review for its holder."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.reads_every_shared_record:
            return self.all()
        near = Q(chapter__in=reach.advocate_of | reach.president_of)
        own = Q(author=reach.person_id, chapter__in=reach.belongs_to)
        return self.filter(Q(status=AnalysisStatus.PUBLISHED) | near | own)

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Drafts only: one's own, those of the chapters one is an advocate of, the society's for the lead."""
        reach = reach_of(user)
        drafts = self.filter(status=AnalysisStatus.DRAFT)
        if reach.is_staff:
            return drafts
        mine = Q(chapter__in=reach.advocate_of) | Q(author=reach.person_id, chapter__in=reach.logs_for)
        return drafts.filter(mine | Q(chapter=None)) if reach.is_lead else drafts.filter(mine)

    def reviewable_by(self, user: "User | AnonymousUser") -> Self:
        """The second pair of eyes: the chapter's advocates and president, for the society the lead and staff."""
        reach = reach_of(user)
        theirs = Q(chapter__in=reach.advocate_of | reach.president_of)
        if reach.reads_every_shared_record:
            theirs |= Q(chapter=None)
        waiting = self.filter(status=AnalysisStatus.REVIEW).exclude(author=reach.person_id)
        return waiting if reach.is_staff else waiting.filter(theirs)

    def published(self) -> Self:
        return self.filter(status=AnalysisStatus.PUBLISHED)

    def current(self) -> Self:
        """Published, and not replaced by a later version that is."""
        later = Analysis.objects.filter(replaces=OuterRef("pk"), status=AnalysisStatus.PUBLISHED)
        return self.published().exclude(Exists(later))

    def public(self) -> Self:
        return self.current().filter(is_public=True)

    def search(self, text: str) -> Self:
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


class Analysis(models.Model):
    """One document in one language. A published text is never changed: a new version replaces it."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=AnalysisKind.choices)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    body = models.TextField(
        _("text"),
        max_length=40_000,
        help_text=_(
            "What the texts say and do, for and against alike. An empty line begins a new paragraph."
        ),
    )
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="analyses",
        verbose_name=_("chapter"),
        help_text=_("Empty: the society itself."),
    )
    measures = models.ManyToManyField(Measure, blank=True, related_name="+", verbose_name=_("measures"))
    issues = models.ManyToManyField(Issue, blank=True, related_name="analyses", verbose_name=_("issues"))
    version = models.PositiveSmallIntegerField(
        _("version"), default=1, editable=False, validators=[MinValueValidator(1)]
    )
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="replaced_by",
        verbose_name=_("replaces"),
    )
    status = models.CharField(
        _("status"), max_length=9, choices=AnalysisStatus.choices, default=AnalysisStatus.DRAFT
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("author")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("reviewed by"),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    remarks = models.TextField(_("remarks of the reviewer"), max_length=2000, blank=True)
    is_public = models.BooleanField(
        _("on the public pages"), default=False, help_text=_("Only while it is published.")
    )
    search_text = models.TextField(default="", editable=False)

    objects: ClassVar[models.Manager["Analysis"]] = models.Manager.from_queryset(AnalysisQuerySet)()

    class Meta:
        verbose_name = _("nonpartisan analysis")
        verbose_name_plural = _("nonpartisan analyses")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=AnalysisKind.values,
                    status__in=AnalysisStatus.values,
                    language__in=Language.values,
                ),
                name="research_analysis_has_a_known_kind_status_and_language",
                violation_error_message=_("Choose one of the kinds, statuses and languages."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status=AnalysisStatus.PUBLISHED, reviewer__isnull=False, published_on__isnull=False
                )
                | (
                    ~Q(status=AnalysisStatus.PUBLISHED) & Q(reviewer=None, published_on=None, is_public=False)
                ),
                name="research_analysis_is_published_by_a_reviewer_on_a_day",
                violation_error_message=_("What is published names who reviewed it, and the day."),
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None) | ~Q(reviewer=F("author")),
                name="research_analysis_is_reviewed_by_somebody_else",
                violation_error_message=_("Somebody else than the author reviews it."),
            ),
            models.CheckConstraint(
                condition=Q(version=1, replaces=None) | Q(version__gt=1, replaces__isnull=False),
                name="research_analysis_later_versions_replace_one",
                violation_error_message=_(
                    "A later version replaces an earlier one; the first replaces none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.title} {self.body}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("research:analysis_detail", args=[self.pk])

    @property
    def holder(self) -> str:
        return str(self.chapter) if self.chapter else gettext("Society")


class CitationQuerySet(models.QuerySet["Citation"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(analysis__in=Analysis.objects.visible_to(user).order_by().values("pk"))


class Citation(models.Model):
    """Where a statement can be checked, and on which day it said so."""

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="citations")
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    accessed_on = models.DateField(_("read on"))

    objects: ClassVar[models.Manager["Citation"]] = models.Manager.from_queryset(CitationQuerySet)()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["analysis", "url"],
                name="research_citation_once_per_analysis",
                violation_error_message=_("This source is cited already."),
            )
        ]

    def __str__(self) -> str:
        return self.title
