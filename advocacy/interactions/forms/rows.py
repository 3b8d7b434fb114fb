"""The repeatable blocks of the log form: people we met for the first time, asks, and promises."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.interactions.entry import AskMade, Met, Promise
from advocacy.interactions.models import (
    AskKind,
    AskResponse,
    CommitmentSide,
    FollowUpKind,
    Level,
    Stance,
    StanceEvidence,
)
from advocacy.interactions.models.ask import PROVABLE
from advocacy.kernel.form_part import Part
from advocacy.positions.models import Issue
from legislation.models import Measure, Official

_NOTHING = [("", "---------")]


class NewPersonForm(Part):
    """Somebody of the office who is not on record yet."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    level = forms.ChoiceField(
        label=_("Role"),
        choices=[*_NOTHING, *(c for c in Level.choices if c[0] != Level.OFFICIAL)],
        required=False,
    )
    email = forms.EmailField(label=_("E-mail"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("name") and not cleaned.get("level"):
            self.add_error("level", _("Choose the role of the person you met."))
        if not cleaned.get("name") and (cleaned.get("level") or cleaned.get("email")):
            self.add_error("name", _("Give a name, or “Staff member” when you do not know it."))
        return cleaned

    def met(self) -> Met | None:
        cleaned = self.cleaned_data
        if not cleaned.get("name"):
            return None
        return Met(level=cleaned["level"], name=cleaned["name"], email=cleaned["email"])


class AskForm(Part):
    """One request, what it was about, and the answer."""

    kind = forms.ChoiceField(label=_("Ask"), choices=[*_NOTHING, *AskKind.choices], required=False)
    about = forms.ChoiceField(
        label=_("About"),
        required=False,
        help_text=_("A measure or an issue chosen above. With only one, it is taken by itself."),
    )
    text = forms.CharField(label=_("In our words"), max_length=200, required=False)
    response = forms.ChoiceField(
        label=_("Response"), choices=[*_NOTHING, *AskResponse.choices], required=False
    )
    stance = forms.ChoiceField(label=_("Stance after"), choices=[*_NOTHING, *Stance.choices], required=False)
    evidence = forms.ChoiceField(
        label=_("How we know"), choices=[*_NOTHING, *StanceEvidence.choices], required=False
    )
    reason_given = forms.CharField(label=_("Reason they gave"), max_length=300, required=False)
    official = forms.ModelChoiceField(
        label=_("Asked of"),
        queryset=Official.objects.none(),
        required=False,
        empty_label=_("The first office"),
    )
    is_secondary = forms.BooleanField(label=_("A supporting ask"), required=False)

    def offer(self, officials: list[Official], measures: list[Measure], issues: list[Issue]) -> None:
        """What the rest of the form has chosen is what an ask can be about, and whom it went to."""
        self.topics: dict[str, Measure | Issue] = {f"measure:{measure.pk}": measure for measure in measures}
        self.topics |= {f"issue:{issue.pk}": issue for issue in issues}
        self.officials = officials
        self.fields["about"].choices = [*_NOTHING, *((key, str(topic)) for key, topic in self.topics.items())]  # type: ignore[attr-defined]
        self.fields["official"].queryset = Official.objects.filter(pk__in=[o.pk for o in officials])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not cleaned.get("kind"):
            if any(cleaned.get(name) for name in ("response", "text", "stance", "reason_given")):
                self.add_error("kind", _("Choose what was asked."))
            return cleaned
        if not cleaned.get("response"):
            self.add_error("response", _("Choose what they answered; “No answer” is an answer too."))
        if bool(cleaned.get("stance")) != bool(cleaned.get("evidence")):
            missing = "evidence" if cleaned.get("stance") else "stance"
            self.add_error(missing, _("Give a stance together with how we know it."))
        if cleaned.get("stance") and not self._topic():
            self.add_error("about", _("Choose the measure or issue that the stance is on."))
        return cleaned

    def _topic(self) -> Measure | Issue | None:
        chosen = self.topics.get(self.cleaned_data.get("about") or "")
        if chosen is None and len(self.topics) == 1:
            return next(iter(self.topics.values()))
        return chosen

    def made(self) -> AskMade | None:
        cleaned = self.cleaned_data
        if not cleaned.get("kind"):
            return None
        topic = self._topic()
        return AskMade(
            kind=cleaned["kind"],
            response=cleaned.get("response") or AskResponse.NO_ANSWER,
            official=cleaned.get("official") or next(iter(self.officials), None),
            measure=topic if isinstance(topic, Measure) else None,
            issue=topic if isinstance(topic, Issue) else None,
            text=cleaned["text"],
            is_primary=not cleaned["is_secondary"],
            reason_given=cleaned["reason_given"],
            stance=cleaned["stance"],
            evidence=cleaned["evidence"],
        )


class PromiseForm(Part):
    """Something promised; ours becomes a follow-up."""

    side = forms.ChoiceField(
        label=_("Who promised"), choices=[*_NOTHING, *CommitmentSide.choices], required=False
    )
    text = forms.CharField(label=_("What was promised"), max_length=200, required=False)
    check_back_on = forms.DateField(
        label=_("Due or check back on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    kind = forms.ChoiceField(
        label=_("Our follow-up"), choices=[*_NOTHING, *FollowUpKind.choices], required=False
    )
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.none(), required=False, empty_label=_("Me")
    )
    shown_by = forms.ChoiceField(
        label=_("They promised to"),
        choices=[*_NOTHING, *((kind, kind.label) for kind in PROVABLE)],
        required=False,
        help_text=_("Then the public record closes it when it shows that they did."),
    )
    about = forms.ChoiceField(
        label=_("On which measure"),
        required=False,
        help_text=_("One chosen above. With only one, it is taken by itself."),
    )

    def offer(self, people: Any, officials: list[Official], measures: list[Measure]) -> None:
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        self.officials = officials
        self.measures = {str(measure.pk): measure for measure in measures}
        self.fields["about"].choices = [*_NOTHING, *((key, str(one)) for key, one in self.measures.items())]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        given = [name for name in ("side", "text", "check_back_on") if cleaned.get(name)]
        if given and len(given) < 3:
            missing = next(name for name in ("side", "text", "check_back_on") if not cleaned.get(name))
            if missing not in self.errors:
                self.add_error(missing, _("A promise needs who made it, what it is, and a day."))
        if cleaned.get("shown_by"):
            self._check_shown(cleaned)
        return cleaned

    def _check_shown(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("side") and cleaned["side"] != CommitmentSide.THEM:
            self.add_error("shown_by", _("The public record shows what they do, not what we do."))
        elif not self.officials:
            self.add_error("shown_by", _("Choose which official promised it."))
        elif not self._measure():
            self.add_error("about", _("Choose the measure that it is about."))

    def _measure(self) -> Measure | None:
        chosen = self.measures.get(self.cleaned_data.get("about") or "")
        only = next(iter(self.measures.values())) if len(self.measures) == 1 else None
        return chosen or only

    def promise(self) -> Promise | None:
        cleaned = self.cleaned_data
        if not (cleaned.get("side") and cleaned.get("text") and cleaned.get("check_back_on")):
            return None
        return Promise(
            side=cleaned["side"],
            text=cleaned["text"],
            check_back_on=cleaned["check_back_on"],
            kind=cleaned["kind"],
            owner=cleaned["owner"],
            official=next(iter(self.officials), None) if cleaned["shown_by"] else None,
            shown_by=cleaned["shown_by"],
            measure=self._measure() if cleaned["shown_by"] else None,
        )


MOST_ROWS = 20
# Whoever says that there are thousands is told so beside one row too many, and not beside a thousand of them.
_ROWS_READ = MOST_ROWS + 1
NewPeople = forms.formset_factory(
    NewPersonForm,
    extra=0,
    min_num=1,
    max_num=MOST_ROWS,
    absolute_max=_ROWS_READ,
    validate_max=True,
    can_delete=True,
)
Asks = forms.formset_factory(
    AskForm,
    extra=0,
    min_num=1,
    max_num=MOST_ROWS,
    absolute_max=_ROWS_READ,
    validate_max=True,
    can_delete=True,
)
Promises = forms.formset_factory(
    PromiseForm,
    extra=0,
    min_num=0,
    max_num=MOST_ROWS,
    absolute_max=_ROWS_READ,
    validate_max=True,
    can_delete=True,
)
