"""The ledger of consent: who may be written to, since when, by which words; and who took that back.

Rows are added and never changed: whoever writes to a Canadian must prove consent (CASL, s. 13).
"""

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from campaigns.models.contact import Contact
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User


class Basis(models.TextChoices):
    """What somebody did, from which the law concludes that they may be written to for a time."""

    MEMBERSHIP = "membership", _("Membership")
    VOLUNTEERING = "volunteering", _("Volunteering")
    DONATION = "donation", _("Donation")
    CUSTOMER = "customer", _("Customer")
    INQUIRY = "inquiry", _("Inquiry")


class ConsentKind(models.TextChoices):
    EXPRESS = "express", _("Express")
    IMPLIED = "implied", _("Implied")


class ConsentSource(models.TextChoices):
    FORM = "form", _("Said so on a page")
    IMPORT = "import", _("File")
    STAFF = "staff", _("Entered by staff")


class HowWithdrawn(models.TextChoices):
    PAGE = "page", _("On the page of preferences")
    LINK = "link", _("By the link in a mail")
    ONE_CLICK = "one_click", _("By one click in the mail program")
    REPLY = "reply", _("By a reply")
    STAFF = "staff", _("Told to staff")
    COMPLAINT = "complaint", _("By a complaint")
    ERASURE = "erasure", _("Asked to be forgotten")


Row = TypeVar("Row", bound=models.Model)


class LedgerQuerySet(models.QuerySet[Row]):
    """Read and added to. There is no way to change or delete a row."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """With the contact it is about."""
        reach = reach_of(user)
        if reach.is_staff:
            return self
        return self.filter(contact__chapter__in=reach.advocate_of, contact__erased_at=None)

    def binding(self, chapter: Chapter | None) -> Self:
        """What counts where this chapter writes: its own rows and those of the society; None is the society."""
        own = Q(chapter=None) if chapter is None else Q(chapter=None) | Q(chapter=chapter)
        return self.filter(own)

    def update(self, **kwargs: Any) -> int:
        raise TypeError("The ledger of consent is only added to.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("The ledger of consent is only added to.")


class LedgerRow(models.Model):
    """What both kinds of rows say: about whom, and for whose mail."""

    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="%(class)ss", verbose_name=_("contact")
    )
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chapter"),
        help_text=_("Empty: the society and all its chapters."),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("The ledger of consent is only added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("The ledger of consent is only added to.")

    @property
    def for_whom(self) -> str:
        return str(self.chapter) if self.chapter else str(_("The society and all its chapters"))


class Consent(LedgerRow):
    """Somebody may be written to: they said so in these words, or did something that implies it for a time.

    `expires_on` is the first day without it.
    """

    kind = models.CharField(_("kind"), max_length=7, choices=ConsentKind.choices)
    basis = models.CharField(_("basis"), max_length=12, choices=Basis.choices, blank=True)
    basis_on = models.DateField(_("day of the basis"))
    expires_on = models.DateField(_("first day without it"), null=True, blank=True)
    words = models.TextField(_("words shown"), max_length=2000, blank=True)
    words_version = models.CharField(_("version of the words"), max_length=40, blank=True)
    language = models.CharField(
        _("language of the words"), max_length=2, choices=Language.choices, blank=True
    )
    page_url = models.CharField(_("page"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=6, choices=ConsentSource.choices)
    source_detail = models.CharField(_("where from"), max_length=300, blank=True)
    ip_hash = models.CharField(_("fingerprint of the connection"), max_length=64, blank=True)
    given_at = models.DateTimeField(_("recorded"))

    objects: ClassVar[models.Manager["Consent"]] = models.Manager.from_queryset(LedgerQuerySet)()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["expires_on"], name="campaigns_consent_by_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=ConsentKind.EXPRESS, expires_on=None)
                | Q(
                    kind=ConsentKind.IMPLIED,
                    basis__in=Basis.values,
                    # Without it NULL would pass: a comparison with nothing is neither true nor false.
                    expires_on__isnull=False,
                    expires_on__gt=F("basis_on"),
                ),
                name="campaigns_consent_implied_has_a_basis_and_an_end",
                violation_error_message=_(
                    "Implied consent has a basis and ends; express consent ends only when it is withdrawn."
                ),
            ),
            models.CheckConstraint(
                condition=Q(kind=ConsentKind.IMPLIED) | ~Q(words=""),
                name="campaigns_consent_express_has_its_words",
                violation_error_message=_("Express consent keeps the words the person agreed to."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.basis_on.isoformat()}"

    def is_in_force(self, today: date) -> bool:
        return self.expires_on is None or today < self.expires_on


class Withdrawal(LedgerRow):
    """Somebody wants no more campaign mail, of one chapter or of the society and all its chapters."""

    how = models.CharField(_("how"), max_length=9, choices=HowWithdrawn.choices)
    detail = models.CharField(
        _("which mail"), max_length=300, blank=True, help_text=_("The mail it came from, where it is known.")
    )
    received_at = models.DateTimeField(_("received"))
    effective_at = models.DateTimeField(_("in effect since"))

    objects: ClassVar[models.Manager["Withdrawal"]] = models.Manager.from_queryset(LedgerQuerySet)()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        ordering = ["-effective_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_at__gte=F("received_at")),
                name="campaigns_withdrawal_takes_effect_once_received",
                violation_error_message=_("A withdrawal takes effect when it is received, or later."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} · {self.received_at.date().isoformat()}"
