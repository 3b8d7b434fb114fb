"""Forms of an invitation: writing it, and answering it."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language, User
from advocacy.kernel.zones import ZONE_CHOICES
from members.actions.invitations import invitable_roles, may_invite
from members.models import Chapter, Invitation, Role
from members.models.role import CHAPTER_ROLES
from members.terms import TERM_KEYS, TERMS


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class InviteForm(forms.ModelForm):  # type: ignore[type-arg]  # generic only in the stubs
    """Whom to invite, to which role, where, from when. It offers only what its user may give."""

    class Meta:
        model = Invitation
        fields = ("email", "full_name", "language", "role", "chapter", "region", "starts_on", "ends_on")
        widgets = {"starts_on": _day_input(), "ends_on": _day_input()}
        help_texts = {"ends_on": _("For example 1 July after the last month of the term. Empty for no end.")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        offered = invitable_roles(by)
        self.fields["role"].choices = [  # type: ignore[attr-defined]  # a choice field, made from the model
            (role, label) for role, label in Role.choices if role in offered
        ]
        if all(chapters is None for chapters in offered.values()):
            return
        del self.fields["region"]
        own = {pk for chapters in offered.values() for pk in chapters or ()}
        chapter = self.fields["chapter"]
        chapter.queryset = Chapter.objects.filter(pk__in=own)  # type: ignore[attr-defined]  # as above
        chapter.required = True
        if len(own) == 1:
            chapter.initial = own.pop()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role, chapter = cleaned.get("role"), cleaned.get("chapter")
        if not role:
            return cleaned
        if role in CHAPTER_ROLES and chapter is None and "chapter" not in self.errors:
            self.add_error("chapter", _("Choose the chapter of this role."))
        elif role == Role.VICE_CHAIR and cleaned.get("region") is None:
            self.add_error("region", _("Choose the region of this vice chair."))
        elif not may_invite(self.by, role=role, chapter=chapter):
            self.add_error("role", _("You cannot invite people to this role here."))
        return cleaned

    def validate_unique(self) -> None:
        """The action says it better: the invitation may have expired, or only need sending again."""

    def validate_constraints(self) -> None:
        """As above."""


class TermsForm(forms.Form):
    """One box for each of the terms; all of them must be ticked, and none is ticked beforehand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for term in TERMS:
            self.fields[term.key] = forms.BooleanField(label=term.statement, help_text=term.explanation)

    def ticked(self) -> frozenset[str]:
        return frozenset(key for key in TERM_KEYS if self.cleaned_data.get(key))

    def term_fields(self) -> list[forms.BoundField]:
        return [self[term.key] for term in TERMS]


class NewcomerForm(TermsForm):
    """Opening an account from an invitation."""

    full_name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=ZONE_CHOICES,
        help_text=_("Due dates and times are shown as they are there."),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least twelve characters; a short sentence is good. A passkey can be added later."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if not password:
            return cleaned
        if password != cleaned.get("password_again"):
            self.add_error("password_again", _("The two passwords differ."))
        try:
            person = User(email=self.email, full_name=cleaned.get("full_name", ""))
            password_validation.validate_password(password, person)
        except ValidationError as error:
            self.add_error("password", error)
        return cleaned

    def account(self) -> dict[str, str]:
        """What `invitations.accept_as_newcomer` needs to open the account."""
        return {name: self.cleaned_data[name] for name in ("full_name", "language", "time_zone", "password")}
