"""Files of contacts: what a row means, when it changes nothing, and what no file can change."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader

from advocacy.accounts.models import Language
from advocacy.audit.importing import AuditedResource
from campaigns import contact_rows
from campaigns.contact_rows import EXPRESS, ContactRow
from campaigns.forms.contacts import SpellsThePlace
from campaigns.models import Basis, ConsentKind, Contact, ContactList, normalised
from legislation.models import Country
from members.models import Chapter
from members.taskforce.roster import society_day

_COLUMNS = (
    "email",
    "full_name",
    "language",
    "country",
    "region",
    "postal_code",
    "chapter",
    "basis",
    "basis_on",
    "words",
    "contact_list",
)


class ContactRowForm(SpellsThePlace, forms.Form):
    """One row of the file: a person, and what allows us to write to them."""

    email = forms.EmailField(help_text=gettext_lazy("One address is one contact, in any case."))
    full_name = forms.CharField(max_length=150, required=False)
    language = forms.ChoiceField(
        choices=[("", ""), *Language.choices],
        required=False,
        help_text=gettext_lazy("Empty: that of the chapter."),
    )
    country = forms.ChoiceField(
        choices=[("", ""), *Country.choices],
        required=False,
        help_text=gettext_lazy("Canadians are asked only with consent on record."),
    )
    region = forms.RegexField(
        r"^[A-Za-z]{2}$",
        required=False,
        help_text=gettext_lazy("State or province: two letters, like TX or QC."),
        error_messages={"invalid": gettext_lazy("Enter two letters, like TX or QC.")},
    )
    postal_code = forms.CharField(
        max_length=10, required=False, help_text=gettext_lazy("ZIP or postal code, like 77004 or H2X 1Y4.")
    )
    chapter = forms.CharField(
        required=False,
        help_text=gettext_lazy("Short name or name. Consent holds for it; empty: for the society."),
    )
    basis = forms.ChoiceField(
        choices=[("", ""), (EXPRESS, ConsentKind.EXPRESS.label), *Basis.choices],
        required=False,
        help_text=gettext_lazy("“express” if they agreed in words, else what implies consent for a time."),
    )
    basis_on = forms.DateField(required=False, help_text=gettext_lazy("The day it happened, as 2027-01-12."))
    words = forms.CharField(
        max_length=2000,
        required=False,
        help_text=gettext_lazy("For express consent: exactly the words they agreed to."),
    )
    contact_list = forms.CharField(
        required=False, help_text=gettext_lazy("Name of a list that exists: they are put on it.")
    )

    def clean_email(self) -> str:
        return normalised(self.cleaned_data["email"])

    def clean_chapter(self) -> Chapter | None:
        wanted = self.cleaned_data["chapter"].strip()
        if not wanted:
            return None
        for field in ("slug", "name", "name_fr"):
            if found := Chapter.objects.filter(**{f"{field}__iexact": wanted}).first():
                return found
        raise ValidationError(_("“%(name)s” is not known."), params={"name": wanted})

    def clean_contact_list(self) -> ContactList | None:
        wanted = self.cleaned_data["contact_list"].strip()
        if not wanted:
            return None
        found = list(ContactList.objects.filter(name__iexact=wanted)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                _("Two chapters have a list “%(name)s”. Give one another name first."),
                params={"name": wanted},
            )
        raise ValidationError(_("There is no list “%(name)s”. Add it first."), params={"name": wanted})

    def clean_basis_on(self) -> Any:
        day = self.cleaned_data["basis_on"]
        if day and day > society_day(timezone.now()):
            raise ValidationError(_("This day is still to come. Enter the day on which it happened."))
        return day

    def clean(self) -> dict[str, Any]:
        known = dict(super().clean() or self.cleaned_data)
        basis = known.get("basis")
        if basis and "basis_on" in known and not known["basis_on"]:
            self.add_error("basis_on", _("Enter the day on which it happened: consent is counted from it."))
        if basis == EXPRESS and not known.get("words"):
            self.add_error(
                "words", _("Enter the words they agreed to. Without them consent cannot be proven.")
            )
        if known.get("basis_on") and not basis and "basis" in known:
            self.add_error("basis", _("Say what happened on that day, or leave the day empty."))
        return known


class ContactLoader(BaseInstanceLoader):  # type: ignore[misc]  # import-export ships no types
    """Finds the contact of a row by the address."""

    def get_instance(self, row: dict[str, Any]) -> Contact | None:
        known: ContactRow | None = self.resource.entry
        return Contact.objects.at(known.email).select_related("chapter", "user").first() if known else None


class ContactResource(AuditedResource):
    """One row is one person. Nobody is taken off a list, and who wants no mail stays without."""

    form: ContactRowForm
    entry: ContactRow | None
    remark: str

    email = Field(attribute="email", column_name="email")
    full_name = Field(attribute="full_name", column_name="full_name")
    language = Field(attribute="language", column_name="language")
    country = Field(attribute="country", column_name="country")
    region = Field(attribute="region", column_name="region")
    postal_code = Field(attribute="postal_code", column_name="postal_code")
    chapter = Field(attribute="chapter__slug", column_name="chapter")
    basis = Field(column_name="basis")
    basis_on = Field(column_name="basis_on")
    words = Field(column_name="words")
    contact_list = Field(column_name="contact_list")
    remark_of_row = Field(column_name="remark")

    row_form = ContactRowForm
    example = (
        "email,full_name,language,country,postal_code,chapter,basis,basis_on,words,contact_list",
        "kim.ito@health.example,Kim Ito,en,US,77004,gulf-prairie,,,,Friends",
        "jean.roy@sante.example,Jean Roy,fr,CA,H2X 1Y4,saint-laurent,donation,2026-11-30,,Friends",
        "ana.diaz@health.example,Ana Diaz,en,CA,,,express,2026-10-02,You may write to me about campaigns.,",
    )

    class Meta(AuditedResource.Meta):
        model = Contact
        import_id_fields = ("email",)
        instance_loader_class = ContactLoader
        fields = (*_COLUMNS, "remark_of_row")
        export_order = (*_COLUMNS, "remark_of_row")

    def get_export_fields(self, selected_fields: Any = None) -> Any:
        """A list of people is taken away without the ledger: what allows us to write is no property of the row."""
        own = {"email", "full_name", "language", "country", "region", "postal_code", "chapter"}
        return [field for field in super().get_export_fields(selected_fields) if field.column_name in own]

    def get_user_visible_fields(self) -> Any:
        """What a file may bring; the remark is ours, in the preview."""
        return [field for field in super().get_user_visible_fields() if field.column_name != "remark"]

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        self.form, self.remark = ContactRowForm(row), ""
        self.entry = ContactRow(**self.form.cleaned_data) if self.form.is_valid() else None

    def import_instance(self, instance: Contact, row: dict[str, Any], **kwargs: Any) -> None:
        if self.entry is None:
            raise ValidationError({name: list(errors) for name, errors in self.form.errors.as_data().items()})
        is_known = instance.pk is not None
        self.remark = contact_rows.warning(self.entry, instance if is_known else None, timezone.now())
        # The preview shows this row as it will be; only `save_instance` stores anything.
        self.is_new_to_us = self.entry.is_news(instance) if is_known else not self.remark
        instance.email = self.entry.email
        for name, value in self.entry.said().items():
            setattr(instance, name, value)

    def skip_row(self, instance: Contact, original: Any, row: Any, errors: Any = None) -> bool:
        return self.entry is not None and not self.is_new_to_us

    def validate_instance(
        self, instance: Contact, errors: dict[str, Any] | None = None, validate_unique: bool = True
    ) -> None:
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: Contact, is_create: bool, row: dict[str, Any], **kwargs: Any) -> None:
        """Through the same actions as by hand, so that the ledger and the trail say what happened."""
        assert self.entry is not None  # noqa: S101 (a row with errors is never saved)
        number = kwargs.get("row_number", "")
        source = f"{kwargs.get('file_name') or ''} {number}".strip()
        stored = contact_rows.enter(self.entry, source=source, by=kwargs["user"], now=timezone.now())
        instance.pk = stored.pk

    def after_import_row(self, row: dict[str, Any], row_result: Any, **kwargs: Any) -> None:
        row_result.remark = getattr(self, "remark", "")

    def dehydrate_basis(self, contact: Contact) -> str:
        return self.entry.basis if self._is_read(contact) and self.entry else ""

    def dehydrate_basis_on(self, contact: Contact) -> str:
        day = self.entry.basis_on if self._is_read(contact) and self.entry else None
        return day.isoformat() if day else ""

    def dehydrate_words(self, contact: Contact) -> str:
        return self.entry.words if self._is_read(contact) and self.entry else ""

    def dehydrate_contact_list(self, contact: Contact) -> str:
        entry = self.entry if self._is_read(contact) else None
        return str(entry.contact_list) if entry and entry.contact_list else ""

    def dehydrate_remark_of_row(self, contact: Contact) -> str:
        return self.remark if self._is_read(contact) else ""

    def _is_read(self, contact: Contact) -> bool:
        """In a preview, of the row as read: the stored one beside it shows nothing of the file."""
        return getattr(self, "entry", None) is not None
