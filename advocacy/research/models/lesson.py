"""The peer library: what worked, or did not, in a chapter (DOMAIN.md W8)."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
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


class LessonQuerySet(models.QuerySet["Lesson"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """It is written for the others: everybody with a role reads it."""
        return self.none() if reach_of(user).is_empty else self.all()

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        reach = reach_of(user)
        if reach.is_staff:
            return self.all()
        own = Q(written_by=reach.person_id, chapter__in=reach.logs_for)
        return self.filter(Q(chapter__in=reach.advocate_of) | own)

    def search(self, text: str) -> Self:
        """Those that hold every word, whatever its accents or case."""
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


class Lesson(models.Model):
    """A problem, what a chapter did about it, and what changed by it."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    problem = models.TextField(_("the problem"), max_length=2000)
    what_we_did = models.TextField(_("what we did"), max_length=3000)
    what_changed = models.TextField(
        _("what changed"), max_length=2000, help_text=_("Also where it did not work: then what you learned.")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    chapter = models.ForeignKey(
        Chapter, on_delete=models.PROTECT, related_name="peer_lessons", verbose_name=_("chapter")
    )
    issues = models.ManyToManyField(Issue, blank=True, related_name="lessons", verbose_name=_("issues"))
    measures = models.ManyToManyField(Measure, blank=True, related_name="+", verbose_name=_("measures"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_on = models.DateField(_("written on"))
    search_text = models.TextField(default="", editable=False)

    objects: ClassVar[models.Manager["Lesson"]] = models.Manager.from_queryset(LessonQuerySet)()

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["-written_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(language__in=Language.values),
                name="research_lesson_has_a_known_language",
                violation_error_message=_("Choose one of the languages."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        told = (self.title, self.problem, self.what_we_did, self.what_changed)
        self.search_text = fold(" ".join(told))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("research:lesson_detail", args=[self.pk])
