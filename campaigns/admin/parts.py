"""What hangs on a campaign and is written with it: its texts, its mail, and whom supporters write to."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.audit.admin import AuditedAdmin
from campaigns.admin.picking import PicksSeveral
from campaigns.models import NEEDED_BY, Appeal, Message, TargetGroup, TargetRule
from legislation.models import PartyAffiliation

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Any, Any]
    _RuleForm = forms.ModelForm[TargetRule]
else:
    _Inline = admin.StackedInline
    _RuleForm = forms.ModelForm


class _Part(PicksSeveral, _Inline):
    extra = 0
    formfield_overrides = AuditedAdmin.formfield_overrides


class MessageInline(_Part):
    model = Message
    fields = (("group", "language"), "subject", "body", "prompt")


class AppealInline(_Part):
    model = Appeal
    fields = (("purpose", "language"), "subject", "subject_b", "body")


class TargetRuleForm(_RuleForm):
    """Each kind of rule needs its own fields; the others stay empty."""

    stances = forms.MultipleChoiceField(
        label=gettext_lazy("who stand here"),
        choices=[one for one in TargetGroup.choices if one[0] != TargetGroup.EVERYONE],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("By the stances in our log that are shared."),
    )

    class Meta:
        model = TargetRule
        # The admin asks for those of its page.
        fields = ("kind", "stances", "party")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "party" in self.fields:
            names = PartyAffiliation.objects.order_by("party").values_list("party", flat=True).distinct()
            choices = [("", _("Every party")), *((name, name) for name in names)]
            self.fields["party"].widget = forms.Select(choices=choices)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        needed = NEEDED_BY.get(said.get("kind", ""))
        if needed and not said.get(needed):
            self.add_error(needed, _("This kind of rule needs it."))
        return said


class TargetRuleInline(_Part):
    model = TargetRule
    form = TargetRuleForm
    autocomplete_fields = ("jurisdiction", "chamber", "committee", "officials")
    fieldsets = (
        (None, {"fields": (("kind", "is_fallback"), ("jurisdiction", "chamber_code"))}),
        (
            gettext_lazy("A body, or people"),
            {"fields": ("chamber", "committee", "officials", "stances", "party")},
        ),
        (
            gettext_lazy("An agency"),
            {"fields": (("agency_name", "agency_name_fr"), ("agency_email", "agency_url"), "docket")},
        ),
    )

    def get_queryset(self, request: Any) -> Any:
        parts = ("jurisdiction", "chamber__jurisdiction", "committee__jurisdiction")
        return super().get_queryset(request).select_related(*parts).prefetch_related("officials")
