from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from advocacy.events.models.event import AdvocacyEvent
from advocacy.interactions.models import AskKind
from advocacy.positions.models import Issue, Position
from legislation.models import Measure
from legislation.models.public_record import in_language

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class EventAskQuerySet(models.QuerySet["EventAsk"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(event__in=AdvocacyEvent.objects.visible_to(user).order_by().values("pk"))

    def unapproved(self) -> Self:
        """Asks about a measure whose position may not be used today."""
        usable = Position.objects.all().usable().order_by().values("pk")
        return self.filter(measure__isnull=False).exclude(position__in=usable)


class EventAsk(models.Model):
    """What every team asks: one of the day's one to three requests. On a measure it rests on an approved position."""

    event = models.ForeignKey(
        AdvocacyEvent, on_delete=models.CASCADE, related_name="asks", verbose_name=_("Advocacy Day")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    kind = models.CharField(_("ask"), max_length=30, choices=AskKind.choices)
    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measure")
    )
    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issue")
    )
    position = models.ForeignKey(
        Position,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("under the position"),
    )
    text = models.CharField(_("in our words"), max_length=200)
    text_fr = models.CharField(_("in our words, in French"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["EventAsk"]] = models.Manager.from_queryset(EventAskQuerySet)()

    class Meta:
        verbose_name = _("ask of the day")
        verbose_name_plural = _("asks of the day")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AskKind.values),
                name="events_ask_has_a_known_kind",
                violation_error_message=_("Choose one of the asks."),
            ),
            models.CheckConstraint(
                condition=Q(measure=None) | Q(issue=None),
                name="events_ask_is_about_a_measure_or_an_issue",
                violation_error_message=_("An ask is about a measure or an issue, not both."),
            ),
            models.CheckConstraint(
                condition=Q(position=None) | Q(measure__isnull=False),
                name="events_ask_has_a_position_only_on_a_measure",
                violation_error_message=_("A position is on a measure: choose the measure too."),
            ),
        ]

    def __str__(self) -> str:
        return self.text_in(get_language() or "en")

    def text_in(self, language: str) -> str:
        return in_language(language, self.text, self.text_fr)
