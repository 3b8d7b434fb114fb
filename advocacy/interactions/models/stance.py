from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models.ask import Ask
from advocacy.interactions.models.choices import State
from advocacy.interactions.models.interaction import Interaction
from advocacy.positions.models import Issue
from legislation.models import Measure, Official
from members.access import Reach, reach_of
from members.confidentiality import Confidentiality
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Stance(models.TextChoices):
    CHAMPION = "champion", _("Champion")
    YES = "yes", _("Yes")
    LEAN_YES = "lean_yes", _("Lean yes")
    UNDECIDED = "undecided", _("Undecided")
    LEAN_NO = "lean_no", _("Lean no")
    NO = "no", _("No")
    NOT_RAISED = "not_raised", _("Not raised")
    UNKNOWN = "unknown", _("Unknown")


class StanceEvidence(models.TextChoices):
    PUBLIC_VOTE = "public_vote", _("Public vote")
    SPONSORSHIP = "sponsorship", _("Sponsorship")
    WRITTEN = "written", _("In writing")
    SAID_TWO_WITNESSES = "said_directly_two_witnesses", _("Said directly, two witnesses")
    SAID_DIRECTLY = "said_directly", _("Said directly")
    VIA_STAFF = "via_staff", _("Via staff")
    INFERRED = "inferred", _("Inferred")


def _noted_readable(reach: Reach) -> Q:
    """Stances that came with no ask: the levels of the log (DOMAIN.md §4.8), for the chapter that noted them."""
    if reach.is_staff:
        return Q(ask=None)
    if reach.is_empty:
        return Q(pk__in=[])
    near = Q(measure__session__jurisdiction__in=reach.shares) | Q(chapter__in=reach.reads)
    readable = (
        Q(confidentiality=Confidentiality.SHARED) & (Q() if reach.is_lead else near)
        | Q(confidentiality=Confidentiality.CHAPTER, chapter__in=reach.reads)
        | Q(confidentiality=Confidentiality.RESTRICTED, chapter__in=reach.advocate_of)
        | Q(noted_by=reach.person_id, chapter__in=reach.belongs_to)
    )
    return Q(ask=None) & readable


class OfficialStanceQuerySet(models.QuerySet["OfficialStance"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """A stance that came with an ask is read with its record, one that was noted alone at its own level."""
        records = Interaction.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(ask__interaction__in=records) | _noted_readable(reach_of(user)))

    def exportable(self) -> Self:
        """What is restricted leaves in no file, mail or report, whoever asks."""
        noted = Q(ask=None) & ~Q(confidentiality=Confidentiality.RESTRICTED)
        return self.filter(noted | Q(ask__interaction__in=Interaction.objects.exportable()))

    def known_to_all(self) -> Self:
        """What every chapter may know: of shared level, by itself or by its record."""
        shared = Q(ask=None, confidentiality=Confidentiality.SHARED)
        return self.exportable().filter(
            shared
            | Q(ask__interaction__confidentiality=Confidentiality.SHARED, ask__interaction__deleted_at=None)
        )

    def heard(self) -> Self:
        """Not those of a contact that is only planned."""
        return self.filter(Q(ask=None) | Q(ask__interaction__state=State.LOGGED))

    def until(self, day: date) -> Self:
        return self.filter(as_of__lte=day)


class OfficialStance(models.Model):
    """Where an official stands on a measure or an issue, as of a day, and how we know.

    It came with an `ask` of the log, and is read by whoever reads that record; or somebody noted it alone, for a
    `chapter` and at a level of its own. Nothing is overwritten: the newest says where they stand, the others how they
    got there.
    """

    ask = models.OneToOneField(
        Ask, on_delete=models.CASCADE, null=True, blank=True, editable=False, related_name="stance_after"
    )
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    stance = models.CharField(_("stance"), max_length=12, choices=Stance.choices)
    evidence = models.CharField(_("how we know"), max_length=30, choices=StanceEvidence.choices)
    as_of = models.DateField(_("as of"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("noted for"),
    )
    confidentiality = models.CharField(
        _("who may read this"), max_length=12, choices=Confidentiality.choices, default=Confidentiality.SHARED
    )
    source = models.CharField(
        _("where from"), max_length=200, blank=True, help_text=_("Who said it where, or which page says so.")
    )

    objects: ClassVar[models.Manager["OfficialStance"]] = models.Manager.from_queryset(
        OfficialStanceQuerySet
    )()

    class Meta:
        verbose_name = _("stance")
        verbose_name_plural = _("stances")
        ordering = ["-as_of", "-pk"]
        indexes = [
            models.Index(fields=["measure", "official", "as_of"], name="interactions_stance_on_measure"),
            models.Index(fields=["official", "-as_of", "-id"], name="interactions_stance_of"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(measure__isnull=False, issue=None) | Q(measure=None, issue__isnull=False),
                name="interactions_officialstance_is_on_a_measure_or_an_issue",
                violation_error_message=_("A stance is on a measure or an issue: exactly one."),
            ),
            models.CheckConstraint(
                condition=Q(ask__isnull=False, chapter=None) | Q(ask=None, chapter__isnull=False),
                name="interactions_officialstance_comes_from_an_ask_or_a_chapter",
                violation_error_message=_("A stance comes with an ask of the log, or a chapter noted it."),
            ),
            models.CheckConstraint(
                condition=Q(ask=None) | Q(confidentiality=Confidentiality.SHARED, source=""),
                name="interactions_officialstance_of_an_ask_has_no_level",
                violation_error_message=_("Who may read the stance of an ask is what its record says."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()} – {self.get_evidence_display()}"
