"""How an office is reached. A web form is not an e-mail address."""

from collections.abc import Callable
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from legislation.models.public_record import PublicRecordQuerySet
from legislation.models.source import Source


class OfficeKind(models.TextChoices):
    CAPITOL = "capitol", _("Capitol office")
    DISTRICT = "district", _("District or constituency office")
    MAILING = "mailing", _("Mailing address")
    OTHER = "other", _("Other office")


class OfficeQuerySet(PublicRecordQuerySet["Office"]):
    def current(self) -> Self:
        return self.filter(ended_on=None)


class Office(models.Model):
    """A place where an official's office is: at the capitol, or in the district."""

    official = models.ForeignKey(
        "legislation.Official", on_delete=models.PROTECT, related_name="offices", verbose_name=_("official")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=OfficeKind.choices, default=OfficeKind.CAPITOL)
    label = models.CharField(_("label"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=400, blank=True)
    phone = models.CharField(_("phone"), max_length=80, blank=True)
    fax = models.CharField(_("fax"), max_length=80, blank=True)
    hours = models.CharField(_("hours"), max_length=300, blank=True)
    external_id = models.CharField(_("id at the source"), max_length=120, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    last_seen_on = models.DateField(_("last changed at the source"), null=True, blank=True)
    ended_on = models.DateField(_("closed"), null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["official", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "external_id"],
                condition=~Q(external_id=""),
                name="legislation_office_external_id_is_unique_in_its_source",
                violation_error_message=_("This source has an office with this id already."),
            ),
            models.CheckConstraint(
                condition=~Q(address="", phone="", fax=""),
                name="legislation_office_can_be_reached",
                violation_error_message=_("An office needs an address, a phone or a fax number."),
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.get_kind_display()


class ContactKind(models.TextChoices):
    EMAIL = "email", _("E-mail")
    WEBFORM = "webform", _("Web form")
    PHONE = "phone", _("Phone")
    FAX = "fax", _("Fax")
    ADDRESS = "address", _("Address")
    SOCIAL = "social", _("Social media")
    URL = "url", _("Web page")


_is_email = EmailValidator(_("This is not an e-mail address. A contact form's address is a web form."))
_is_url = URLValidator(["http", "https"], message=_("Enter an address that starts with http:// or https://."))
_CHECKS: dict[str, Callable[[str], None]] = {
    ContactKind.EMAIL: _is_email,
    ContactKind.WEBFORM: _is_url,
    ContactKind.URL: _is_url,
}


def check_contact_value(kind: str, value: str) -> None:
    """Raise ValidationError where `value` cannot be a contact point of this `kind`."""
    if check := _CHECKS.get(kind):
        check(value)


class ContactPointQuerySet(PublicRecordQuerySet["ContactPoint"]):
    def current(self) -> Self:
        return self.filter(ended_on=None)

    def emails(self) -> Self:
        return self.current().filter(kind=ContactKind.EMAIL)

    def at(self, address: str) -> Self:
        """Whose published e-mail address this is, in whatever case it is written."""
        return self.emails().filter(value__iexact=address.strip())


class ContactPoint(models.Model):
    """One way to reach an official that belongs to no particular office."""

    official = models.ForeignKey(
        "legislation.Official",
        on_delete=models.PROTECT,
        related_name="contact_points",
        verbose_name=_("official"),
    )
    kind = models.CharField(_("kind"), max_length=7, choices=ContactKind.choices)
    value = models.CharField(_("value"), max_length=500)
    label = models.CharField(_("label"), max_length=120, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )
    last_seen_on = models.DateField(_("last changed at the source"), null=True, blank=True)
    ended_on = models.DateField(_("no longer valid since"), null=True, blank=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact point")
        verbose_name_plural = _("contact points")
        ordering = ["official", "kind", "pk"]
        indexes = [
            # Every act on a public page asks whether the address it came with is an official's (PostgreSQL; SQLite
            # compares without case by LIKE, which knows no index).
            models.Index(
                Upper("value"),
                name="legislation_contact_by_email",
                condition=Q(kind="email", ended_on=None),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["official", "kind", "value", "label"],
                name="legislation_contact_point_is_kept_once",
                violation_error_message=_("This official has this contact point already."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="email")
                | (Q(value__contains="@") & ~Q(value__contains="/") & ~Q(value__contains=" ")),
                name="legislation_contact_point_web_form_is_not_an_email",
                violation_error_message=_(
                    "This is not an e-mail address. A contact form's address is a web form."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        try:
            check_contact_value(self.kind, self.value)
        except ValidationError as refusal:
            raise ValidationError({"value": refusal.messages}) from refusal
