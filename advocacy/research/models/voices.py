"""What participants said, and who they were in numbers. All of it obeys `suppression`."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.positions.models import Issue
from advocacy.research import suppression
from advocacy.research.models.activity import ResearchActivity, editable, readable
from members.access import reach_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Consent(models.TextChoices):
    NONE = "none", _("No consent")
    ANONYMOUS = "anonymous", _("Without a name")
    NAMED = "named", _("With the name")


class Dimension(models.TextChoices):
    ROLE = "role", _("Role")
    PLACE = "place", _("City or country")
    OTHER = "other", _("Other")


class Strength(models.TextChoices):
    WEAK = "weak", _("Weak")
    CLEAR = "clear", _("Clear")
    STRONG = "strong", _("Strong")


class QuoteQuerySet(models.QuerySet["Quote"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The only door out: with consent, of an activity that the person reads and that has enough participants."""
        said = self.filter(suppression.enough("activity__")).exclude(consent=Consent.NONE)
        return said.filter(readable(reach_of(user), "activity__"))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Whoever writes the record works with every quote of it, in the form of that quote and nowhere else."""
        return self.filter(editable(reach_of(user), "activity__"))


class Quote(models.Model):
    """Somebody's words. Its own name tells nothing of them: it stands in histories and confirmations."""

    activity = models.ForeignKey(ResearchActivity, on_delete=models.CASCADE, related_name="quotes")
    text = models.TextField(_("text"), max_length=2000)
    consent = models.CharField(
        _("consent"),
        max_length=9,
        choices=Consent.choices,
        default=Consent.NONE,
        help_text=_(
            "What the speaker agreed to. Without consent nobody but those who edit the record reads it."
        ),
    )
    speaker_role = models.CharField(_("role of the speaker"), max_length=120, blank=True)
    speaker_name = models.CharField(_("name of the speaker"), max_length=120, blank=True)
    consent_reference = models.CharField(_("where the written consent is kept"), max_length=200, blank=True)

    objects: ClassVar[models.Manager["Quote"]] = models.Manager.from_queryset(QuoteQuerySet)()

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(consent__in=Consent.values),
                name="research_quote_has_a_known_consent",
                violation_error_message=_("Choose what the speaker agreed to."),
            ),
            models.CheckConstraint(
                condition=~Q(consent=Consent.NAMED) | ~(Q(speaker_name="") | Q(consent_reference="")),
                name="research_quote_with_a_name_rests_on_written_consent",
                violation_error_message=_(
                    "A named quote gives the name, and where the written consent is kept."
                ),
            ),
            models.CheckConstraint(
                condition=Q(consent=Consent.NAMED) | Q(speaker_name=""),
                name="research_quote_keeps_no_name_without_consent_to_it",
                violation_error_message=_("Keep no name unless the speaker agreed to be named."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Quote %(number)s") % {"number": self.pk or ""}

    def get_absolute_url(self) -> str:
        return reverse("research:part_edit", args=["quote", self.pk])

    @property
    def speaker(self) -> str:
        """As the speaker agreed to be called."""
        return ", ".join(filter(None, (self.speaker_name, self.speaker_role)))


class ThemeQuerySet(models.QuerySet["Theme"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The label is ours; how many raised it is asked of `suppression`."""
        return self.filter(readable(reach_of(user), "activity__"))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        return self.filter(editable(reach_of(user), "activity__"))


class Theme(models.Model):
    """What came up again. `raised_by` is how many participants brought it up."""

    activity = models.ForeignKey(ResearchActivity, on_delete=models.CASCADE, related_name="themes")
    label = models.CharField(_("theme"), max_length=120)
    raised_by = models.PositiveIntegerField(
        _("raised by how many"), null=True, blank=True, help_text=_("Small numbers are not shown.")
    )
    strength = models.CharField(_("strength"), max_length=6, choices=Strength.choices, default=Strength.CLEAR)
    issue = models.ForeignKey(
        Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("issue")
    )

    objects: ClassVar[models.Manager["Theme"]] = models.Manager.from_queryset(ThemeQuerySet)()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(strength__in=Strength.values),
                name="research_theme_has_a_known_strength",
                violation_error_message=_("Choose one of the strengths."),
            ),
            models.UniqueConstraint(
                fields=["activity", "label"],
                name="research_theme_once_per_activity",
                violation_error_message=_("This theme is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("research:part_edit", args=["theme", self.pk])


class ParticipantGroupQuerySet(models.QuerySet["ParticipantGroup"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Groups of activities with enough participants; their numbers pass through `suppression.breakdown`."""
        found = self.filter(suppression.enough("activity__"))
        return found.filter(readable(reach_of(user), "activity__"))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        return self.filter(editable(reach_of(user), "activity__"))


class ParticipantGroup(models.Model):
    """One line of a breakdown: how many of the participants were nurses, or came from the country."""

    activity = models.ForeignKey(ResearchActivity, on_delete=models.CASCADE, related_name="groups")
    dimension = models.CharField(_("by"), max_length=5, choices=Dimension.choices, default=Dimension.ROLE)
    label = models.CharField(_("group"), max_length=80)
    count = models.PositiveIntegerField(_("number"), help_text=_("Small numbers are not shown."))

    objects: ClassVar[models.Manager["ParticipantGroup"]] = models.Manager.from_queryset(
        ParticipantGroupQuerySet
    )()

    class Meta:
        verbose_name = _("group of participants")
        verbose_name_plural = _("groups of participants")
        ordering = ["dimension", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dimension__in=Dimension.values),
                name="research_group_has_a_known_dimension",
                violation_error_message=_("Choose by what participants are told apart."),
            ),
            models.UniqueConstraint(
                fields=["activity", "dimension", "label"],
                name="research_group_once_per_breakdown",
                violation_error_message=_("This group is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("research:part_edit", args=["group", self.pk])
