"""Who is written to: the rules of a campaign, and the list of officials they came to."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.models.campaign import Campaign
from campaigns.models.choices import RuleKind, TargetGroup
from legislation.models import Chamber, ChamberCode, Committee, Jurisdiction, Official, Seat, Tenure
from legislation.models.public_record import in_language

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class TargetRule(models.Model):
    """One rule that names officials, or an agency. A fallback holds for supporters whom no other rule gives anybody.

    `chamber_codes` narrows the supporter's own representatives to upper or lower chambers; with no jurisdiction they
    are those of any government. `stances` are codes of the log's stances.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, related_name="rules", verbose_name=_("campaign")
    )
    kind = models.CharField(_("who"), max_length=18, choices=RuleKind.choices)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("jurisdiction"),
        help_text=_("Whose legislature: Canada for one’s own MP, Texas for one’s own Texas legislators."),
    )
    chamber_code = models.CharField(
        _("only this chamber"), max_length=11, choices=ChamberCode.choices, blank=True, default=""
    )
    chamber = models.ForeignKey(
        Chamber,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chamber"),
    )
    committee = models.ForeignKey(
        Committee,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("committee"),
    )
    officials = models.ManyToManyField(
        Official, blank=True, related_name="+", verbose_name=_("named officials")
    )
    stances = models.JSONField(_("stances"), default=list, blank=True)
    party = models.CharField(
        _("party"),
        max_length=120,
        blank=True,
        help_text=_("Only staff may narrow by party; it is never shown."),
    )
    agency_name = models.CharField(_("agency"), max_length=200, blank=True)
    agency_name_fr = models.CharField(_("agency in French"), max_length=200, blank=True)
    agency_email = models.EmailField(_("address for comments"), blank=True)
    agency_url = models.URLField(_("web form"), max_length=500, blank=True)
    docket = models.CharField(_("docket"), max_length=80, blank=True)
    is_fallback = models.BooleanField(
        _("fallback"), default=False, help_text=_("Only for supporters whom no other rule gives anybody.")
    )

    objects: ClassVar[models.Manager["TargetRule"]] = models.Manager()

    class Meta:
        verbose_name = _("target rule")
        verbose_name_plural = _("target rules")
        ordering = ["campaign", "is_fallback", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=RuleKind.AGENCY) | ~Q(agency_name=""),
                name="campaigns_targetrule_agency_has_a_name",
                violation_error_message=_("Name the agency."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=RuleKind.CHAMBER) | Q(chamber__isnull=False),
                name="campaigns_targetrule_names_its_chamber",
                violation_error_message=_("Choose the chamber."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=RuleKind.COMMITTEE) | Q(committee__isnull=False),
                name="campaigns_targetrule_names_its_committee",
                violation_error_message=_("Choose the committee."),
            ),
        ]

    def __str__(self) -> str:
        where = self.agency_name or self.committee or self.chamber or self.jurisdiction
        kind = str(self.get_kind_display())
        return str(_("%(kind)s: %(where)s")) % {"kind": kind, "where": where} if where else kind


class TargetState(models.TextChoices):
    ACTIVE = "active", _("Is written to")
    LEFT = "left", _("Has left office")
    EXCLUDED = "excluded", _("Is left alone")


class TargetQuerySet(models.QuerySet["Target"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """With the campaign."""
        return self.filter(campaign__in=Campaign.objects.visible_to(user).order_by().values("pk"))

    def active(self) -> Self:
        return self.filter(state=TargetState.ACTIVE)

    def written_to(self, day: date) -> Self:
        """Active, and in office on that day.

        The list follows the record once an hour. Nobody writes to a former official in between.
        """
        held = Tenure.objects.in_force(day).filter(
            official=OuterRef("official"), seat=Coalesce(OuterRef("seat"), F("seat"))
        )
        return self.active().filter(Q(official=None) | Exists(held))


class Target(models.Model):
    """One office that supporters write to: an official in a seat, or an agency.

    The list is made at launch. Who leaves the seat is marked as left, and who takes it is added; nobody is deleted,
    because letters hang on them.
    """

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="targets", verbose_name=_("campaign")
    )
    rule = models.ForeignKey(
        TargetRule,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by this rule"),
    )
    official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="campaign_targets",
        verbose_name=_("official"),
    )
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("seat")
    )
    agency_name = models.CharField(_("agency"), max_length=200, blank=True)
    agency_name_fr = models.CharField(_("agency in French"), max_length=200, blank=True)
    group = models.CharField(
        _("group"), max_length=10, choices=TargetGroup.choices, default=TargetGroup.EVERYONE
    )
    is_own_only = models.BooleanField(
        _("only for constituents"), default=True, help_text=_("Only people they represent write to them.")
    )
    is_fallback = models.BooleanField(_("fallback"), default=False)
    state = models.CharField(
        _("state"), max_length=8, choices=TargetState.choices, default=TargetState.ACTIVE
    )
    why = models.CharField(_("why"), max_length=200, blank=True)
    added_at = models.DateTimeField(_("added"))
    changed_at = models.DateTimeField(_("changed"))

    objects: ClassVar[models.Manager["Target"]] = models.Manager.from_queryset(TargetQuerySet)()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["campaign", "official__sort_name", "agency_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(official__isnull=False, agency_name="")
                | (Q(official=None, seat=None) & ~Q(agency_name="")),
                name="campaigns_target_is_an_official_or_an_agency",
                violation_error_message=_("A target is an official or an agency: exactly one."),
            ),
            models.UniqueConstraint(
                fields=["campaign", "official"],
                condition=Q(official__isnull=False),
                name="campaigns_target_official_once",
                violation_error_message=_("This official is a target of this campaign already."),
            ),
            models.UniqueConstraint(
                fields=["campaign", "agency_name"],
                condition=Q(official=None),
                name="campaigns_target_agency_once",
                violation_error_message=_("This agency is a target of this campaign already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.official) if self.official else self.agency_in(get_language())

    @property
    def variant_label(self) -> str:
        return TargetGroup(self.group).variant_label

    def agency_in(self, language: str | None) -> str:
        return in_language(language, self.agency_name, self.agency_name_fr)
