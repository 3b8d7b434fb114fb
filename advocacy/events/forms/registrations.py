"""What somebody says who comes to an Advocacy Day, and where they are a constituent."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import User
from advocacy.events import constituency
from advocacy.events.actions.registrations import Districts
from advocacy.events.constituency import Located
from advocacy.events.models import AdvocacyEvent, Registration
from advocacy.kernel.postal import NotUnderstood, Query, parse
from legislation.lookup.answer import Group
from members.models import Chapter

KNOWN, SAVED, TYPED, NONE = "known", "saved", "typed", "none"
SAID = (
    "phone", "employer", "chapter", "language", "speaks_english", "speaks_french", "is_first_timer",
    "wished_role", "topics", "arrives_at", "leaves_at", "access_needs", "diet", "photo_consent",
)  # fmt: skip


def _time_input() -> forms.TimeInput:
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class RegistrationForm(forms.ModelForm):  # type: ignore[type-arg]  # the stub's argument is not there when it runs
    """One person's registration. `districts` is what was found, once the form is valid; None leaves what is known.

    `located` is what the look-up says: its open chambers become fields, so that somebody picks and nothing is guessed.
    """

    whereabouts = forms.ChoiceField(
        label=gettext_lazy("Your districts"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("They tell which offices you speak to as a constituent. No address is kept."),
    )
    place = forms.CharField(
        label=gettext_lazy("ZIP code, postal code or street address"),
        max_length=300,
        required=False,
        help_text=gettext_lazy(
            "A street address with its city finds the district for certain. It is not kept."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
    )
    seal = forms.CharField(required=False, widget=forms.HiddenInput)

    # Looking up a place draws the form again, half filled: only what somebody wants to save is judged.
    is_judged = True

    class Meta:
        model = Registration
        fields: tuple[str, ...] = SAID
        widgets = {"arrives_at": _time_input(), "leaves_at": _time_input()}

    def __init__(
        self, *args: Any, event: AdvocacyEvent, day: date, user: User | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.day = event, day
        self.saved = constituency.of_saved_place(user, day) if user else None
        self.looked_up = constituency.opened(self.data.get("seal", ""), event) if self.is_bound else None
        self.located: Located | None = None
        self.query: Query | None = None
        self.fields["chapter"].queryset = self._chapters(user)  # type: ignore[attr-defined]  # a ModelChoiceField
        self.fields["chapter"].required = False
        self.fields["whereabouts"].choices = self._ways()  # type: ignore[attr-defined]  # a ChoiceField
        self.initial = {"whereabouts": self._usual_way(), **self.initial}

    @property
    def errors(self) -> ErrorDict:
        found = super().errors
        return found if self.is_judged else ErrorDict()

    def _chapters(self, user: User | None) -> Any:
        hosts = Q(advocacy_events=self.event.pk) | Q(pk=self.instance.chapter_id)
        held = Q(roles__person=user.pk) if user else Q(pk=None)
        return Chapter.objects.filter(hosts | held).order_by("name", "pk").distinct()

    def _ways(self) -> list[tuple[str, str]]:
        ways = []
        if self.instance.pk and self.instance.method:
            names = ", ".join(str(one) for one in self.instance.districts.all())
            ways.append((KNOWN, _("As they are known: %(districts)s") % {"districts": names}))
        if self.saved:
            names = ", ".join(constituency.names_of(self.saved))
            ways.append((SAVED, _("Those of my saved place: %(districts)s") % {"districts": names}))
        if self.looked_up:
            names = ", ".join(constituency.names_of(self.looked_up))
            ways.append((TYPED, _("As just looked up: %(districts)s") % {"districts": names}))
        else:
            ways.append((TYPED, _("Found by this code or address:")))
        return [*ways, (NONE, _("None: I join a team, but no office meets me as its constituent"))]

    def _usual_way(self) -> str:
        if self.instance.pk and not self.instance.method:
            return NONE
        return str(self.fields["whereabouts"].choices[0][0])  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("whereabouts") == TYPED:
            self._parse(said.get("place", ""))
        return said

    def _parse(self, text: str) -> None:
        if not text.strip():
            if self.looked_up is None:
                self.add_error(
                    "place", _("Enter a code or an address, or choose that you come without districts.")
                )
            return
        try:
            self.query = parse(text)
        except NotUnderstood as refusal:
            self.add_error("place", str(refusal))

    def look_up(self, *, ask: bool) -> bool:
        """Find what was typed. False where a district of this day stays open; then the form asks for it."""
        if self.query is None:
            return True
        self.located = constituency.locate(
            self.query, self.event, day=self.day, picks=picks_in(self.data), ask=ask
        )
        if self.located.is_settled:
            return True
        for group in self.located.open:
            self._offer(group)
        if not self.located.open:
            # Sentences of the look-up, which say what to do.
            self.add_error(
                "place", " ".join(self.located.remarks) or _("No district was found for this place.")
            )
        else:
            self.add_error(
                "place", _("It lies in several districts. Choose yours below, or enter a street address.")
            )
        return False

    def _offer(self, group: Group) -> None:
        options = [(str(one.division.pk), str(one.division)) for one in group.candidates]
        self.fields[pick_name(group)] = forms.ChoiceField(
            label=group.name,
            choices=[*options, ("0", _("I do not know"))],
            widget=forms.RadioSelect,
            required=False,
        )

    @property
    def districts(self) -> Districts | None:
        """Those of the way that was chosen. The code or address they were found by is not among them."""
        way = self.cleaned_data.get("whereabouts")
        if way == KNOWN:
            return None
        if way == SAVED:
            return self.saved
        if way == TYPED:
            return self.located.districts if self.located else self.looked_up
        return Districts()

    def said(self) -> dict[str, Any]:
        return {
            name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data
        }


class GuestForm(RegistrationForm):
    """Somebody without an account: their name and address too.

    The event is not a field, so the form does not tell whether an address is on its list: who is gets a mail.
    """

    class Meta(RegistrationForm.Meta):
        fields = ("name", "email", *SAID)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # The address is what was proven.
            del self.fields["email"]

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in name) or not any(
            map(str.isalpha, name)
        ):
            raise forms.ValidationError(_("Enter the name as it shall stand on a badge."))
        return name


class ByHandForm(GuestForm):
    """Whoever runs the day puts somebody on the list, or corrects what is on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["whereabouts"].label = _("Districts")
        self.fields["whereabouts"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, _("None: in a team, but nobody’s constituent") if key == NONE else label)
            for key, label in self._ways()
        ]
        if self.instance.person_id:
            # A colleague's name is that of their account.
            del self.fields["name"]


def picks_in(sent: Mapping[str, Any]) -> dict[int, int]:
    """The districts that were picked, by chamber: 0 where somebody does not know."""
    found = {}
    for name in sent:
        chamber, value = name.removeprefix("district_"), str(sent[name])
        if chamber != name and chamber.isdecimal() and value.isdecimal():
            found[int(chamber[:18])] = int(value[:18])
    return found


def pick_name(group: Group) -> str:
    return f"district_{group.chamber.pk if group.chamber else 0}"
