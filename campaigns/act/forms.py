"""The two steps of the public form: who somebody is and where they live; then the letters, each with its way."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from advocacy.kernel.postal import NotUnderstood, Query, parse
from campaigns import consent_words
from campaigns.act.drafts import Draft, joined, lines
from campaigns.act.ground import Ground
from campaigns.act.offices import WAYS, OfficeToWrite, ways_to
from campaigns.act.shown import Shown
from campaigns.actions.letters import Written
from campaigns.models import Method
from legislation.lookup.answer import Group

_LONGEST_TEXT = 20_000
# Fewer words than these are no paragraph of one's own.
_FEWEST_OWN_WORDS = 4


class WhoForm(forms.Form):
    """Step one. Nothing of it is kept until the letter is sent. `query` is the place as it was understood."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=100,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy("We mail you a link to confirm it. The office answers to it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    place = forms.CharField(
        label=gettext_lazy("ZIP code, postal code or street address"),
        max_length=300,
        help_text=gettext_lazy("It tells who represents you. A street address is looked up and not kept."),
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "spellcheck": "false"}),
    )
    query: Query

    def clean_name(self) -> str:
        name = " ".join(str(self.cleaned_data["name"]).split())
        if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in name) or not any(
            sign.isalpha() for sign in name
        ):
            raise forms.ValidationError(_("Enter your name as you would sign a letter."))
        return name

    def clean_place(self) -> str:
        try:
            self.query = parse(self.cleaned_data["place"])
        except NotUnderstood as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return str(self.cleaned_data["place"])


class WhichForm(forms.Form):
    """Between the steps, where a code lies in several districts: the supporter picks, or gives an address."""

    hide_optional = True

    def __init__(self, *args: Any, groups: list[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for group in groups:
            options = [(str(one.division.pk), _candidate(one)) for one in group.candidates]
            self.fields[_pick_name(group)] = forms.ChoiceField(
                label=group.name,
                choices=[*options, ("0", _("I do not know"))],
                widget=forms.RadioSelect,
                required=False,
            )


def picks_in(sent: Any) -> dict[int, int]:
    """The districts that were picked, by chamber: 0 where somebody does not know."""
    found = {}
    for name, value in sent.items():
        chamber = name.removeprefix("district_")
        if chamber != name and chamber.isdecimal() and str(value).isdecimal():
            found[int(chamber[:18])] = int(str(value)[:18])
    return found


def _pick_name(group: Group) -> str:
    return f"district_{group.chamber.pk if group.chamber else 0}"


def _candidate(one: Any) -> str:
    people = [member.holder.line.name for office in one.offices for member in office.members]
    return f"{one.division} – {', '.join(people)}" if people else str(one.division)


class LettersForm(forms.Form):
    """Step two. One part for each office; the paragraph of their own is written once and joins each letter."""

    hide_optional = True

    def __init__(
        self, *args: Any, shown: Shown, ground: Ground, drafts: dict[int, Draft], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.shown, self.offices, self.drafts = shown, ground.offices, drafts
        prompt = next((one.prompt for one in drafts.values() if one.prompt), "")
        if not shown.is_call:
            self.fields["own_words"] = forms.CharField(
                label=_("Your own words"),
                required=shown.needs_own_words,
                max_length=5_000,
                help_text=prompt or _("Why it matters to you, in a sentence or two."),
                widget=forms.Textarea(attrs={"rows": 4, "data-own-words": ""}),
            )
        for office in ground.offices:
            self._add(office, drafts[office.pk])
        self.fields["acknowledged"] = forms.BooleanField(
            label=consent_words.acknowledgement(),
            error_messages={"required": _("Confirm this to take part.")},
        )
        self.fields["news"] = forms.BooleanField(label=ground.consent_words, required=False)

    def _add(self, office: OfficeToWrite, draft: Draft) -> None:
        ways = ways_to(office, self.shown)
        if not ways:
            return
        pk = office.pk
        if len(self.offices) > 1:
            self.fields[f"to_{pk}"] = forms.BooleanField(
                label=_("Write to this office"), required=False, initial=True
            )
        if not self.shown.is_call:
            self.fields[f"subject_{pk}"] = forms.CharField(
                label=_("Subject"), max_length=300, initial=draft.subject, required=False
            )
            self.fields[f"text_{pk}"] = forms.CharField(
                label=_("Letter"),
                max_length=_LONGEST_TEXT,
                initial=draft.body,
                required=False,
                widget=forms.Textarea(attrs={"rows": 12, "lang": draft.language, "data-letter": ""}),
            )
        self.fields[f"way_{pk}"] = forms.ChoiceField(
            label=_("How do you send it?"),
            choices=[(way.value, WAYS[way]) for way in ways],
            initial=ways[0],
            widget=forms.RadioSelect if len(ways) > 1 else forms.HiddenInput,
        )

    @property
    def parts(self) -> list[dict[str, Any]]:
        """For the template: each office with its fields."""
        return [self._part(office) for office in self.offices]

    def _part(self, office: OfficeToWrite) -> dict[str, Any]:
        names = ("to", "subject", "text", "way")
        fields = {name: self[f"{name}_{office.pk}"] for name in names if f"{name}_{office.pk}" in self.fields}
        draft = self.drafts[office.pk]
        only = fields["way"].initial if "way" in fields else ""
        has_one_way = "way" in fields and len(self.fields[f"way_{office.pk}"].choices) == 1  # type: ignore[attr-defined]
        return {
            "office": office,
            "draft": draft,
            "only_way": WAYS[Method(only)] if has_one_way else "",
            **{name: fields.get(name) for name in names},
        }

    @property
    def button(self) -> str:
        """What pressing does: where every way is the supporter's own, the portal sends nothing."""
        if self.shown.is_petition:
            return _("Sign")
        ways = {way for office in self.offices for way in ways_to(office, self.shown)}
        return _("Send") if Method.PORTAL_EMAIL in ways else _("Go on")

    @property
    def common_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("acknowledged", "news")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        own_words = cleaned.get("own_words", "")
        if self.shown.needs_own_words and own_words and len(own_words.split()) < _FEWEST_OWN_WORDS:
            self.add_error(
                "own_words", _("Write a whole sentence: offices weigh what people say themselves.")
            )
        if not self.shown.is_petition and not self._chosen():
            self.add_error(None, _("Choose at least one office."))
        if not (self.shown.is_call or self.shown.is_petition):
            for office in self._chosen():
                self._check_text(office, own_words)
        return cleaned

    def _check_text(self, office: OfficeToWrite, own_words: str) -> None:
        name, limit = f"text_{office.pk}", self.shown.word_limit
        for one in (name, f"subject_{office.pk}"):
            if one not in self.errors and not str(self.cleaned_data.get(one, "")).strip():
                self.add_error(one, _("It is empty."))
        count = len(joined(self.cleaned_data.get(name, ""), own_words).split())
        if limit and count > limit:
            words = ngettext(
                "This office takes %(limit)d word; with your own paragraph these are %(count)d.",
                "This office takes %(limit)d words; with your own paragraph these are %(count)d.",
                limit,
            )
            self.add_error(name, words % {"limit": limit, "count": count})

    def _chosen(self) -> list[OfficeToWrite]:
        return [
            one
            for one in self.offices
            if f"way_{one.pk}" in self.fields
            and (f"to_{one.pk}" not in self.fields or self.cleaned_data.get(f"to_{one.pk}"))
        ]

    @property
    def written(self) -> tuple[Written, ...]:
        """What is to be sent, once the form is valid. A call has the script as its text."""
        return tuple(self._written(one) for one in self._chosen())

    def _written(self, office: OfficeToWrite) -> Written:
        draft, said = self.drafts[office.pk], self.cleaned_data
        own_words = said.get("own_words", "")
        return Written(
            target_id=office.pk,
            method=Method(said[f"way_{office.pk}"]),
            subject=" ".join(said.get(f"subject_{office.pk}", draft.subject).split()),
            text=joined(said.get(f"text_{office.pk}", draft.body), own_words),
            ours=draft.body,
        )

    @property
    def paragraph(self) -> str:
        return lines(self.cleaned_data.get("own_words", ""))


def kept_texts(sent: Any, offices: list[OfficeToWrite]) -> list[tuple[OfficeToWrite, str]]:
    """What somebody wrote to offices that are not written to any more: shown again, so that it is not lost."""
    return [(one, text) for one in offices if (text := str(sent.get(f"text_{one.pk}", "")).strip())]


def targets_in(sent: Any) -> set[int]:
    """The targets a form speaks of."""
    names = (name.removeprefix("way_") for name in sent if name.startswith("way_"))
    return {int(name[:18]) for name in names if name.isdecimal()}
