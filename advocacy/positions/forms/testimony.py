"""Registering testimony, and writing down how it went."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.positions.forms.hearings import HearingField
from advocacy.positions.models import Position, Testimony, TestimonySide, sides_of
from legislation.models import Measure
from members.access import people_visible_to
from members.models import Chapter

_DELIVERED = [("", _("Not known yet")), ("true", _("Yes")), ("false", _("No"))]


def _link() -> forms.URLField:
    return forms.URLField(
        label=_("Link to the text"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Where the text is kept elsewhere."),
    )


def _when() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class RegisterForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's class takes no argument at run time
    """For one holder, under its approved position: only the sides that go with it are offered."""

    hearing = HearingField()
    link = _link()

    class Meta:
        model = Testimony
        fields = ("person", "form", "side", "organisation", "hearing", "text", "link", "submitted_at")
        widgets = {"text": forms.Textarea(attrs={"rows": 8}), "submitted_at": _when()}

    def __init__(
        self,
        *args: Any,
        user: User,
        measure: Measure,
        chapter: Chapter | None,
        position: Position,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        people = people_visible_to(user).filter(is_active=True).order_by("full_name", "pk")
        self._offer("person", people)
        self.fields["hearing"].offer(user, measure)  # type: ignore[attr-defined]  # a HearingField
        sides = sides_of(position)
        choices = [choice for choice in TestimonySide.choices if choice[0] in sides]
        self.fields["side"] = forms.ChoiceField(label=_("Side"), choices=choices)
        self.initial.setdefault("person", user.pk)
        self.initial.setdefault("organisation", str(chapter) if chapter else "")

    def _offer(self, name: str, rows: Any) -> None:
        self.fields[name].queryset = rows  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        hearing = cleaned.get("hearing")
        known = Testimony.objects.filter(
            measure=self.measure, person=cleaned.get("person"), form=cleaned.get("form"), hearing=hearing
        )
        if hearing and known.exists():
            raise forms.ValidationError(_("This person's testimony is registered for this hearing already."))
        return cleaned

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}


class ReceptionForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """How it went: what is known only afterwards."""

    link = _link()

    class Meta:
        model = Testimony
        fields = ("text", "link", "submitted_at", "was_delivered", "reception")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 8}),
            "submitted_at": _when(),
            "was_delivered": forms.Select(choices=_DELIVERED),
            "reception": forms.Textarea(attrs={"rows": 3}),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("reception") and not cleaned.get("was_delivered"):
            self.add_error("was_delivered", _("How it was received is known once it was delivered."))
        return cleaned

    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or ()}
