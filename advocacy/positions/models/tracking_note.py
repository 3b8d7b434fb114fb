"""What colleagues note about a measure that they follow, each note under a lock of its own."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.positions.models.tracking import Tracking
from members.access import reach_of
from members.confidentiality import Confidentiality, readable_by_level

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class TrackingNoteQuerySet(models.QuerySet["TrackingNote"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Notes on what the person sees followed, each at its own level. They stand on its page and nowhere else."""
        followed = Tracking.objects.visible_to(user).values("pk")
        levels = readable_by_level(reach_of(user), author="author", chapter="tracking__chapter")
        return self.filter(tracking__in=followed).filter(levels)


class TrackingNote(models.Model):
    """A remark of one colleague. Restricted ones leave in no mail and no file."""

    tracking = models.ForeignKey(
        Tracking, on_delete=models.CASCADE, related_name="notes", verbose_name=_("tracked measure")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("author")
    )
    written_at = models.DateTimeField(_("written at"))
    text = models.TextField(_("note"), max_length=5000)
    confidentiality = models.CharField(
        _("who may read this note"),
        max_length=12,
        choices=Confidentiality.choices,
        default=Confidentiality.CHAPTER,
    )

    objects: ClassVar[models.Manager["TrackingNote"]] = models.Manager.from_queryset(TrackingNoteQuerySet)()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["tracking", "-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="positions_trackingnote_is_not_empty",
                violation_error_message=_("Write a note."),
            ),
            models.CheckConstraint(
                condition=Q(confidentiality__in=Confidentiality.values),
                name="positions_trackingnote_has_a_known_level",
                violation_error_message=_("A note is shared, for the chapter, or restricted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tracking} · {self.author}"
