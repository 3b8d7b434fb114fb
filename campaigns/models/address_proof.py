"""That somebody reads the mail of the address they gave: asked by a link, answered by a button."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from campaigns.models.contact import Contact

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User

VALID_FOR = timedelta(hours=72)


class AddressProofQuerySet(models.QuerySet["AddressProof"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """With the contact."""
        return self.filter(contact__in=Contact.objects.visible_to(user).order_by().values("pk"))

    def open(self, now: datetime) -> Self:
        """Those whose link still proves something."""
        return self.filter(proven_at=None, sent_at__gt=now - VALID_FOR)


class AddressProof(models.Model):
    """One link that was mailed. The link itself is kept nowhere but in the mail: here stands its digest.

    `address` is the fingerprint of the address it went to: where the contact's address was changed since, the link
    proves nothing. `purpose` names what follows (`actions/address_proofs.py`), `subject_id` the row it follows for.
    """

    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="address_proofs", verbose_name=_("contact")
    )
    address = models.CharField(_("fingerprint of the address"), max_length=64)
    token_digest = models.CharField(_("digest of the link"), max_length=64)
    purpose = models.CharField(_("purpose"), max_length=20)
    subject_id = models.PositiveBigIntegerField(_("what it is for"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    sent_at = models.DateTimeField(_("sent"))
    proven_at = models.DateTimeField(_("proven"), null=True, blank=True)

    objects: ClassVar[models.Manager["AddressProof"]] = models.Manager.from_queryset(AddressProofQuerySet)()

    class Meta:
        verbose_name = _("proof of an address")
        verbose_name_plural = _("proofs of addresses")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["token_digest"],
                name="campaigns_addressproof_link_is_unique",
                violation_error_message=_("This link was given out already."),
            ),
            models.CheckConstraint(
                condition=Q(proven_at=None) | Q(proven_at__gte=F("sent_at")),
                name="campaigns_addressproof_is_proven_after_it_was_sent",
                violation_error_message=_("An address is proven after the link was sent."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values) & ~Q(purpose=""),
                name="campaigns_addressproof_has_a_language_and_a_purpose",
                violation_error_message=_("Say in which language, and for what."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}, {self.purpose}"

    def is_open(self, now: datetime) -> bool:
        return self.proven_at is None and now < self.sent_at + VALID_FOR
