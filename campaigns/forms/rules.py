"""One rule of whom supporters write to: each kind asks for its own fields."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField
from campaigns.models import NEEDED_BY, RuleKind, TargetGroup, TargetRule
from legislation import suggestions
from legislation.models import Chamber, ChamberCode, Committee, Jurisdiction, Official, PartyAffiliation
from members.access import jurisdictions_worked_with, reach_of

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[TargetRule]
else:
    _ModelForm = forms.ModelForm
_FIELDS: dict[str, tuple[str, ...]] = {
    RuleKind.MY_REPRESENTATIVES: ("jurisdiction", "chamber_code"),
    RuleKind.CHAMBER: ("chamber",),
    RuleKind.COMMITTEE: ("committee",),
    RuleKind.SPONSORS: (),
    RuleKind.NOT_SPONSORS: ("chamber",),
    RuleKind.STANCE: ("stances", "chamber"),
    RuleKind.NAMED: ("officials",),
    RuleKind.AGENCY: (
        "agency_name",
        "agency_name_fr",
        "agency_email",
        "agency_url",
        "docket",
        "jurisdiction",
    ),
}
_WITHOUT_PARTY = (RuleKind.AGENCY, RuleKind.NAMED)
# The chambers whose members one can have as one's own.
_OWN = (ChamberCode.UPPER, ChamberCode.LOWER, ChamberCode.LEGISLATURE)


def fields_of(kind: str, *, with_party: bool) -> set[str]:
    """What a rule of this kind says. Party is asked of staff only, and never where a party has no meaning."""
    asked = {*_FIELDS[kind], "is_fallback"}
    return asked | {"party"} if with_party and kind not in _WITHOUT_PARTY else asked


class RuleForm(Part, _ModelForm):
    """The fields of the rule's kind."""

    officials: PickManyField[Official] = PickManyField(
        label=gettext_lazy("Named officials"),
        suggest_url="legislation:official_suggest",
        search=lambda rows, text: rows.search(text, timezone.localdate()),
        describe=lambda official: suggestions.describe_official(official, timezone.localdate())[1:],
        placeholder=gettext_lazy("Name, district, state or committee"),
        required=False,
    )
    committee = forms.ModelChoiceField(
        label=gettext_lazy("Committee"), queryset=Committee.objects.none(), required=False
    )
    stances = forms.MultipleChoiceField(
        label=gettext_lazy("Who stand here"),
        choices=[one for one in TargetGroup.choices if one[0] != TargetGroup.EVERYONE],
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
        help_text=gettext_lazy("By the stances in our log that are shared."),
    )
    chamber_code = forms.ChoiceField(
        label=gettext_lazy("Only this chamber"),
        choices=[("", gettext_lazy("Every chamber")), *((one.value, one.label) for one in _OWN)],
        required=False,
    )
    agency_url = forms.URLField(
        label=gettext_lazy("Web form"), max_length=500, required=False, assume_scheme="https"
    )

    class Meta:
        model = TargetRule
        fields = (
            "jurisdiction", "chamber_code", "chamber", "committee", "officials", "stances", "agency_name",
            "agency_name_fr", "agency_email", "agency_url", "docket", "party", "is_fallback",
        )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.instance.kind
        asked = fields_of(kind, with_party=reach_of(user).is_staff)
        for name in set(self.fields) - asked:
            del self.fields[name]
        if required := NEEDED_BY.get(kind):
            self.fields[required].required = True
        self._offer(user)
        if self.instance.pk and "officials" in self.fields:
            self.initial["officials"] = [one.pk for one in self.instance.officials.all()]

    def _offer(self, user: User) -> None:
        places = jurisdictions_worked_with(user).order_by().values("pk")
        offers: dict[str, Any] = {
            "jurisdiction": Jurisdiction.objects.filter(pk__in=places).order_by("name", "pk"),
            "chamber": Chamber.objects.filter(jurisdiction__in=places).select_related("jurisdiction"),
            "committee": Committee.objects.visible_to(user)
            .filter(jurisdiction__in=places)
            .select_related("jurisdiction"),
        }
        for name in offers.keys() & self.fields.keys():
            field: Any = self.fields[name]
            field.queryset = offers[name]
            field.empty_label = _("Any") if not field.required else _("Choose one")
        if self.instance.kind == RuleKind.AGENCY:
            self.fields["jurisdiction"].help_text = _("Whose agency it is.")
        if "officials" in self.fields:
            picked: Any = self.fields["officials"]
            picked.offer(Official.objects.visible_to(user).with_seats())
        if "party" in self.fields:
            parties = PartyAffiliation.objects.visible_to(user).order_by("party")
            names = parties.values_list("party", flat=True).distinct()
            choices = [("", _("Every party")), *((name, name) for name in names)]
            self.fields["party"].widget = forms.Select(choices=choices)

    def rule(self) -> TargetRule:
        """As it shall be kept."""
        return self.instance
