"""Files of partner organisations: what a row means, and when it changes nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.audit.importing import AuditedResource
from advocacy.coalitions.models import Organisation, OrganisationKind, OrganisationStatus


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
