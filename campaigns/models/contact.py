"""The people a campaign writes to, and those who act in one: with or without a sign-in."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from advocacy.kernel.folding import fold, terms
from advocacy.kernel.postal import NotUnderstood, PostalCode, Zip, parse
from advocacy.outbox.actions.erasure import NOBODYS_DOMAIN
from legislation.models import Country
from members.access import reach_of
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User

# A name that never resolves (RFC 2606): what should still be sent there by mistake arrives nowhere.


def normalised(address: str) -> str:
    """The one spelling of an address."""
    return address.strip().lower()


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Staff, and the advocates of the chapter that the person is credited to."""
        reach = reach_of(user)
        if reach.is_staff:
            return self
        return self.known().filter(chapter__in=reach.advocate_of)

    def known(self) -> Self:
        """Those who have not asked to be forgotten."""
        return self.filter(erased_at=None)

    def at(self, address: str) -> Self:
        return self.filter(email=normalised(address))

    def search(self, text: str) -> Self:
        """People whose name or address holds every word of `text`, whatever its accents, hyphens or case."""
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


class Contact(models.Model):
    """Somebody on a list, or who took part. One address is one contact, however many lists it stands on.

    An erased contact stays as a row without a person, so that what was counted stays counted. The country decides
    which law of consent applies; left empty it is guessed in the contact's favour (`is_under_canadian_law`).
    """

    full_name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"))
    search_text = models.CharField(max_length=420, editable=False, default="", blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.ENGLISH
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        choices=Country.choices,
        blank=True,
        help_text=_("Where they live. It decides which law of consent applies."),
    )
    region = models.CharField(
        _("state or province"), max_length=2, blank=True, help_text=_("Two letters, like TX or QC.")
    )
    postal_code = models.CharField(_("ZIP or postal code"), max_length=10, blank=True)
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("chapter"),
        help_text=_("Credited first where the person takes part."),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contact",
        verbose_name=_("person with a sign-in"),
    )
    added_at = models.DateTimeField(_("added"), editable=False)
    email_proven_at = models.DateTimeField(_("address proven"), null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    objects: ClassVar[models.Manager["Contact"]] = models.Manager.from_queryset(ContactQuerySet)()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["search_text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                name="campaigns_contact_address_is_unique",
                violation_error_message=_("There is a contact with this e-mail address already."),
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")) & ~Q(email=""),
                name="campaigns_contact_address_has_one_spelling",
                violation_error_message=_("An address is kept in small letters."),
            ),
            models.CheckConstraint(
                condition=Q(
                    erased_at__isnull=False,
                    email__endswith=f"@{NOBODYS_DOMAIN}",
                    full_name="",
                    search_text="",
                    postal_code="",
                    user=None,
                    email_proven_at=None,
                )
                | (Q(erased_at=None) & ~Q(email__endswith=f"@{NOBODYS_DOMAIN}")),
                name="campaigns_contact_erased_names_nobody",
                violation_error_message=_(
                    "An erased contact keeps nothing of the person, and only such one."
                ),
            ),
            models.CheckConstraint(
                condition=Q(country__in=("", *Country.values), language__in=Language.values),
                name="campaigns_contact_has_a_known_country_and_language",
                violation_error_message=_("Choose one of the countries and one of the languages."),
            ),
        ]

    def __str__(self) -> str:
        if self.is_erased or not self.email:
            return gettext("Contact %(number)s") % {"number": self.pk}
        return self.full_name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = self.found_by()
        super().save(*args, **kwargs)

    def found_by(self) -> str:
        """The words a search finds this person by; who writes many rows at once fills `search_text` with it."""
        return "" if self.is_erased else fold(f"{self.full_name} {self.email}")

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None

    @property
    def is_under_canadian_law(self) -> bool:
        """Lives in Canada, or may: nobody said where, and the postal code or the language points there."""
        if self.country:
            return self.country == Country.CANADA
        return self.language == Language.FRENCH or country_of(self.postal_code) == Country.CANADA


def country_of(postal_code: str) -> str:
    """The country whose codes look like this; empty where none do."""
    try:
        read = parse(postal_code) if postal_code else None
    except NotUnderstood:
        return ""
    return read.country if read else ""


def spelled(text: str) -> str:
    """A ZIP or postal code in its one spelling. Raises NotUnderstood."""
    read = parse(text)
    if not isinstance(read, Zip | PostalCode):
        raise NotUnderstood(gettext("Enter a ZIP code or a postal code, like 77004 or H2X 1Y4."))
    return read.code
