from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.forms.contact import date_input
from advocacy.interactions.models import Strength
from members.access import people_visible_to


class FollowUpForm(forms.Form):
    """Hand a follow-up to a colleague, move its day, or reword it."""

    owner = forms.ModelChoiceField(label=_("Owner"), queryset=User.objects.none(), empty_label=None)
    due_on = forms.DateField(label=_("Due"), widget=date_input())
    text = forms.CharField(label=_("Details"), max_length=200, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people_visible_to(user)  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    reason = forms.CharField(label=_("Why is it not needed?"), max_length=200)


class FollowUpFilters(forms.Form):
    """Whose follow-ups, and which."""

    hide_optional = True

    show = forms.ChoiceField(
        label=_("Show"),
        choices=[("open", _("Open")), ("overdue", _("Overdue")), ("done", _("Done")), ("all", _("All"))],
        required=False,
    )
    whose = forms.ChoiceField(
        label=_("Whose"), choices=[("mine", _("Mine")), ("all", _("Everyone I can see"))], required=False
    )


_ONE_TO_FIVE = [(number, str(number)) for number in range(1, 6)]


class KeepInTouchForm(forms.Form):
    rhythm_days = forms.TypedChoiceField(
        label=_("Keep in touch every"),
        coerce=int,
        choices=[
            (30, _("30 days")),
            (60, _("60 days")),
            (90, _("90 days")),
            (180, _("180 days")),
            (365, _("year")),
        ],
        initial=90,
    )
    strength = forms.TypedChoiceField(
        label=_("How well do you know them?"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("Not said")), *Strength.choices],
        help_text=_("Your own judgement, with today's date. Nothing else ever changes it."),
    )
    willingness = forms.TypedChoiceField(
        label=_("How willing are they to act?"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("Not said")), *_ONE_TO_FIVE],
        help_text=_("1 not at all, 5 gladly."),
    )
    influence = forms.TypedChoiceField(
        label=_("How much influence do they have on our issues?"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", _("Not said")), *_ONE_TO_FIVE],
        help_text=_("1 little, 5 decisive."),
    )

    still_true = forms.BooleanField(
        label=_("Still true today"),
        required=False,
        help_text=_("A judgement counts for a year. Tick this to give the same one today's date."),
    )

    @property
    def is_judged(self) -> bool:
        """Whether a judgement was made or confirmed, and not only the rhythm changed."""
        said = {"strength", "willingness", "influence", "still_true"}
        return bool(self.cleaned_data["strength"] and said & set(self.changed_data))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("strength") is None and (cleaned.get("willingness") or cleaned.get("influence")):
            self.add_error("strength", _("Say first how well you know them."))
        return cleaned
