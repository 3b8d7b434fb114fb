"""Files of chapters, and of people with their roles: what a row means, and when it changes nothing."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.widgets import ForeignKeyWidget

from advocacy.accounts.models import Language, User
from advocacy.audit.importing import AuditedResource
from advocacy.kernel.zones import ZONE_CHOICES
from members.actions import people, roles
from members.models import Chapter, Region, Role, RoleAssignment, Society


class NamedWidget(ForeignKeyWidget):  # type: ignore[misc]  # import-export ships no types
    """A related row by its name, in any case; an unknown name is an error that repeats it."""

    def clean(self, value: Any, row: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        if value in (None, ""):
            return None
        found = self.model.objects.filter(**{f"{self.field}__iexact": str(value).strip()}).first()
        if found is None:
            raise ValueError(_("“%(name)s” is not known.") % {"name": value})
        return found


class ChapterResource(AuditedResource):
    """One row is one chapter, known by its short name. Territories are kept on the chapter's page."""

    region = Field(attribute="region", column_name="region", widget=NamedWidget(Region, "name"))

    class Meta(AuditedResource.Meta):
        model = Chapter
        import_id_fields = ("slug",)
        fields = (
            "slug",
            "name",
            "name_fr",
            "region",
            "legal_name",
            "tax_status",
            "tax_number",
            "time_zone",
            "language",
            "postal_address",
            "contact_email",
            "starts_on",
            "ends_on",
        )

    def after_init_instance(self, instance: Chapter, new: bool, row: dict[str, Any], **kwargs: Any) -> None:
        if new:
            instance.society = Society.objects.get()


class RoleRowForm(forms.Form):
    """One row of the file: a person, and a role they hold."""

    email = forms.EmailField()
    full_name = forms.CharField(max_length=150)
    role = forms.CharField()
    chapter = forms.CharField(required=False)
    region = forms.CharField(required=False)
    title = forms.CharField(required=False, max_length=80)
    starts_on = forms.DateField()
    ends_on = forms.DateField(required=False)
    language = forms.ChoiceField(choices=[("", ""), *Language.choices], required=False)
    time_zone = forms.ChoiceField(choices=[("", ""), *ZONE_CHOICES], required=False)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_role(self) -> str:
        """By its code or by its name in either language."""
        wanted = self.cleaned_data["role"].strip().casefold()
        for role in Role:
            if wanted in (role.value, str(role.label).casefold()):
                return role.value
        raise ValidationError(_("“%(name)s” is not a role."), params={"name": self.cleaned_data["role"]})

    def clean_chapter(self) -> Chapter | None:
        chapter: Chapter | None = self._named(Chapter, "chapter", "slug", "name")
        return chapter

    def clean_region(self) -> Region | None:
        region: Region | None = self._named(Region, "region", "name", "name_fr")
        return region

    def _named(self, model: Any, column: str, *fields: str) -> Any:
        wanted = self.cleaned_data[column].strip()
        if not wanted:
            return None
        for field in fields:
            if found := model.objects.filter(**{f"{field}__iexact": wanted}).first():
                return found
        raise ValidationError(_("“%(name)s” is not known."), params={"name": wanted})


class RoleLoader(BaseInstanceLoader):  # type: ignore[misc]  # as above
    """Finds the role a row speaks of: the same person, role and place, on some of the same days."""

    def get_instance(self, row: dict[str, Any]) -> RoleAssignment | None:
        resource: RoleResource = self.resource
        known = resource.form.cleaned_data
        if resource.person is None:
            return None
        held = RoleAssignment.objects.filter(
            person=resource.person, role=known["role"], chapter=known["chapter"], region=known["region"]
        )
        return held.overlapping(known["starts_on"], known["ends_on"]).first()


class RoleResource(AuditedResource):
    """One row is a person and one of their roles. A new address opens an account, which its owner enters by
    a code.

    A role that is held already stays exactly as it is: a file neither prolongs, ends nor deletes anything,
    and the second import of a file changes nothing.
    """

    form: RoleRowForm
    person: User | None

    email = Field(attribute="person__email", column_name="email")
    full_name = Field(attribute="person__full_name", column_name="full_name")
    role = Field(attribute="role", column_name="role")
    chapter = Field(attribute="chapter__slug", column_name="chapter")
    region = Field(attribute="region__name", column_name="region")
    title = Field(attribute="title", column_name="title")
    starts_on = Field(attribute="starts_on", column_name="starts_on")
    ends_on = Field(attribute="ends_on", column_name="ends_on")
    language = Field(attribute="person__language", column_name="language")
    time_zone = Field(attribute="person__time_zone", column_name="time_zone")

    class Meta(AuditedResource.Meta):
        model = RoleAssignment
        import_id_fields = ("email", "role", "starts_on")
        instance_loader_class = RoleLoader
        fields = (
            "email",
            "full_name",
            "role",
            "chapter",
            "region",
            "title",
            "starts_on",
            "ends_on",
            "language",
            "time_zone",
        )

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Read the row once: what it says, and whom it means (nobody yet for a new or unreadable address)."""
        self.form = RoleRowForm(row)
        self.person = people.holder_of(self.form.cleaned_data["email"]) if self.form.is_valid() else None

    def import_instance(self, instance: RoleAssignment, row: dict[str, Any], **kwargs: Any) -> None:
        if instance.pk is not None:
            return
        if self.form.errors:
            raise ValidationError({name: list(errors) for name, errors in self.form.errors.as_data().items()})
        known = self.form.cleaned_data
        for name in ("role", "chapter", "region", "title", "starts_on", "ends_on"):
            setattr(instance, name, known[name])
        instance.person = self.person or _newcomer(known)

    def skip_row(self, instance: RoleAssignment, original: Any, row: Any, errors: Any = None) -> bool:
        return instance.pk is not None

    def validate_instance(
        self, instance: RoleAssignment, errors: dict[str, Any] | None = None, validate_unique: bool = True
    ) -> None:
        """What the row form did not see is for `roles.give` to refuse, when the row is saved or previewed."""
        if errors:
            raise ValidationError(errors)

    def save_instance(
        self, instance: RoleAssignment, is_create: bool, row: dict[str, Any], **kwargs: Any
    ) -> None:
        """Through the same actions as on every other way, so that account and role leave their traces."""
        by, person = kwargs["user"], instance.person
        if person.pk is None:
            profile = {name: getattr(person, name) for name in ("full_name", "language", "time_zone")}
            person = people.open_account(by=by, email=person.email, **profile)
        given = roles.give(
            by=by,
            person=person,
            role=instance.role,
            chapter=instance.chapter,
            region=instance.region,
            starts_on=instance.starts_on,
            ends_on=instance.ends_on,
            title=instance.title,
        )
        instance.pk, instance.person = given.pk, person


def _newcomer(known: dict[str, Any]) -> User:
    """The account that the row would open, not yet stored."""
    chapter = known["chapter"]
    return User(
        email=known["email"],
        full_name=known["full_name"],
        language=known["language"] or (chapter.language if chapter else Language.ENGLISH),
        time_zone=known["time_zone"] or (chapter.time_zone if chapter else "America/New_York"),
    )
