"""Coalitions: named groups of organisations with agreed principles, and what our part in them is (DOMAIN.md W7)."""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from advocacy.coalitions.models.organisation import Organisation
from advocacy.coalitions.models.visibility import near
from advocacy.kernel.folding import fold, terms
from advocacy.positions.models import Issue
from legislation.models import Measure
from legislation.models.public_record import in_language
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class OurRole(models.TextChoices):
    """What we are in a coalition."""

    LEAD = "lead", pgettext_lazy("our role in a coalition", "Lead")
    STEERING = "steering", pgettext_lazy("our role in a coalition", "Steering committee")
    MEMBER = "member", pgettext_lazy("our role in a coalition", "Member")
    OBSERVER = "observer", pgettext_lazy("our role in a coalition", "Observer")


class CoalitionQuerySet(models.QuerySet["Coalition"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """As sign-on letters: the society's go to all who work with partners, a chapter's to those who are near."""
        return self.filter(near(reach_of(user)))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Those of chapters one logs for; the society's for the lead; all for staff."""
        reach = reach_of(user)
        if reach.is_staff:
            return self.all()
        own = Q(chapter__in=reach.logs_for)
        return self.filter(own | Q(chapter=None)) if reach.is_lead else self.filter(own)

    def active(self, today: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today))

    def ended(self, today: date) -> Self:
        return self.filter(ends_on__lte=today)

    def search(self, text: str) -> Self:
        """Those whose name in either language holds every word of `text`, whatever its accents or case."""
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


class Coalition(models.Model):
    """A named group of organisations that works for agreed principles, with us in it.

    `lead` leads it; without one we do. We joined on `joined_on`, and `approved_by` says who agreed that we may. It
    ends on `ends_on`, the first day without it.
    """

    name = models.CharField(_("name"), max_length=200)
    name_fr = models.CharField(_("name in French"), max_length=200, blank=True)
    purpose = models.TextField(_("purpose"), max_length=4000, blank=True)
    principles = models.TextField(
        _("principles"), max_length=4000, blank=True, help_text=_("What all its members agreed to.")
    )
    lead = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coalitions_led",
        verbose_name=_("led by"),
        help_text=_("Empty: we lead it."),
    )
    role = models.CharField(_("our role"), max_length=8, choices=OurRole.choices, default=OurRole.MEMBER)
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coalitions",
        verbose_name=_("chapter"),
        help_text=_("Empty: the society itself."),
    )
    joined_on = models.DateField(_("joined on"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("joining approved by"),
    )
    rhythm = models.CharField(
        _("meeting rhythm"), max_length=120, blank=True, help_text=_("In words: first Tuesday of each month.")
    )
    next_meeting_on = models.DateField(_("next meeting"), null=True, blank=True)
    ends_on = models.DateField(
        _("first day without it"), null=True, blank=True, help_text=_("Empty while it is active.")
    )
    measures = models.ManyToManyField(
        Measure, blank=True, related_name="coalitions", verbose_name=_("measures")
    )
    issues = models.ManyToManyField(Issue, blank=True, related_name="+", verbose_name=_("issues"))
    search_text = models.CharField(max_length=420, editable=False, default="")

    objects: ClassVar[models.Manager["Coalition"]] = models.Manager.from_queryset(CoalitionQuerySet)()

    class Meta:
        verbose_name = _("coalition")
        verbose_name_plural = _("coalitions")
        ordering = ["search_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="coalitions_coalition_name_is_unique_in_any_case",
                violation_error_message=_("A coalition with this name is here already."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=OurRole.values),
                name="coalitions_coalition_has_a_known_role_of_ours",
                violation_error_message=_("Choose one of the roles."),
            ),
            models.CheckConstraint(
                condition=Q(role=OurRole.LEAD, lead=None) | (~Q(role=OurRole.LEAD) & Q(lead__isnull=False)),
                name="coalitions_coalition_is_led_by_us_or_by_a_partner",
                violation_error_message=_(
                    "Where we lead it, no organization stands as leader; where we do not, one does."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("joined_on")),
                name="coalitions_coalition_ends_after_we_joined",
                violation_error_message=_("It ends on or after the day we joined."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(get_language(), self.name, self.name_fr)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.name} {self.name_fr}")[:420]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("coalitions:coalition_detail", args=[self.pk])

    def is_active(self, today: date) -> bool:
        return self.ends_on is None or self.ends_on > today


class CoalitionMemberQuerySet(models.QuerySet["CoalitionMember"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(coalition__in=Coalition.objects.visible_to(user).order_by())

    def in_force(self, today: date) -> Self:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=today)).filter(
            Q(ends_on=None) | Q(ends_on__gt=today)
        )


class CoalitionMember(models.Model):
    """An organisation in a coalition, from `starts_on` (empty: not known) until `ends_on`, the first day without it."""

    coalition = models.ForeignKey(
        Coalition, on_delete=models.CASCADE, related_name="members", verbose_name=_("coalition")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organization")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("first day without it"), null=True, blank=True)

    objects: ClassVar[models.Manager["CoalitionMember"]] = models.Manager.from_queryset(
        CoalitionMemberQuerySet
    )()

    class Meta:
        verbose_name = _("member of a coalition")
        verbose_name_plural = _("members of a coalition")
        ordering = ["organisation__search_text", "starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["coalition", "organisation"],
                condition=Q(ends_on=None),
                name="coalitions_member_once_at_a_time",
                violation_error_message=_("This organization is a member already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="coalitions_member_leaves_after_it_joined",
                violation_error_message=_("It leaves on or after the day it joined."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coalition}: {self.organisation}"
