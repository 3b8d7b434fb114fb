"""What hangs on a campaign and is written with it: its texts, its mail, and whom supporters write to."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.audit.admin import AuditedAdmin
from campaigns.admin.picking import PicksSeveral
from campaigns.forms.rules import fields_of
from campaigns.models import NEEDED_BY, Appeal, Message, RuleKind, TargetGroup, TargetRule
from campaigns.tokens import APPEAL_TOKENS, LETTER_TOKENS
from legislation.models import PartyAffiliation

if TYPE_CHECKING:
    _Inline = admin.StackedInline[Any, Any]
    _RuleForm = forms.ModelForm[TargetRule]
else:
    _Inline = admin.StackedInline
    _RuleForm = forms.ModelForm


TARGET_FIELDS = (
    "jurisdiction", "chamber_code", "chamber", "committee", "officials", "stances", "party", "agency_name",
    "agency_name_fr", "agency_email", "agency_url", "docket",
)  # fmt: skip


def asked_by_kind() -> dict[str, list[str]]:
    """For the page: which of the fields each kind of rule asks for."""
    return {kind: sorted(fields_of(kind, with_party=True) & set(TARGET_FIELDS)) for kind in RuleKind.values}


def _tokens(known: Mapping[str, Any]) -> Any:
    """The tokens of a text, to look up beside it."""
    lines = format_html_join("", "<div><dt><code>{{{{ {} }}}}</code></dt><dd>{}</dd></div>", known.items())
    return format_html("<details><summary>{}</summary><dl>{}</dl></details>", _("Merge tokens"), lines)


_tokens_of = lazy(_tokens, str)


class _Part(PicksSeveral, _Inline):
    extra = 0
    formfield_overrides = AuditedAdmin.formfield_overrides


class MessageInline(_Part):
    model = Message
    fieldsets = (
        (
            None,
            {
                "fields": (("group", "language"), "subject", "body", "prompt"),
                "description": _tokens_of(LETTER_TOKENS),
            },
        ),
    )
    verbose_name = gettext_lazy("letter or script")
    verbose_name_plural = gettext_lazy("letters and scripts: what supporters send")


class AppealInline(_Part):
    model = Appeal
    fieldsets = (
        (
            None,
            {
                "fields": (("purpose", "language"), "subject", "subject_b", "body"),
                "description": _tokens_of(APPEAL_TOKENS),
            },
        ),
    )


class TargetRuleForm(_RuleForm):
    """Each kind of rule needs its own fields; whatever else was filled in is let go."""

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
        kind = said.get("kind")
        if kind not in RuleKind.values:
            return said
        needed = NEEDED_BY.get(kind)
        if needed and not said.get(needed):
            self.add_error(needed, _("This kind of rule needs it."))
        others = set(TARGET_FIELDS) & said.keys() - fields_of(kind, with_party=True)
        return said | {name: self.fields[name].clean(None) for name in others}


class TargetRuleInline(_Part):
    model = TargetRule
    form = TargetRuleForm
    autocomplete_fields = ("jurisdiction", "chamber", "committee", "officials")
    fields = (
        ("kind", "is_fallback"),
        ("jurisdiction", "chamber_code"),
        "chamber",
        "committee",
        "officials",
        "stances",
        "party",
        ("agency_name", "agency_name_fr"),
        ("agency_email", "agency_url"),
        "docket",
    )

    def get_queryset(self, request: Any) -> Any:
        parts = ("jurisdiction", "chamber__jurisdiction", "committee__jurisdiction")
        return super().get_queryset(request).select_related(*parts).prefetch_related("officials")
