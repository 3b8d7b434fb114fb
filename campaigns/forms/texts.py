"""The words of a campaign, both languages side by side, and for whom to see them filled in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advocacy.accounts.models import Language, User
from campaigns import tokens
from campaigns.models import Appeal, Message
from campaigns.preview import Texts
from campaigns.targeting import Office
from campaigns.tokens import Writer


class BothLanguages(forms.Form):
    """One text in each language. A language is left out by leaving its subject and its text empty."""

    hide_optional = True
    # The fields of one language, in their order, as the model has them.
    parts: Sequence[str] = ()
    model: type[Message] | type[Appeal]
    known: Any

    def __init__(self, *args: Any, rows: dict[str, Any], **kwargs: Any) -> None:
        """`rows`: what is written, by language; or what is proposed."""
        super().__init__(*args, **kwargs)
        for language in Language.values:
            for part in self.parts:
                field: Any = self.model._meta.get_field(part)
                made = field.formfield()
                made.required = False
                made.label = str(field.verbose_name).capitalize()
                made.widget.attrs |= {"lang": language} | ({"rows": 14} if part == "body" else {})
                self.fields[f"{part}_{language}"] = made
                if row := rows.get(language):
                    self.initial.setdefault(f"{part}_{language}", getattr(row, part))

    def clean(self) -> dict[str, Any]:
        for language in Language.values:
            texts = self.texts(language)
            if bool(texts["subject"]) != bool(texts["body"]):
                missing = "body" if texts["subject"] else "subject"
                self.add_error(f"{missing}_{language}", _("Fill in subject and text, or neither."))
            if texts.get("subject_b") and texts["subject_b"] == texts["subject"]:
                self.add_error(f"subject_b_{language}", _("The second subject is the same as the first."))
            for part in self.parts:
                self._look_at_tokens(f"{part}_{language}", texts[part])
        return self.cleaned_data

    def _look_at_tokens(self, name: str, text: str) -> None:
        for problem in tokens.problems(text, self.known):
            words = _("“%(name)s” is no token. The ones there are: %(known)s.")
            self.add_error(name, words % {"name": problem.name, "known": ", ".join(self.known)})

    def texts(self, language: str) -> dict[str, str]:
        """What was filled in for this language, by part."""
        return {part: self.cleaned_data.get(f"{part}_{language}", "") for part in self.parts}

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The fields by language, to be drawn side by side."""
        return [
            {"language": code, "label": label, "fields": [self[f"{part}_{code}"] for part in self.parts]}
            for code, label in Language.choices
        ]


class MessageForm(BothLanguages):
    """What supporters send."""

    parts = ("subject", "body", "prompt")
    model = Message
    known = tokens.LETTER_TOKENS

    def previewed(self) -> dict[str, Texts]:
        """What stands in the form now, saved or not."""
        found = {}
        for language in Language.values:
            texts = self.texts(language)
            if texts["subject"] or texts["body"]:
                found[language] = Texts(texts["subject"], texts["body"])
        return found


class AppealForm(BothLanguages):
    """Our mail to supporters."""

    parts = ("subject", "subject_b", "body")
    model = Appeal
    known = tokens.APPEAL_TOKENS


class PreviewForm(forms.Form):
    """Which office, and who writes."""

    hide_optional = True

    office = forms.ChoiceField(label=gettext_lazy("Office"), choices=[], required=False)
    writer = forms.CharField(label=gettext_lazy("Who writes"), max_length=150, required=False)
    town = forms.CharField(label=gettext_lazy("Where they live"), max_length=100, required=False)

    def __init__(self, *args: Any, offices: Sequence[Office], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {str(number): office for number, office in enumerate(offices)}
        self.user = user
        self.fields["office"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (key, _office_label(office)) for key, office in self.offices.items()
        ]
        self.initial = {"writer": str(user), "town": _("Springfield"), **self.initial}

    @property
    def is_possible(self) -> bool:
        return bool(self.offices)

    def chosen(self) -> tuple[Office, Writer]:
        """What was asked for; the first office and oneself where nothing readable was."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        office = self.offices[said.get("office") or next(iter(self.offices))]
        name = said.get("writer") or self.initial["writer"]
        return office, Writer(name, said.get("town") or self.initial["town"])


def _office_label(office: Office) -> str:
    if office.official is None:
        return office.rule.agency_name
    return f"{office.official} · {office.seat}" if office.seat else str(office.official)
