"""A campaign's text as one office would get it from one person: by the function that fills what is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from advocacy.accounts.models import Language
from advocacy.kernel.merge_fields import FieldProblem, FieldWithoutValue
from advocacy.positions.use import usable_for
from campaigns import tokens
from campaigns.models import Campaign, Message, Target, TargetGroup
from campaigns.targeting import Office
from campaigns.tokens import Writer
from members.models import Society


@dataclass(frozen=True)
class Texts:
    """Subject and text of one language, with their tokens."""

    subject: str
    body: str


@dataclass(frozen=True)
class Preview:
    """What arrives, in one language; or why it could not be filled."""

    language: str
    label: str
    subject: str = ""
    body: str = ""
    problem: str = ""


def previews(
    campaign: Campaign, target: Target, writer: Writer, texts: Mapping[str, Texts], day: date
) -> list[Preview]:
    """One for each language there is a text in."""
    measures = list(campaign.measures.select_related("session__jurisdiction"))
    held = ((one.pk, usable_for(one, campaign.chapter)) for one in measures)
    positions = {pk: position for pk, position in held if position}
    society = Society.objects.first()
    found = []
    for language, text in texts.items():
        values = tokens.letter_values(
            campaign,
            target,
            writer,
            language=language,
            day=day,
            positions=positions,
            measures=measures,
            society=str(society or ""),
        )
        found.append(_filled(language, text, values))
    return found


def _filled(language: str, text: Texts, values: Mapping[str, str]) -> Preview:
    label = str(Language(language).label)
    try:
        subject, body = tokens.fill_letter(text.subject, values), tokens.fill_letter(text.body, values)
    except FieldProblem as problem:
        return Preview(language, label, problem=in_words(problem))
    return Preview(language, label, subject, body)


def in_words(problem: FieldProblem) -> str:
    if isinstance(problem, FieldWithoutValue):
        return _("The token “%(name)s” has no value here.") % {"name": problem.name}
    return _("“%(name)s” is no token.") % {"name": problem.name}


def texts_for(campaign: Campaign, group: str) -> dict[str, Texts]:
    """The texts written for this group of officials; where there is none of its own, the one for everyone."""
    written = {(one.group, one.language): one for one in campaign.messages.all()}
    found = {}
    for language in Language.values:
        message: Message | None = written.get((group, language)) or written.get(
            (TargetGroup.EVERYONE, language)
        )
        if message:
            found[language] = Texts(message.subject, message.body)
    return found


def office_for(offices: Sequence[Office], group: str) -> Office | None:
    """The one a text for this group is shown for: the first of the group; where it has none, the first there is."""
    return min(offices, key=lambda office: office.group != group, default=None)
