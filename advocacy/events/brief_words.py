"""A brief in lines of words: what page and paper both show, so that neither says more than the other."""

from dataclasses import dataclass

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.coalitions.models import Influence
from advocacy.events.briefs import AskToday, Brief, Contact
from advocacy.interactions.models import Ask, Commitment, KeyContact, RelationshipScore
from advocacy.interactions.standings import Word

_LONGEST_REASON = 240


@dataclass(frozen=True)
class Line:
    """`main` is read first, `more` beside or below it; `url` leads to the record, on the screen only."""

    main: str
    more: str = ""
    url: str = ""


@dataclass(frozen=True)
class Section:
    """One heading of the brief. Without lines `nothing` says so; without that either, it is left out."""

    title: str
    lines: list[Line]
    nothing: str = ""


def heading(brief: Brief) -> list[str]:
    """Below the name: the seat, when and where, with whom, in which language."""
    one = brief.appointment
    when = ""
    if one.starts_at and one.ends_at:
        begins, ends = (formats.time_format(at, "TIME_FORMAT") for at in (one.starts_at, one.ends_at))
        when = f"{begins}–{ends}"
    spoken = _("Language: %(language)s") % {"language": one.get_language_display()} if one.language else ""
    who = _("With %(who)s") % {"who": one.expected_with} if one.expected_with else ""
    first = [brief.seat, ", ".join(brief.committees)]
    return [part for part in (*first, " · ".join(filter(None, (when, one.place, who, spoken)))) if part]


def sections(brief: Brief) -> list[Section]:
    return [
        Section(_("What we ask today"), [_ask(one) for one in brief.asks], _("No ask is chosen yet.")),
        Section(_("Materials to take along"), [Line(one.title, one.more, one.url) for one in brief.handouts]),
        Section(
            _("Where they stand on our measures"),
            [_word(one) for one in brief.words],
            _("Nothing is known yet."),
        ),
        Section(
            _("The last contacts"), [_contact(one) for one in brief.contacts], _("None is in the log yet.")
        ),
        Section(_("What they promised"), [_promise(one) for one in brief.their_promises]),
        Section(_("What we promised"), [_promise(one) for one in brief.our_promises]),
        Section(_("Asked before, still open"), [_open_ask(one) for one in brief.open_asks]),
        Section(
            _("Who knows them"),
            [
                *map(_key_contact, brief.key_contacts),
                *map(_relationship, brief.relationships),
                *map(_grasstop, brief.grasstops),
            ],
            _("Nobody has said so yet."),
        ),
    ]


def _ask(one: AskToday) -> Line:
    ask, position = one.ask, one.position
    about = ask.measure or ask.issue
    parts = [str(ask.get_kind_display()), str(about) if about else ""]
    if position and position.approved_on:
        said = {
            "position": position.get_position_display(),
            "day": formats.date_format(position.approved_on, "DATE_FORMAT"),
        }
        parts.append(_("Our position: %(position)s, approved %(day)s") % said)
        parts.append(_clipped(position.rationale))
    elif ask.measure:
        parts.append(_("No approved position: leave this one out."))
    return Line(ask.text_in(get_language() or "en"), _joined(parts))


def _word(word: Word) -> Line:
    day = formats.date_format(word.on, "DATE_FORMAT") if word.on else ""
    return Line(
        _("%(title)s: %(value)s") % {"title": word.topic, "value": word.label},
        _joined([word.evidence, word.details, day]),
        word.url,
    )


def _contact(one: Contact) -> Line:
    row = one.interaction
    day = formats.date_format(row.occurred_on, "DATE_FORMAT")
    return Line(f"{day}, {row.get_kind_display()}", _joined([row.summary, one.met]), row.get_absolute_url())


def _promise(row: Commitment) -> Line:
    day = formats.date_format(row.settled_on or row.check_back_on, "DATE_FORMAT")
    how = f"{row.get_outcome_display()}, {day}" if row.settled_on else _("Due %(day)s") % {"day": day}
    return Line(row.text, how)


def _open_ask(row: Ask) -> Line:
    return Line(str(row), _joined([row.text, str(row.get_response_display()), row.reason_given]))


def _key_contact(tie: KeyContact) -> Line:
    return Line(str(tie.person), _joined([_("Key contact"), str(tie.get_rank_display()), str(tie.chapter)]))


def _relationship(score: RelationshipScore) -> Line:
    # How they know each other stays in the portal: with a patient or clinician it is nobody's business.
    through = str(score.staffer) if score.staffer else ""
    return Line(str(score.person), _joined([str(score.get_strength_display()), through]))


def _grasstop(row: Influence) -> Line:
    said = _("grasstops contact, strength %(score)d of 5") % {"score": row.strength}
    return Line(str(row.grasstops), _joined([str(row.grasstops.contact.organisation), said]))


def _joined(parts: list[str]) -> str:
    return " · ".join(part for part in parts if part)


def _clipped(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_REASON else f"{flat[: _LONGEST_REASON - 1].rstrip()}…"
