"""What each step of the public page shows, made of what was sent: nothing is kept between them but in the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from campaigns import place
from campaigns.act import ground, offices
from campaigns.act.drafts import Draft, Drafts, NoText
from campaigns.act.forms import LettersForm, WhichForm, WhoForm, kept_texts, picks_in, targets_in
from campaigns.act.ground import Ground
from campaigns.act.offices import OfficeToWrite
from campaigns.act.shown import Shown
from campaigns.gate import fields
from campaigns.place import Place
from campaigns.tokens import Writer
from legislation.lookup.answer import Group
from members.access import society_today

# What the first step says, carried to the second in hidden fields.
_CARRIED = ("name", "email", "place", "m", "via")


@dataclass(frozen=True)
class Letters:
    """The second step. `gone` is what somebody wrote to offices that left meanwhile."""

    form: LettersForm
    place: Place
    remarks: list[str]
    gone: list[tuple[OfficeToWrite, str]]

    @property
    def offices(self) -> list[OfficeToWrite]:
        return self.form.offices


@dataclass(frozen=True)
class Which:
    """Between the steps: several districts are possible, and it matters which."""

    form: WhichForm
    remarks: list[str]


def find(shown: Shown, who: WhoForm, sent: Mapping[str, str], *, day: date, may_ask: bool) -> Letters | Which:
    """From a valid first step to the letters, or to the question where somebody lives. Raises NoText."""
    wanted = offices.seats_asked(shown)
    located = place.locate(who.query, day=day, wanted=wanted, picks=picks_in(sent), may_ask=may_ask)
    if located.open:
        return Which(_which(located.open), located.remarks)
    on = ground.fresh(shown, located.place, day)
    return _letters(shown, located.place, who.cleaned_data["name"], on, remarks=located.remarks)


def sent_letters(
    shown: Shown, who: WhoForm, sent: Mapping[str, str], *, now: datetime, anew: bool = False
) -> Letters | None:
    """The second step as it was sent; None where its place is not one of ours any more. Raises NoText.

    By what the record said a moment ago, if it passes by that; `anew` asks it now.
    """
    known = place.opened(sent.get("seal", ""), shown.campaign.pk)
    if known is None:
        return None
    name = who.cleaned_data["name"]
    if not anew and (step := _sent_on_kept_ground(shown, known, name, sent, now)):
        return step
    return _letters(shown, known, name, ground.fresh(shown, known, society_today()), sent=sent)


def _sent_on_kept_ground(
    shown: Shown, known: Place, name: str, sent: Mapping[str, str], now: datetime
) -> Letters | None:
    found = ground.kept(shown, known, now)
    try:
        step = _letters(shown, known, name, found.value, sent=sent)
    except NoText:
        if found.is_kept:
            return None
        raise
    return step if not found.is_kept or (step.form.is_valid() and not step.gone) else None


def carried(
    shown: Shown, sent: Mapping[str, str], step: Letters | Which | None, now: datetime
) -> list[tuple[str, str]]:
    """The hidden fields of a step: what was said before, and the token of the form."""
    found = {name: sent.get(name, "") for name in _CARRIED if sent.get(name)}
    found[fields.TOKEN] = fields.fields_for(shown.campaign.pk, now=now, sent=sent).token
    if isinstance(step, Letters) and step.offices:
        found["seal"] = place.sealed(step.place, shown.campaign.pk)
        # The gate draws its own fields in the step that is sent.
        del found[fields.TOKEN]
    elif step is not None:
        # Asked once more.
        del found["place"]
    return list(found.items())


def _letters(
    shown: Shown,
    known: Place,
    name: str,
    on: Ground,
    *,
    remarks: Sequence[str] = (),
    sent: Mapping[str, str] | None = None,
) -> Letters:
    if not on.basis.has_positions:
        raise NoText("position")
    drafts = Drafts(on.basis, Writer(name, known.town))
    texts: dict[int, Draft] = {one.pk: drafts.of(one.target) for one in on.offices}
    form = LettersForm(sent, shown=shown, ground=on, drafts=texts)
    kept: list[tuple[OfficeToWrite, str]] = []
    if sent is not None and (missing := targets_in(sent) - set(texts)):
        kept = kept_texts(sent, offices.gone(shown, missing, on.basis.day))
    return Letters(form, known, list(remarks), kept)


def _which(groups: list[Group]) -> WhichForm:
    return WhichForm(groups=groups)


def clean(sent: Any) -> dict[str, str]:
    """The fields of a form as plain strings, each once."""
    return {name: str(value) for name, value in sent.items()}
