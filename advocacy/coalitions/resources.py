"""Files of partner organisations and coalitions: what a row means, and when it changes nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from import_export.fields import Field

from advocacy.audit.importing import AuditedResource
from advocacy.coalitions.models import Coalition, Organisation, OrganisationKind, OrganisationStatus, OurRole
from members.resources import NamedWidget


class OrganisationRowForm(forms.Form):
    """What the columns mean, for whoever prepares a file."""

    name = forms.CharField(max_length=200, help_text=_("An organization is known by its name."))
    name_fr = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(choices=OrganisationKind.choices)
    status = forms.ChoiceField(choices=OrganisationStatus.choices, required=False)
    website = forms.URLField(max_length=300, required=False, assume_scheme="https")
    notes = forms.CharField(max_length=4000, required=False)


class OrganisationResource(AuditedResource):
    """One row is one organisation, known by its name. People and jurisdictions are kept on its page."""

    row_form = OrganisationRowForm
    example = (
        "name,name_fr,kind,status,website,notes",
        "Gulf Hospital Association,,hospitals,active,https://example.org,",
    )

    class Meta(AuditedResource.Meta):
        model = Organisation
        import_id_fields = ("name",)
        fields = ("name", "name_fr", "kind", "status", "website", "notes")

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """The same organisation in any case, and without spaces around it."""
        row["name"] = str(row.get("name") or "").strip()
        known = Organisation.objects.filter(name__iexact=row["name"]).values_list("name", flat=True).first()
        row["name"] = known or row["name"]


class CoalitionRowForm(forms.Form):
    """What the columns mean, for whoever prepares a file."""

    name = forms.CharField(max_length=200, help_text=_("A coalition is known by its name."))
    name_fr = forms.CharField(max_length=200, required=False)
    role = forms.ChoiceField(choices=OurRole.choices)
    lead = forms.CharField(
        max_length=200, required=False, help_text=_("The name of an organization here. Empty: we lead it.")
    )
    joined_on = forms.DateField()
    purpose = forms.CharField(max_length=4000, required=False)
    rhythm = forms.CharField(max_length=120, required=False)


class CoalitionResource(AuditedResource):
    """One row is one coalition of the society, known by its name. Its chapter and members are kept on its page."""

    row_form = CoalitionRowForm
    example = (
        "name,name_fr,role,lead,joined_on,purpose,rhythm",
        "Telehealth Alliance,,member,Gulf Hospital Association,2026-09-01,,First Tuesday of each month",
    )
    lead = Field(column_name="lead", attribute="lead", widget=NamedWidget(Organisation, "name"))

    class Meta(AuditedResource.Meta):
        model = Coalition
        import_id_fields = ("name",)
        fields = ("name", "name_fr", "role", "lead", "joined_on", "purpose", "rhythm")

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """The same coalition in any case, and without spaces around it."""
        row["name"] = str(row.get("name") or "").strip()
        known = Coalition.objects.filter(name__iexact=row["name"]).values_list("name", flat=True).first()
        row["name"] = known or row["name"]
