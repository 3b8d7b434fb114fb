"""What we concluded, and where the conclusion was used: in materials, testimony and contacts (DOMAIN.md W8)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models import Interaction
from advocacy.kernel.folding import keys_holding, terms
from advocacy.positions.models import Material, Testimony
from advocacy.research.models.activity import ResearchActivity, editable, readable
from members.access import reach_of
from members.confidentiality import Confidentiality

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Confidence(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class RecommendedUse(models.TextChoices):
    TESTIMONY = "testimony", _("Testimony")
    BRIEF = "brief", _("Brief")
    CAMPAIGN = "campaign", _("Campaign")


class FindingQuerySet(models.QuerySet["Finding"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Whoever reads the activity; what is public, everybody with a role."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.is_staff:
            return self.all()
        return self.filter(readable(reach, "activity__") | Q(pk__in=self.model.objects.public().values("pk")))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        return self.filter(editable(reach_of(user), "activity__"))

    def search(self, text: str) -> Self:
        """By the sentence, whatever the accents or case; what participants said as evidence is not searched."""
        sentences = self.order_by().values_list("pk", "statement")
        return self.filter(pk__in=keys_holding(text, sentences)) if terms(text) else self

    def public(self) -> Self:
        """Chosen by staff for the public pages, as long as the activity is shared with all."""
        return self.filter(is_public=True, activity__confidentiality=Confidentiality.SHARED)


class Finding(models.Model):
    """A sentence that others may lean on. `evidence` speaks of participants, so it obeys `suppression`."""

    activity = models.ForeignKey(
        ResearchActivity, on_delete=models.CASCADE, related_name="findings", verbose_name=_("activity")
    )
    statement = models.CharField(_("finding"), max_length=300)
    evidence = models.TextField(
        _("evidence"),
        max_length=2000,
        blank=True,
        help_text=_("What it rests on. Not shown below five participants."),
    )
    confidence = models.CharField(
        _("confidence"), max_length=6, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    recommended_use = models.CharField(
        _("recommended use"), max_length=9, choices=RecommendedUse.choices, blank=True
    )
    is_public = models.BooleanField(
        _("on the public pages"),
        default=False,
        help_text=_("The sentence alone, and only while the activity is shared."),
    )

    objects: ClassVar[models.Manager["Finding"]] = models.Manager.from_queryset(FindingQuerySet)()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    confidence__in=Confidence.values, recommended_use__in=["", *RecommendedUse.values]
                ),
                name="research_finding_has_a_known_confidence_and_use",
                violation_error_message=_("Choose one of the levels of confidence and one of the uses."),
            )
        ]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("research:finding_detail", args=[self.pk])


class UseKind(models.TextChoices):
    MATERIAL = "material", _("Material")
    TESTIMONY = "testimony", _("Testimony")
    INTERACTION = "interaction", _("Interaction")


class FindingUseQuerySet(models.QuerySet["FindingUse"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Uses of findings one reads, without those in something that one does not read: also in counts."""
        contacts = Interaction.objects.visible_to(user).order_by().values("pk")
        spoken = Testimony.objects.visible_to(user).order_by().values("pk")
        papers = Material.objects.visible_to(user).order_by().values("pk")
        findings = Finding.objects.visible_to(user).order_by().values("pk")
        return self.filter(
            Q(material_on_file=None) | Q(material_on_file__in=papers),
            Q(interaction=None) | Q(interaction__in=contacts),
            Q(testimony=None) | Q(testimony__in=spoken),
            finding__in=findings,
        )

    def with_contacts(self, user: "User | AnonymousUser") -> Self:
        """Adds `contacts`: in how many of those that the person may read the material on file was left."""
        left = Interaction.objects.visible_to(user).logged().filter(materials=OuterRef("material_on_file"))
        counted = left.order_by().values("materials").annotate(number=Count("pk", distinct=True))
        return self.annotate(contacts=Subquery(counted.values("number")))

    def exportable(self) -> Self:
        """Without what rests on a restricted record, on either side."""
        return self.exclude(interaction__confidentiality=Confidentiality.RESTRICTED).exclude(
            finding__activity__confidentiality=Confidentiality.RESTRICTED
        )


class FindingUse(models.Model):
    """One use of a finding: in a material, in a testimony, or said in a contact. Exactly one of them.

    A material is one on file, or, where none is, its title in words.
    """

    finding = models.ForeignKey(
        Finding, on_delete=models.CASCADE, related_name="uses", verbose_name=_("finding")
    )
    used_on = models.DateField(_("used on"))
    material_on_file = models.ForeignKey(
        Material,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings_used",
        verbose_name=_("material"),
    )
    material = models.CharField(
        _("material in words"),
        max_length=200,
        blank=True,
        help_text=_("Where it is not among our materials."),
    )
    link = models.URLField(_("link to the material"), max_length=500, blank=True)
    testimony = models.ForeignKey(
        Testimony,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings_used",
        verbose_name=_("testimony"),
    )
    interaction = models.ForeignKey(
        Interaction,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings_used",
        verbose_name=_("interaction"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )

    objects: ClassVar[models.Manager["FindingUse"]] = models.Manager.from_queryset(FindingUseQuerySet)()

    class Meta:
        verbose_name = _("use of a finding")
        verbose_name_plural = _("uses of findings")
        ordering = ["-used_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(~Q(material="") & Q(material_on_file=None, testimony=None, interaction=None))
                | Q(material="", link="", material_on_file__isnull=False, testimony=None, interaction=None)
                | Q(material="", link="", material_on_file=None, testimony__isnull=False, interaction=None)
                | Q(material="", link="", material_on_file=None, testimony=None, interaction__isnull=False),
                name="research_use_is_a_material_a_testimony_or_a_contact",
                violation_error_message=_(
                    "Name the material, the testimony or the interaction: exactly one."
                ),
            ),
            models.UniqueConstraint(
                fields=["finding", "material"],
                condition=~Q(material=""),
                name="research_use_once_per_material",
                violation_error_message=_("This material is on record already."),
            ),
            models.UniqueConstraint(
                fields=["finding", "material_on_file"],
                condition=Q(material_on_file__isnull=False),
                name="research_use_once_per_material_on_file",
                violation_error_message=_("This material is on record already."),
            ),
            models.UniqueConstraint(
                fields=["finding", "testimony"],
                condition=Q(testimony__isnull=False),
                name="research_use_once_per_testimony",
                violation_error_message=_("This testimony is on record already."),
            ),
            models.UniqueConstraint(
                fields=["finding", "interaction"],
                condition=Q(interaction__isnull=False),
                name="research_use_once_per_interaction",
                violation_error_message=_("This interaction is on record already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.testimony or self.interaction or self.material_on_file or self.material)

    @property
    def kind(self) -> UseKind:
        if self.testimony_id:
            return UseKind.TESTIMONY
        return UseKind.INTERACTION if self.interaction_id else UseKind.MATERIAL
