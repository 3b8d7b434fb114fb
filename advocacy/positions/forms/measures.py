"""Putting a measure on record by hand, and saying how two belong together."""

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import User
from advocacy.kernel.form_part import Part
from advocacy.kernel.picking import PickManyField, row_keys
from advocacy.positions.actions import measures
from advocacy.positions.actions.measures import NewMeasure
from advocacy.positions.forms.tracking import HolderField
from legislation.models import LegislativeSession, Measure, MeasureKind, RelationKind
from legislation.models.measure import number_key
from members.access import jurisdictions_worked_with
from members.models import Chapter

_NONE_OF_THEM = "none"


def _one_measure(label: Any, help_text: Any = "") -> PickManyField[Measure]:
    field: PickManyField[Measure] = PickManyField(
        label=label,
        help_text=help_text,
        suggest_url="legislation:measure_suggest",
        search=lambda rows, text: rows.search(text),
        describe=lambda measure: (
            f"{measure.number} ({measure.session})",
            measure.short_name or measure.title,
        ),
        placeholder=_("Number or title"),
        required=False,
    )
    field.widget.multiple = False
    return field


class MeasureForm(Part):
    """A measure as somebody reads it off the legislature's page."""

    session = forms.ModelChoiceField(
        label=_("Legislature and session"),
        queryset=LegislativeSession.objects.none(),
        empty_label=_("Choose"),
        help_text=_("Numbers begin again in each session. National staff add a session that is missing."),
    )
    number = forms.CharField(
        label=_("Number"), max_length=40, help_text=_("As it is printed: HB 210, C-12, H.R. 21.")
    )
    same_number = forms.ChoiceField(
        label=_("The same number was used in another session. Is it the same idea?"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Then both pages show the other one. Positions are not copied."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=MeasureKind.choices, initial=MeasureKind.BILL)
    title_en = forms.CharField(label=_("Title in English"), max_length=2000, required=False)
    title_fr = forms.CharField(label=_("Title in French"), max_length=2000, required=False)
    short_name = forms.CharField(
        label=_("Short name"), max_length=80, required=False, help_text=_("What colleagues call it.")
    )
    url = forms.URLField(label=_("Official page"), max_length=500, required=False, assume_scheme="https")
    prior = _one_measure(
        _("The same idea in an earlier session"),
        _("If it had another number then. Both pages show the other one; positions are not copied."),
    )
    holder = HolderField(
        label=_("Follow it for"), required=False, help_text=_("Its triage is due within five business days.")
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known: Measure | None = None
        places = jurisdictions_worked_with(user).values("pk")
        sessions = LegislativeSession.objects.visible_to(user).filter(jurisdiction__in=places)
        self._offer_sessions(sessions.select_related("jurisdiction"))
        self.fields["prior"].offer(Measure.objects.visible_to(user).select_related("session__jurisdiction"))  # type: ignore[attr-defined]
        self.fields["holder"].offer(user, without=set(), empty=_("Nobody yet"))  # type: ignore[attr-defined]
        self._ask_about_the_same_number()

    def _offer_sessions(self, sessions: Any) -> None:
        """By legislature, the newest session first."""
        newest_first = F("starts_on").desc(nulls_last=True)
        ordered = sessions.order_by("jurisdiction__name", "jurisdiction", newest_first, "-identifier", "pk")
        self.sessions = {one.pk: one for one in ordered}
        groups = groupby(self.sessions.values(), key=lambda one: one.jurisdiction)
        self.fields["session"].queryset = sessions  # type: ignore[attr-defined]
        self.fields["session"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((str(place), [(one.pk, one.name) for one in some]) for place, some in groups),
        ]

    def _ask_about_the_same_number(self) -> None:
        """Only where the legislature has used the number before."""
        keys = row_keys([self.data.get("session", "")])
        session, number = self.sessions.get(keys[0] if keys else 0), str(self.data.get("number", ""))
        self.others: dict[str, Measure] = {}
        if session and number_key(number):
            self.others = {str(one.pk): one for one in measures.same_number(session, number)}
        if not self.others:
            del self.fields["same_number"]
            return
        labels = [(key, _in_words(one)) for key, one in self.others.items()]
        no = (_NONE_OF_THEM, _("No, it is another measure"))
        self.fields["same_number"].choices = [*labels, no]  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if not number_key(number):
            raise forms.ValidationError(_("A number has at least one letter or digit."))
        return number

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        self.known = self._known()
        if self.known:
            self.add_error("number", _("This session has a measure with this number already."))
        elif self.others and not said.get("same_number") and not self.has_error("same_number"):
            self.add_error("same_number", _("Say whether it is the same idea as one of these."))
        if not said.get("title_en") and not said.get("title_fr"):
            self.add_error("title_en", _("Give the title in at least one language."))
        self._check_prior(said.get("session"), list(said.get("prior") or []))
        return said

    def _known(self) -> Measure | None:
        session, number = self.cleaned_data.get("session"), self.cleaned_data.get("number")
        if not session or not number:
            return None
        known = Measure.objects.filter(session=session, number_key=number_key(number))
        return known.select_related("session__jurisdiction").first()

    def _check_prior(self, session: LegislativeSession | None, prior: list[Measure]) -> None:
        if len(prior) > 1:
            self.add_error("prior", _("Choose one measure."))
        for one in prior:
            if session and not _is_another_session(session, one.session):
                self.add_error("prior", _("Choose a measure of another session of the same legislature."))

    def new(self) -> NewMeasure:
        names = ("session", "number", "kind", "title_en", "title_fr", "short_name", "url")
        return NewMeasure(**{name: self.cleaned_data[name] for name in names})

    @property
    def same_ideas(self) -> list[Measure]:
        """Measures of other sessions that were said to be the same idea."""
        chosen = self.others.get(self.cleaned_data.get("same_number", ""))
        found = {one.pk: one for one in [*([chosen] if chosen else []), *self.cleaned_data["prior"]]}
        return list(found.values())

    @property
    def is_followed(self) -> bool:
        return bool(self.cleaned_data["holder"])

    @property
    def chapter(self) -> Chapter | None:
        return self.fields["holder"].holders[self.cleaned_data["holder"]]  # type: ignore[attr-defined, no-any-return]


def _in_words(measure: Measure) -> str:
    return f"{measure.number} ({measure.session}) {measure.short_name or measure.title}"


def _is_another_session(one: LegislativeSession, other: LegislativeSession) -> bool:
    return one.pk != other.pk and one.jurisdiction_id == other.jurisdiction_id


class RelationForm(Part):
    """How another measure belongs to this one."""

    SAME_IDEA, COMPANION, REPLACED, REPLACES, RELATED = (
        "same_idea",
        "companion",
        "replaced",
        "replaces",
        "related",
    )

    other = _one_measure(_("The other measure"))
    what = forms.ChoiceField(
        label=_("What is it to this one?"),
        widget=forms.RadioSelect,
        choices=[
            (SAME_IDEA, _("The same idea in another session")),
            (COMPANION, _("Its companion in the other chamber")),
            (REPLACED, _("This measure replaces it")),
            (REPLACES, _("It replaces this measure")),
            (RELATED, _("Related in another way")),
        ],
    )

    def __init__(self, *args: Any, user: User, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        others = Measure.objects.visible_to(user).exclude(pk=measure.pk)
        self.fields["other"].offer(others.select_related("session__jurisdiction"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen: list[Measure] = list(said.get("other") or [])
        if len(chosen) != 1:
            if not self.has_error("other"):
                self.add_error("other", _("Choose one measure."))
            return said
        self._check(chosen[0].session, said.get("what", ""))
        return said

    def _check(self, session: LegislativeSession, what: str) -> None:
        own = self.measure.session
        if what == self.SAME_IDEA and not _is_another_session(own, session):
            self.add_error("other", _("Choose a measure of another session of the same legislature."))
        elif what == self.COMPANION and own.pk != session.pk:
            self.add_error("other", _("A companion is of the same session."))
        elif what in (self.REPLACED, self.REPLACES) and own.jurisdiction_id != session.jurisdiction_id:
            self.add_error("other", _("Choose a measure of the same legislature."))

    def relate(self, *, by: User) -> bool:
        """Put it on record. False where it stands there."""
        other, what = self.cleaned_data["other"][0], self.cleaned_data["what"]
        if what == self.SAME_IDEA:
            return measures.carry_on(self.measure, other, by=by)
        if what == self.REPLACES:
            return measures.relate(other, self.measure, RelationKind.REPLACES, by=by)
        kinds = {
            self.COMPANION: RelationKind.COMPANION,
            self.REPLACED: RelationKind.REPLACES,
            self.RELATED: RelationKind.RELATED,
        }
        return measures.relate(self.measure, other, kinds[what], by=by)
