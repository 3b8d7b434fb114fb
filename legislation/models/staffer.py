"""The people who work for officials and committees; most meetings are with them."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.kernel.folding import fold
from legislation.models.committee import Committee
from legislation.models.official import Official
from legislation.models.public_record import SearchableQuerySet


class StafferRole(models.TextChoices):
    CHIEF_OF_STAFF = "chief_of_staff", _("Chief of staff")
    LEGISLATIVE_DIRECTOR = "legislative_director", _("Legislative director")
    HEALTH_LEGISLATIVE_ASSISTANT = "health_legislative_assistant", _("Health legislative assistant")
    LEGISLATIVE_ASSISTANT = "legislative_assistant", _("Legislative assistant")
    POLICY_ADVISER = "policy_adviser", _("Policy adviser")
    PARLIAMENTARY_ASSISTANT = "parliamentary_assistant", _("Parliamentary assistant")
    SCHEDULER = "scheduler", _("Scheduler")
    DISTRICT_DIRECTOR = "district_director", _("District director")
    CONSTITUENCY_ASSISTANT = "constituency_assistant", _("Constituency assistant")
    COMMUNICATIONS = "communications", _("Communications")
    COMMITTEE_STAFF = "committee_staff", _("Committee staff")
    FRONT_DESK = "front_desk", _("Front desk")
    OTHER = "other", _("Other")


class StafferQuerySet(SearchableQuerySet["Staffer"]):
    def in_force(self, day: date) -> Self:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gt=day))


class Staffer(models.Model):
    """Somebody on the staff of an official or a committee; kept after they leave, as relationships are."""

    name = models.CharField(_("name"), max_length=150)
    official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staffers",
        verbose_name=_("works for"),
    )
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staffers",
        verbose_name=_("or for the committee"),
    )
    role = models.CharField(_("role"), max_length=28, choices=StafferRole.choices, default=StafferRole.OTHER)
    title = models.CharField(_("title"), max_length=120, blank=True, help_text=_("As it is on their card."))
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=80, blank=True)
    starts_on = models.DateField(_("in this job from"), null=True, blank=True)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The first day they no longer work here.")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    search_text = models.CharField(max_length=700, editable=False, default="")

    objects = StafferQuerySet.as_manager()

    class Meta:
        verbose_name = _("staffer")
        verbose_name_plural = _("staffers")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(official__isnull=False) | Q(committee__isnull=False),
                name="legislation_staffer_works_for_an_official_or_a_committee",
                violation_error_message=_("Say for which official or committee this person works."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="legislation_staffer_ends_after_starting",
                violation_error_message=_("The last day comes after the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.name} {self.title} {self.official or ''} {self.committee or ''}")[
            :700
        ]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of their office, at its list of staff."""
        office = self.official or self.committee
        return f"{office.get_absolute_url()}#staff" if office else reverse("legislation:official_list")
