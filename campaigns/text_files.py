"""Files of texts: a row writes one text of one draft, by the same action as the pages."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader

from advocacy.accounts.models import Language
from advocacy.audit.importing import AuditedResource
from campaigns.actions import editing
from campaigns.models import Appeal, Campaign, Message, Purpose, TargetGroup

_MESSAGE = ("campaign", "group", "language", "subject", "body", "prompt")
_APPEAL = ("campaign", "purpose", "language", "subject", "subject_b", "body")


class _TextRowForm(forms.Form):
    campaign = forms.CharField(help_text=gettext_lazy("Its short name in addresses."))

    def clean_campaign(self) -> Campaign:
        wanted = self.cleaned_data["campaign"].strip()
        found = Campaign.objects.filter(slug__iexact=wanted).first()
        if found is None:
            raise ValidationError(_("There is no campaign “%(name)s”."), params={"name": wanted})
        if not found.is_editable:
            raise ValidationError(_("“%(name)s” is no draft: take it back first."), params={"name": wanted})
        return found


class MessageRowForm(_TextRowForm):
    """What supporters send, to one group of officials in one language."""

    group = forms.ChoiceField(choices=TargetGroup.choices)
    language = forms.ChoiceField(choices=Language.choices)
    subject = forms.CharField(max_length=200)
    body = forms.CharField(max_length=10_000, help_text=gettext_lazy("With its tokens, and line breaks."))
    prompt = forms.CharField(max_length=300, required=False)


class AppealRowForm(_TextRowForm):
    """Our mail to supporters, for one purpose in one language."""

    purpose = forms.ChoiceField(choices=Purpose.choices)
    language = forms.ChoiceField(choices=Language.choices)
    subject = forms.CharField(max_length=150)
    subject_b = forms.CharField(max_length=150, required=False)
    body = forms.CharField(max_length=10_000, help_text=gettext_lazy("With its tokens, and line breaks."))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("subject_b") and said["subject_b"] == said.get("subject"):
            self.add_error("subject_b", _("The second subject is the same as the first."))
        return said


class TextLoader(BaseInstanceLoader):  # type: ignore[misc]  # import-export ships no types
    """Finds the text of a row by its campaign, its group or purpose, and its language."""

    def get_instance(self, row: dict[str, Any]) -> Any:
        form = self.resource.form
        if not form.is_valid():
            return None
        key = {name: form.cleaned_data[name] for name in self.resource.key}
        return self.resource._meta.model._default_manager.filter(**key).first()


class _TextResource(AuditedResource):
    form: forms.Form
    key: ClassVar[tuple[str, ...]]
    write: ClassVar[Callable[..., bool]]

    campaign = Field(attribute="campaign__slug", column_name="campaign")

    class Meta(AuditedResource.Meta):
        instance_loader_class = TextLoader

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        assert self.row_form is not None  # noqa: S101 (both resources below have one)
        self.form = self.row_form(row)  # type: ignore[assignment]  # a Form
        self.form.is_valid()

    def import_instance(self, instance: Any, row: dict[str, Any], **kwargs: Any) -> None:
        if self.form.errors:
            raise ValidationError({name: list(errors) for name, errors in self.form.errors.as_data().items()})
        for name, value in self.form.cleaned_data.items():
            if value or name in self.key:
                setattr(instance, name, value)

    def validate_instance(
        self, instance: Any, errors: dict[str, Any] | None = None, validate_unique: bool = True
    ) -> None:
        if errors:
            raise ValidationError(errors)

    def save_instance(self, instance: Any, is_create: bool, row: dict[str, Any], **kwargs: Any) -> None:
        said = {name: getattr(instance, name) for name in self.form.fields}
        campaign = said.pop("campaign")
        type(self).write(campaign, by=kwargs["user"], **said)


class MessageResource(_TextResource):
    row_form = MessageRowForm
    key = ("campaign", "group", "language")
    write = staticmethod(editing.write_message)
    example = (
        "campaign,group,language,subject,body,prompt",
        'records-follow,everyone,en,"{{ position }} {{ measure }}: {{ constituency }}","Dear {{ official }}, …",',
    )

    class Meta(_TextResource.Meta):
        model = Message
        import_id_fields = ("campaign", "group", "language")
        fields = _MESSAGE
        export_order = _MESSAGE


class AppealResource(_TextResource):
    row_form = AppealRowForm
    key = ("campaign", "purpose", "language")
    write = staticmethod(editing.write_appeal)
    example = (
        "campaign,purpose,language,subject,subject_b,body",
        'records-follow,reminder,en,"Two days left",,"{{ name }}, write today: {{ link }}"',
    )

    class Meta(_TextResource.Meta):
        model = Appeal
        import_id_fields = ("campaign", "purpose", "language")
        fields = _APPEAL
        export_order = _APPEAL
