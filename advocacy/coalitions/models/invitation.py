"""The invitation of one organisation to sign a letter of ours, and its answer."""

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy.coalitions.models.letter import SignOnLetter
from advocacy.coalitions.models.organisation import Organisation, OrganisationContact

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Answer(models.TextChoices):
    SIGN = "sign", _("Signs")
    DECLINE = "decline", _("Declines")
    CHANGES = "changes", _("Asks for changes")


class SignOnInvitationQuerySet(models.QuerySet["SignOnInvitation"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        letters = SignOnLetter.objects.visible_to(user)
        return self.filter(letter__in=letters.order_by().values("pk"))

    def silent(self) -> Self:
        return self.filter(answer="")

    def signed(self) -> Self:
        return self.filter(answer=Answer.SIGN)


class SignOnInvitation(models.Model):
    """One organisation is asked once per letter; it may change its answer until `closes_at`.

    `closes_at` is the letter's hard deadline, kept on the row so that the database itself refuses an answer after it;
    `letters.change` moves both. `link_key` stands in the signed link of the mail: a new one makes the old link void.
    """

    letter = models.ForeignKey(
        SignOnLetter, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("letter")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("organization")
    )
    contact = models.ForeignKey(
        OrganisationContact, on_delete=models.PROTECT, related_name="+", verbose_name=_("contact person")
    )
    link_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invited_at = models.DateTimeField(_("invited"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("invited by")
    )
    closes_at = models.DateTimeField(_("hard deadline"))
    answer = models.CharField(_("answer"), max_length=7, choices=Answer.choices, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    signed_as = models.CharField(_("signed as"), max_length=200, blank=True)
    approver_name = models.CharField(_("approved by"), max_length=150, blank=True)
    approver_title = models.CharField(_("title of the approver"), max_length=150, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    late_reason = models.CharField(_("why it came late"), max_length=300, blank=True)
    late_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added late by"),
    )

    objects: ClassVar[models.Manager["SignOnInvitation"]] = models.Manager.from_queryset(
        SignOnInvitationQuerySet
    )()

    class Meta:
        verbose_name = _("invitation to sign")
        verbose_name_plural = _("invitations to sign")
        ordering = ["organisation__search_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "organisation"],
                name="coalitions_invitation_once_per_letter_and_organisation",
                violation_error_message=_("This organization is invited already."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | Q(answer__in=Answer.values, answered_at__isnull=False),
                name="coalitions_invitation_answer_and_its_moment_go_together",
                violation_error_message=_("Choose one of the answers."),
            ),
            models.CheckConstraint(
                condition=~Q(answer__in=(Answer.DECLINE, Answer.CHANGES), reason=""),
                name="coalitions_invitation_no_and_changes_have_a_reason",
                violation_error_message=_("Say why, or what should change."),
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.SIGN)
                | ~(Q(signed_as="") | Q(approver_name="") | Q(approver_title="")),
                name="coalitions_invitation_signature_names_its_approver",
                violation_error_message=_("A signature has a name and says who approved it."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__lte=F("closes_at")) | ~Q(late_reason=""),
                name="coalitions_invitation_is_answered_in_time_or_late_with_a_reason",
                violation_error_message=_("The hard deadline has passed: the answer is locked."),
            ),
            models.CheckConstraint(
                condition=Q(late_reason="", late_by=None) | (~Q(late_reason="") & Q(late_by__isnull=False)),
                name="coalitions_invitation_late_answer_is_added_by_somebody",
                violation_error_message=_("What came late is added by somebody, with a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.letter}"
