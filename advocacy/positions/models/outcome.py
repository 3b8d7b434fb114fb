"""What came of our work on a measure that has ended (DOMAIN.md W3 step 10)."""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import IntegerField, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.positions.models.standpoint import Amendments, Contribution
from advocacy.positions.models.tracking import near
from legislation.models import Measure
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User

# Stands for the society where holders are compared: no chapter has this key.
_THE_SOCIETY = 0


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """As what is followed: for those who read the chapter, or work with that legislature."""
        reach = reach_of(user)
        if reach.reads_every_shared_record:
            return self.all()
        return self.filter(near(reach) | Q(chapter=None) if reach.reads else near(reach))


class Outcome(models.Model):
    """How a measure that has ended turned out for a chapter, or the society, and what remains to be done.

    There is one for each measure and holder. Whether it was a win follows from the position held then; our part in it
    stands beside every win: to claim every enacted bill as ours destroys trust (DOMAIN.md §6.4).
    """

    measure = models.ForeignKey(
        Measure, on_delete=models.PROTECT, related_name="outcomes", verbose_name=_("measure")
    )
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
        verbose_name=_("chapter"),
        help_text=_("Empty: the society itself."),
    )
    contribution = models.CharField(
        _("our part in it"), max_length=9, choices=Contribution.choices, blank=True
    )
    amendments_obtained = models.CharField(
        _("amendments obtained"),
        max_length=4,
        choices=Amendments.choices,
        blank=True,
        help_text=_("Of those that our position asked for."),
    )
    lessons = models.TextField(
        _("lessons"), max_length=1000, blank=True, help_text=_("Three lines: what to do again, and what not.")
    )
    thanks = models.TextField(
        _("whom to thank"),
        max_length=1000,
        blank=True,
        help_text=_("Offices, partners and colleagues, and for what."),
    )
    effective_on = models.DateField(_("takes effect on"), null=True, blank=True)
    rulemaking_url = models.URLField(
        _("rulemaking"),
        max_length=500,
        blank=True,
        help_text=_("Where the rules that carry it out are made: a docket, a gazette."),
    )
    recorded_on = models.DateField(_("recorded on"), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    objects: ClassVar[models.Manager["Outcome"]] = models.Manager.from_queryset(OutcomeQuerySet)()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["measure", "chapter", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "chapter"],
                condition=Q(chapter__isnull=False),
                name="positions_outcome_once_per_chapter",
                violation_error_message=_("This chapter has recorded the outcome already."),
            ),
            models.UniqueConstraint(
                fields=["measure"],
                condition=Q(chapter=None),
                name="positions_outcome_once_for_the_society",
                violation_error_message=_("The society has recorded the outcome already."),
            ),
            models.CheckConstraint(
                condition=Q(contribution__in=["", *Contribution.values])
                & Q(amendments_obtained__in=["", *Amendments.values]),
                name="positions_outcome_has_a_known_part_and_amendments",
                violation_error_message=_("Choose what is offered for our part, and for the amendments."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} · {self.holder}"

    @property
    def holder(self) -> str:
        return str(self.chapter) if self.chapter else gettext("Society")


def said_by_the_holder(field: str) -> Coalesce:
    """For rows with a measure and a chapter: what that holder recorded of the outcome; empty where nothing is."""

    def holder(chapter: "str | OuterRef") -> Coalesce:
        return Coalesce(chapter, Value(_THE_SOCIETY), output_field=IntegerField())

    rows = Outcome.objects.filter(measure=OuterRef("measure")).annotate(holder_key=holder("chapter"))
    own = rows.filter(holder_key=holder(OuterRef("chapter")))
    return Coalesce(Subquery(own.values(field)[:1]), Value(""))
