"""What the teams ask on the day."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.events.actions import asks
from advocacy.events.models import AdvocacyEvent, EventAsk
from advocacy.interactions.models import AskKind
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField
from advocacy.positions.models import Issue
from legislation import suggestions
from legislation.models import Measure


class AskForm(Part):
    """One request, on a measure under an approved position, or on an issue."""

    kind = forms.ChoiceField(label=gettext_lazy("Ask"), choices=AskKind.choices)
    text = forms.CharField(
        label=gettext_lazy("In our words"),
        max_length=200,
        help_text=gettext_lazy("One sentence that everybody in the team can say."),
    )
    text_fr = forms.CharField(label=gettext_lazy("In our words, in French"), max_length=200, required=False)
    measure: PickManyField[Measure] = PickManyField(
        label=gettext_lazy("Measure"),
        suggest_url="tracking:measure_suggest",
        search=suggestions.likeliest_measures,
        describe=lambda measure: suggestions.describe_measure(measure)[1:],
        placeholder=gettext_lazy("Number or title, for example HB 210"),
        help_text=gettext_lazy("Then we ask only under an approved position."),
        required=False,
    )
    issue = forms.ModelChoiceField(
        label=gettext_lazy("Or an issue"), queryset=Issue.objects.none(), required=False
    )
    order = forms.IntegerField(label=gettext_lazy("Order"), min_value=1, max_value=9, required=False)

    def __init__(
        self, *args: Any, user: User, event: AdvocacyEvent, ask: EventAsk | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.event = event
        measures = Measure.objects.visible_to(user).select_related("session__jurisdiction")
        self.fields["measure"].offer(measures)  # type: ignore[attr-defined]  # a picker
        self.fields["measure"].widget.multiple = False
        self.fields["issue"].queryset = Issue.objects.all()  # type: ignore[attr-defined]  # a ModelChoiceField
        if ask:
            known = {name: getattr(ask, name) for name in ("kind", "text", "text_fr", "issue", "order")}
            self.initial = {**known, "measure": [ask.measure] if ask.measure else [], **self.initial}

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = list(said.get("measure") or [])
        if len(chosen) > 1:
            self.add_error("measure", _("Choose one measure."))
        elif chosen and said.get("issue"):
            self.add_error("issue", _("An ask is about a measure or an issue, not both."))
        elif chosen and (why_not := asks.why_not(self.event, chosen[0])):
            self.add_error("measure", why_not)
        return said

    def said(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in ("kind", "text", "text_fr", "issue")}
        said["measure"] = next(iter(self.cleaned_data.get("measure") or []), None)
        if order := self.cleaned_data.get("order"):
            said["order"] = order
        return said
