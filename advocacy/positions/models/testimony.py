"""Where we spoke, wrote or signed in on a measure, and how it was received (DOMAIN.md W3, step 7)."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.positions.errors import NotUsable
from advocacy.positions.models.position import Position
from advocacy.positions.models.standpoint import AGAINST, IN_FAVOUR
from advocacy.positions.models.tracking import near
from legislation.models import Hearing, Measure
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class TestimonyForm(models.TextChoices):
    IN_PERSON = "oral_in_person", _("Oral, in person")
    REMOTE = "oral_remote", _("Oral, remote")
    WRITTEN = "written", _("Written")
    SIGN_IN = "sign_in_only", _("Signed in without speaking")


class TestimonySide(models.TextChoices):
    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    ON = "on", _("On the measure, for neither side")


def sides_of(position: Position) -> tuple[TestimonySide, ...]:
    """The sides on which one may speak under this position: its own, or neither."""
    if position.position in IN_FAVOUR:
        return (TestimonySide.FOR, TestimonySide.ON)
    if position.position in AGAINST:
        return (TestimonySide.AGAINST, TestimonySide.ON)
    return (TestimonySide.ON,)


class TestimonyQuerySet(models.QuerySet["Testimony"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """As what a chapter follows: for those who read it or work with that legislature; and one's own."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.reads_every_shared_record:
            return self.all()
        own = Q(person=reach.person_id, chapter__in=reach.belongs_to)
        return self.filter(near(reach) | own)

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Those of the chapters one logs for; the society's, and all, for staff."""
        reach = reach_of(user)
        return self.all() if reach.is_staff else self.filter(chapter__in=reach.logs_for)


class Testimony(models.Model):
    """One person testified, or will, for a chapter or the society, under an approved position.

    `position` is the approval it rests on. It stays when that position ends later: it was said while it held.
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="testimonies", verbose_name=_("measure")
    )
    position = models.ForeignKey(
        Position, on_delete=models.PROTECT, related_name="testimonies", verbose_name=_("under the position")
    )
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="testimonies",
        verbose_name=_("chapter"),
        help_text=_("Empty: the society itself."),
    )
    hearing = models.ForeignKey(
        Hearing,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("hearing"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who testifies")
    )
    form = models.CharField(_("form"), max_length=14, choices=TestimonyForm.choices)
    side = models.CharField(_("side"), max_length=7, choices=TestimonySide.choices)
    organisation = models.CharField(
        _("organization represented"),
        max_length=160,
        help_text=_("As it stands on the slip: the chapter, the society, or a coalition."),
    )
    text = models.TextField(_("text"), max_length=20_000, blank=True)
    link = models.URLField(
        _("link to the text"), max_length=500, blank=True, help_text=_("Where the text is kept elsewhere.")
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    was_delivered = models.BooleanField(
        _("delivered"), null=True, blank=True, help_text=_("Whether it was heard, or read into the record.")
    )
    reception = models.TextField(
        _("how it was received"),
        max_length=1000,
        blank=True,
        help_text=_("Questions asked, who agreed, what to send."),
    )
    registered_on = models.DateField(_("registered on"))
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("registered by"),
    )

    objects: ClassVar[models.Manager["Testimony"]] = models.Manager.from_queryset(TestimonyQuerySet)()

    class Meta:
        verbose_name = _("testimony")
        verbose_name_plural = _("testimony")
        ordering = ["measure", "-registered_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=TestimonyForm.values, side__in=TestimonySide.values),
                name="positions_testimony_has_a_known_form_and_side",
                violation_error_message=_("Choose one of the forms and one of the sides."),
            ),
            models.CheckConstraint(
                condition=Q(reception="") | Q(was_delivered=True, was_delivered__isnull=False),
                name="positions_testimony_is_received_once_delivered",
                violation_error_message=_("How it was received is known once it was delivered."),
            ),
            models.UniqueConstraint(
                fields=["measure", "person", "form", "hearing"],
                condition=Q(hearing__isnull=False),
                name="positions_testimony_once_per_person_form_and_hearing",
                violation_error_message=_("This person's testimony is registered for this hearing already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.person}: {self.get_form_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is registered under a position that may not be used, whichever way the row comes in."""
        if self._state.adding and not Position.objects.usable().filter(pk=self.position_id).exists():
            raise NotUsable
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("positions:testimony_edit", args=[self.pk])

    @property
    def holder(self) -> str:
        return str(self.chapter) if self.chapter else gettext("Society")
