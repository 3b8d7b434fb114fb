"""The filters of the grasstops contacts, one of them, and a line of their influence map."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User, UserQuerySet
from advocacy.coalitions.holders import owners_for
from advocacy.coalitions.models import Grasstops, OrganisationContact
from advocacy.coalitions.models.grasstops import GrasstopsQuerySet
from advocacy.interactions.forms.contact import date_input, describe_official
from advocacy.interactions.models import Basis
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField, RowsField
from advocacy.positions.models import Issue
from legislation.models import Official
from members.access import chapters_to_log_for, reach_of
from members.models import Chapter

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
    _ChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelForm = forms.ModelForm
    _ChoiceField = forms.ModelChoiceField

_SCORES = [("", "–"), *((number, str(number)) for number in range(1, 6))]


def _score(label: Any, *, required: bool = False, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=_SCORES, coerce=int, empty_value=None, required=required, help_text=help_text
    )


class GrasstopsFilters(forms.Form):
    """Which contacts to show. An unreadable value filters nothing."""

    hide_optional = True

    q = forms.CharField(
        label=_("Search by name or organization"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Search by name or organization")}),
    )
    chapter = forms.ModelChoiceField(
        label=_("Chapter"), queryset=Chapter.objects.none(), required=False, empty_label=_("Any")
    )
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Issue.objects.none(), required=False, empty_label=_("Any")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = Grasstops.objects.visible_to(user).order_by().values("chapter")
        self.fields["chapter"].queryset = Chapter.objects.filter(pk__in=shown).order_by("name", "pk")  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["topic"].queryset = Issue.objects.current()  # type: ignore[attr-defined]  # as above
        self.is_valid()

    def narrow(self, rows: GrasstopsQuerySet) -> GrasstopsQuerySet:
        said = self.cleaned_data
        rows = rows.search(said.get("q") or "")
        if said.get("chapter"):
            rows = rows.filter(chapter=said["chapter"])
        return rows.filter(topics=said["topic"]) if said.get("topic") else rows


class _PersonField(_ChoiceField):
    def label_from_instance(self, obj: OrganisationContact) -> str:
        return f"{obj.name} · {obj.organisation}"


class GrasstopsForm(_ModelForm):
    hide_optional = True

    contact = _PersonField(
        label=_("Person"),
        queryset=OrganisationContact.objects.none(),
        help_text=_("Not in the list? Add them to the page of their organization first."),
    )
    willingness = _score(_("Willingness to act"), help_text=_("From 1 to 5."))
    influence = _score(_("Influence"), help_text=_("From 1 to 5."))

    class Meta:
        model = Grasstops
        fields = (
            "contact", "chapter", "holders", "topics", "willingness", "influence", "meetings_a_year",
            "light_touches_a_year", "notes", "confidentiality", "ends_on",
        )  # fmt: skip
        widgets = {
            "holders": forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
            "topics": forms.CheckboxSelectMultiple(attrs={"class": "pills"}),
            "notes": forms.Textarea(attrs={"rows": 4}),
            "ends_on": date_input(),
        }
        field_classes: ClassVar = {"holders": RowsField, "topics": RowsField}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Of whom it speaks, and whose it is, does not change.
            del self.fields["contact"], self.fields["chapter"]
        else:
            self._begin(user)
        holders: Any = self.fields["holders"]
        holders.queryset = self._colleagues(user)
        topics: Any = self.fields["topics"]
        topics.queryset = Issue.objects.current()

    def _begin(self, user: User) -> None:
        people = OrganisationContact.objects.visible_to(user).select_related("organisation")
        contact: Any = self.fields["contact"]
        contact.queryset = people.order_by("name", "pk")
        chapter: Any = self.fields["chapter"]
        chapter.queryset = chapters_to_log_for(user).order_by("name", "pk")
        chapter.empty_label = None
        del self.fields["ends_on"]
        known = {"chapter": reach_of(user).primary_chapter_id, "holders": [user.pk]}
        self.initial = {**self.initial, **known}

    def _colleagues(self, user: User) -> Any:
        """Whoever could look after a partner, and those who hold the relationship now."""
        held = self.instance.holders.order_by().values("pk") if self.instance.pk else ()
        return (owners_for(user) | UserQuerySet(User).filter(pk__in=held)).order_by("full_name", "pk")

    def _get_validation_exclusions(self) -> set[str]:
        """One person once for a chapter, and no end before the beginning, also where those cannot be chosen."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own hook
        return excluded - {"contact", "chapter", "starts_on"}


class InfluenceForm(Part):
    """Officials whom they can reach in the same way: one line of the map for each."""

    officials = PickManyField(
        label=_("Which officials can they reach?"),
        suggest_url="legislation:official_suggest",
        search=lambda rows, text: rows.search(text, timezone.localdate()),
        describe=describe_official,
        placeholder=_("Name, district, state or committee"),
    )
    basis = forms.ChoiceField(
        label=_("How do they know each other?"),
        choices=Basis.choices,
        help_text=_("Of a patient or clinician, never say which."),
    )
    strength = _score(_("How well?"), required=True, help_text=_("From 1, met once, to 5, first-name terms."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officials: Any = self.fields["officials"]
        officials.offer(Official.objects.visible_to(user))
