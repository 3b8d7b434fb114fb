"""Forms of the directory and of one's own profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from members.actions.people import PROFILE_FIELDS
from members.models import Chapter, Region, Role


class PeopleFilterForm(forms.Form):
    """What the directory can be narrowed to."""

    hide_optional = True

    q = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Name or e-mail")}),
    )
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Any role")), *Role.choices])
    chapter = forms.ModelChoiceField(
        label=_("Chapter"),
        required=False,
        queryset=Chapter.objects.none(),
        to_field_name="slug",
        empty_label=_("Any chapter"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chapter = self.fields["chapter"]
        chapter.queryset = Chapter.objects.visible_to(user)  # type: ignore[attr-defined]


class ChapterFilterForm(forms.Form):
    """What the list of chapters can be narrowed to."""

    hide_optional = True

    q = forms.CharField(
        label=_("Name or place"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Chapter, state or province")}),
    )
    region = forms.ModelChoiceField(
        label=_("Region"), required=False, queryset=Region.objects.all(), empty_label=_("Any region")
    )


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """What people say about themselves. The e-mail address has a page of its own, because it must be
    proven.
    """

    class Meta:
        model = User
        fields = PROFILE_FIELDS
        widgets = {"full_name": forms.TextInput(attrs={"autocomplete": "name"})}
