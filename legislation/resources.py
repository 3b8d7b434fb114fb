"""Files of officials and of staffers: what a row means, and when it changes nothing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader

from advocacy.audit.importing import AuditedResource
from legislation.actions import officials, staffers
from legislation.models import ChamberCode, Committee, Official, Staffer, StafferRole

_OFFICIAL_COLUMNS = (
    "name",
    "given_name",
    "family_name",
    "jurisdiction",
    "chamber",
    "district",
    "title",
    "party",
    "starts_on",
    "ends_on",
    "email",
    "phone",
    "web_form",
    "web_page",
    "address",
)
_STAFFER_COLUMNS = (
    "official",
    "committee",
    "name",
    "role",
    "title",
    "email",
    "phone",
    "starts_on",
    "ends_on",
)


class OfficialRowForm(forms.Form):
    """One row of the file: a person and the seat they hold."""

    name = forms.CharField(max_length=150, help_text=gettext_lazy("As the office writes it."))
    given_name = forms.CharField(max_length=80, required=False)
    family_name = forms.CharField(
        max_length=80, required=False, help_text=gettext_lazy("Lists are sorted by it.")
    )
    jurisdiction = forms.CharField(
        max_length=200,
        help_text=gettext_lazy(
            "Whose government: its name, the abbreviation of a state or province, or an Open Civic Data id. The "
            "division id of a city or county (ocd-division/country:us/state:tx/place:houston) adds its government."
        ),
    )
    chamber = forms.ChoiceField(
        choices=ChamberCode.choices,
        help_text=gettext_lazy(
            "Executive is for governors, ministers and heads of agencies, local for mayors, councils and boards."
        ),
    )
    district = forms.CharField(
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "The district, or the name of the office: Governor, Secretary of Health, Trustee 3. One for each seat."
        ),
    )
    title = forms.CharField(
        max_length=120, required=False, help_text=gettext_lazy("A further title, such as Speaker or Acting.")
    )
    party = forms.CharField(max_length=120, required=False)
    starts_on = forms.DateField(
        required=False, help_text=gettext_lazy("The first day in office, as 2027-01-12.")
    )
    ends_on = forms.DateField(required=False, help_text=gettext_lazy("The first day out of office."))
    email = forms.EmailField(required=False)
    phone = forms.CharField(max_length=80, required=False)
    web_form = forms.URLField(
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Where the office takes messages."),
    )
    web_page = forms.URLField(required=False, max_length=500, assume_scheme="https")
    address = forms.CharField(max_length=500, required=False)

    def clean_jurisdiction(self) -> Any:
        try:
            return officials.jurisdiction_called(self.cleaned_data["jurisdiction"])
        except officials.UnknownPlace as unknown:
            raise ValidationError(str(unknown)) from unknown

    def clean(self) -> dict[str, Any]:
        known = super().clean() or self.cleaned_data
        starts_on, ends_on = known.get("starts_on"), known.get("ends_on")
        if starts_on and ends_on and ends_on <= starts_on:
            self.add_error("ends_on", _("A tenure ends after it starts."))
        return dict(known)


class OfficialLoader(BaseInstanceLoader):  # type: ignore[misc]  # import-export ships no types
    """Finds the official of a row: the same name in the same seat."""

    def get_instance(self, row: dict[str, Any]) -> Official | None:
        entry: officials.Entry | None = self.resource.entry
        return officials.holder_like(entry) if entry else None


class OfficialResource(AuditedResource):
    """One row is a person in a seat. What the row leaves empty stays as it is; nobody is ever deleted."""

    entry: officials.Entry | None
    form: OfficialRowForm

    name = Field(attribute="name", column_name="name")
    given_name = Field(attribute="given_name", column_name="given_name")
    family_name = Field(attribute="family_name", column_name="family_name")
    jurisdiction = Field(column_name="jurisdiction")
    chamber = Field(column_name="chamber")
    district = Field(column_name="district")
    party = Field(column_name="party")
    starts_on = Field(column_name="starts_on")
    ends_on = Field(column_name="ends_on")
    email = Field(column_name="email")
    phone = Field(column_name="phone")
    title = Field(column_name="title")
    web_form = Field(column_name="web_form")
    web_page = Field(column_name="web_page")
    address = Field(column_name="address")

    row_form = OfficialRowForm
    example = (
        "name,given_name,family_name,jurisdiction,chamber,district,starts_on,email,phone,web_form",
        "Marisol Vance,Marisol,Vance,TX,executive,Governor,2027-01-19,,512-555-0100,https://governor.example/contact",
        "Noor Haddad,Noor,Haddad,TX,executive,Commissioner of Health,2026-03-01,noor.haddad@health.example,,",
        "Ines Okafor,Ines,Okafor,ocd-division/country:us/state:tx/place:houston,local,Mayor,2026-01-02,,713-555-0101,",
    )

    class Meta(AuditedResource.Meta):
        model = Official
        import_id_fields = ("name", "jurisdiction", "chamber", "district")
        instance_loader_class = OfficialLoader
        fields = _OFFICIAL_COLUMNS

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        self.form = OfficialRowForm(row)
        self.entry = officials.Entry(**self.form.cleaned_data) if self.form.is_valid() else None

    def import_instance(self, instance: Official, row: dict[str, Any], **kwargs: Any) -> None:
        if self.entry is None:
            raise ValidationError({name: list(errors) for name, errors in self.form.errors.as_data().items()})
        if instance.pk is None:
            instance.name = self.entry.name

    def skip_row(self, instance: Official, original: Any, row: Any, errors: Any = None) -> bool:
        if self.entry is None or instance.pk is None:
            return False
        return not officials.news_in(self.entry, instance)

    def validate_instance(
        self, instance: Official, errors: dict[str, Any] | None = None, validate_unique: bool = True
    ) -> None:
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: Official, is_create: bool, row: dict[str, Any], **kwargs: Any) -> None:
        """Through the same action as by hand, so that seat, party and contact leave their traces."""
        if self.entry is not None:
            instance.pk = officials.enter(self.entry, by=kwargs["user"]).pk

    def export(self, queryset: QuerySet[Official] | None = None, **kwargs: Any) -> Any:
        rows = Official.objects.all() if queryset is None else queryset
        return super().export(with_all(rows), **kwargs)

    def export_resource(self, instance: Official, *args: Any, **kwargs: Any) -> list[Any]:
        """The seat in force today, or the last one."""
        today = timezone.localdate()
        tenures = instance.tenures_in_force(today) or list(instance.tenures.all())
        tenure = tenures[0] if tenures else None
        contacts = [point for point in instance.contact_points.all() if point.ended_on is None]
        reached = {point.kind: point.value for point in reversed(contacts)}
        known = {
            "name": instance.name,
            "given_name": instance.given_name,
            "family_name": instance.family_name,
            "jurisdiction": tenure.seat.chamber.jurisdiction.name if tenure else "",
            "chamber": tenure.seat.chamber.code if tenure else "",
            "district": tenure.seat.district if tenure else "",
            "party": instance.party_on(today),
            "starts_on": tenure.starts_on if tenure else None,
            "ends_on": tenure.ends_on if tenure else None,
            "title": tenure.title if tenure else "",
        } | {name: reached.get(kind, "") for name, kind in officials.CONTACTS.items()}
        return [known[name] if known[name] is not None else "" for name in _OFFICIAL_COLUMNS]


def with_all(rows: Any) -> Any:
    """Officials with what a line of the file needs, in four queries."""
    return rows.with_seats().prefetch_related("contact_points")


class StafferRowForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """One row of the file: somebody on the staff of an official or of a committee, who are named."""

    official = forms.CharField(
        max_length=150,
        required=False,
        help_text=gettext_lazy("The name of the official they work for; or a committee."),
    )
    committee = forms.CharField(max_length=300, required=False)

    class Meta:
        model = Staffer
        fields = ["name", "role", "title", "email", "phone", "starts_on", "ends_on"]

    def clean_official(self) -> Official | None:
        official: Official | None = self._named(Official.objects.all(), "official")
        return official

    def clean_committee(self) -> Committee | None:
        committee: Committee | None = self._named(Committee.objects.filter(ended_on=None), "committee")
        return committee

    def clean(self) -> dict[str, Any]:
        known = super().clean() or self.cleaned_data
        if not self.errors and not (known.get("official") or known.get("committee")):
            raise ValidationError(_("Say for which official or committee this person works."))
        return dict(known)

    def _named(self, rows: Any, column: str) -> Any:
        wanted = self.cleaned_data[column].strip()
        if not wanted:
            return None
        found = list(rows.filter(name__iexact=wanted).order_by("pk")[:2])
        if len(found) == 1:
            return found[0]
        problem = _("“%(name)s” is not known.") if not found else _("“%(name)s” names more than one.")
        raise ValidationError(problem, params={"name": wanted})


class StafferLoader(BaseInstanceLoader):  # type: ignore[misc]  # as above
    """Finds the staffer of a row: the same name at the same office."""

    def get_instance(self, row: dict[str, Any]) -> Staffer | None:
        form: StafferRowForm = self.resource.form
        known = form.cleaned_data
        if form.errors:
            return None
        here = Staffer.objects.filter(official=known["official"], committee=known["committee"])
        return here.filter(name__iexact=known["name"]).order_by("pk").first()


class StafferResource(AuditedResource):
    """One row is a person at an office. The office is named by its official or its committee."""

    form: StafferRowForm

    official = Field(attribute="official__name", column_name="official")
    committee = Field(attribute="committee__name", column_name="committee")

    row_form = StafferRowForm
    example = (
        "official,committee,name,role,email,phone",
        "Alma Reyes,,Kim Ito,legislative_director,kim.ito@house.example,512-555-0102",
        ",Public Health,Rae Lund,committee_staff,,512-555-0103",
    )

    class Meta(AuditedResource.Meta):
        model = Staffer
        import_id_fields = ("official", "committee", "name")
        instance_loader_class = StafferLoader
        fields = _STAFFER_COLUMNS

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        role = str(row.get("role") or "").strip().casefold()
        by_label = {str(one.label).casefold(): one.value for one in StafferRole}
        self.form = StafferRowForm({**row, "role": by_label.get(role, role) or StafferRole.OTHER})
        self.form.is_valid()

    def import_instance(self, instance: Staffer, row: dict[str, Any], **kwargs: Any) -> None:
        if self.form.errors:
            raise ValidationError({name: list(errors) for name, errors in self.form.errors.as_data().items()})
        known = self.form.cleaned_data
        if instance.pk is None:
            instance.official, instance.committee = known["official"], known["committee"]
        for name in staffers.FIELDS:
            if row.get(name) not in (None, "") or instance.pk is None:
                setattr(instance, name, known[name])

    def validate_instance(
        self, instance: Staffer, errors: dict[str, Any] | None = None, validate_unique: bool = True
    ) -> None:
        """The row form has checked everything; its complaints are the row's."""
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance: Staffer, original: Any, row: Any, errors: Any = None) -> bool:
        if instance.pk is None or self.form.errors:
            return False
        return all(getattr(instance, name) == getattr(original, name) for name in staffers.FIELDS)

    def save_instance(self, instance: Staffer, is_create: bool, row: dict[str, Any], **kwargs: Any) -> None:
        values: dict[str, Any] = {name: getattr(instance, name) for name in staffers.FIELDS}
        if is_create:
            office: dict[str, Any] = {"official": instance.official, "committee": instance.committee}
            instance.pk = staffers.add(by=kwargs["user"], **office, **values).pk
        else:
            staffers.change(instance, by=kwargs["user"], **values)

    def export(self, queryset: QuerySet[Staffer] | None = None, **kwargs: Any) -> Any:
        rows = Staffer.objects.all() if queryset is None else queryset
        return super().export(rows.select_related("official", "committee"), **kwargs)
