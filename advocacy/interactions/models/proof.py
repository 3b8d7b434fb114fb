from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from advocacy.interactions.models.ask import Ask
from advocacy.interactions.models.commitment import Commitment
from advocacy.interactions.models.interaction import Interaction
from legislation.models import Sponsorship, Vote

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class ProofState(models.TextChoices):
    """What stands of it: the record alone closes what was kept; that a word was broken, a person confirms."""

    KEPT = "kept", _("Kept, by the public record")
    CONTRARY = "contrary", _("The public record shows the contrary")
    NOT_KEPT = "not_kept", _("Not kept, by the public record")
    REOPENED = "reopened", _("Open again")


# With one of these the record has answered; asking it again would find the same.
ANSWERED = (ProofState.KEPT, ProofState.CONTRARY, ProofState.NOT_KEPT)


class ProofQuerySet(models.QuerySet["Proof"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Read with the record of the log that it settles: what was asked or promised there stays there."""
        return self.filter(_of(Interaction.objects.visible_to(user)))

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Whoever may correct that record may open it again, or confirm."""
        return self.filter(_of(Interaction.objects.editable_by(user)))

    def answered(self) -> Self:
        return self.filter(state__in=ANSWERED)

    def with_parts(self) -> Self:
        """With what was asked or promised, and what shows it: what a line about it says."""
        return self.select_related(
            "ask__official",
            "ask__measure__session",
            "ask__interaction",
            "commitment__official",
            "commitment__measure__session",
            "commitment__interaction",
            "sponsorship",
            "vote__roll_call",
        )


def _of(records: models.QuerySet[Interaction]) -> Q:
    keys = records.order_by().values("pk")
    return Q(ask__interaction__in=keys) | Q(commitment__interaction__in=keys)


class Proof(models.Model):
    """What the public record shows of something that was asked or promised: a name on the measure, or a vote.

    The evidence may go from the record again, if the source takes it back; then only the day and the word remain.
    """

    ask = models.ForeignKey(Ask, on_delete=models.CASCADE, null=True, related_name="proofs")
    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, null=True, related_name="proofs")
    sponsorship = models.ForeignKey(Sponsorship, on_delete=models.SET_NULL, null=True, related_name="+")
    vote = models.ForeignKey(Vote, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(_("what it shows"), max_length=10, choices=ProofState.choices)
    shown_on = models.DateField(_("shown on"), null=True)
    found_at = models.DateTimeField(_("found"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Proof"]] = models.Manager.from_queryset(ProofQuerySet)()

    class Meta:
        verbose_name = _("proof by the public record")
        verbose_name_plural = _("proofs by the public record")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ask__isnull=False, commitment=None) | Q(ask=None, commitment__isnull=False),
                name="interactions_proof_settles_an_ask_or_a_commitment",
                violation_error_message=_("A proof settles an ask or a commitment: exactly one."),
            ),
            models.CheckConstraint(
                condition=Q(sponsorship=None) | Q(vote=None),
                name="interactions_proof_is_a_name_or_a_vote",
                violation_error_message=_("A proof is a name on the measure or a vote, not both."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=ProofState.values),
                name="interactions_proof_has_a_known_state",
                violation_error_message=_("The record shows it kept, or the contrary."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("kept", "contrary"), decided_by=None, decided_on=None)
                | Q(state__in=("not_kept", "reopened"), decided_by__isnull=False, decided_on__isnull=False),
                name="interactions_proof_says_who_decided_and_when",
                violation_error_message=_("What a person decided says who and when."),
            ),
            *(
                models.UniqueConstraint(
                    fields=[settled, shown],
                    condition=Q(**{f"{settled}__isnull": False, f"{shown}__isnull": False}),
                    name=f"interactions_proof_{settled}_once_by_{shown}",
                    violation_error_message=_("This is on record already."),
                )
                for settled in ("ask", "commitment")
                for shown in ("sponsorship", "vote")
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_state_display())

    def get_absolute_url(self) -> str:
        return reverse("interactions:proof_decide", args=[self.pk])

    @property
    def promise(self) -> Ask | Commitment:
        """What was asked or promised."""
        return self.ask or self.commitment  # type: ignore[return-value]  # a constraint: exactly one

    @property
    def waits(self) -> bool:
        return self.state == ProofState.CONTRARY

    @property
    def is_answered(self) -> bool:
        return self.state in ANSWERED

    @property
    def tone(self) -> str:
        """How it looks: good, bad, or waiting for somebody."""
        tones = {ProofState.KEPT: "good", ProofState.CONTRARY: "warn", ProofState.NOT_KEPT: "bad"}
        return tones.get(ProofState(self.state), "neutral")

    @property
    def evidence_url(self) -> str:
        """Where the record shows it: the recorded vote, or the measure with its sponsors."""
        if self.vote:
            return self.vote.roll_call.get_absolute_url()
        return self.promise.measure.get_absolute_url() if self.promise.measure else ""

    @property
    def evidence(self) -> str:
        if self.vote:
            return f"{self.vote.roll_call}: {self.vote.get_option_display()}"
        return str(self.sponsorship.get_role_display()) if self.sponsorship else ""
