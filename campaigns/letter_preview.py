"""What an office would read: the text of a campaign filled in for a target and a writer, before anybody sends it."""

from datetime import date
from typing import NamedTuple

from advocacy.positions.use import usable_for
from campaigns import tokens
from campaigns.models import Campaign, Message, Target, TargetGroup
from campaigns.tokens import Writer
from members.models import Society


class Preview(NamedTuple):
    subject: str
    body: str


def preview(
    campaign: Campaign, target: Target, writer: Writer, *, language: str, day: date
) -> Preview | None:
    """The text for the group of the target, else that for everyone. None where there is none in this language.

    Raises FieldProblem for a token that has no value here.
    """
    text = _text_for(campaign, target.group, language)
    if text is None:
        return None
    measures = list(campaign.measures.select_related("session").order_by("pk"))
    held = {measure.pk: usable_for(measure, campaign.chapter) for measure in measures}
    society = Society.objects.first()
    values = tokens.letter_values(
        campaign,
        target,
        writer,
        language=language,
        day=day,
        positions={pk: position for pk, position in held.items() if position},
        measures=measures,
        society=society.name if society else "",
    )
    return Preview(tokens.fill_letter(text.subject, values), tokens.fill_letter(text.body, values))


def _text_for(campaign: Campaign, group: str, language: str) -> Message | None:
    texts = {one.group: one for one in campaign.messages.filter(language=language)}
    return texts.get(group) or texts.get(TargetGroup.EVERYONE)
