"""Words that are being written, as their reader would get them: filled in by the functions that fill what is sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.accounts.models import Language, User
from advocacy.kernel.merge_fields import FieldProblem
from campaigns import preview
from campaigns.actions.targets import as_target
from campaigns.appeals import Sheet
from campaigns.content import content_of
from campaigns.models import Appeal, Campaign, Contact, Message
from campaigns.preview import Preview, Texts
from campaigns.targeting import Office
from campaigns.tokens import Writer


def of_message(
    campaign: Campaign, message: Message, offices: Sequence[Office], *, user: User, day: date
) -> Preview:
    """What an office of the message's group would read from this person."""
    office = preview.office_for(offices, message.group)
    if office is None:
        words = _("Say first whom supporters write to: a preview is made for a real office.")
        return Preview(message.language, _label(message), problem=words)
    target = as_target(campaign, office, timezone.now())
    texts = {message.language: Texts(message.subject, message.body)}
    writer = Writer(str(user), _("Springfield"))
    (found,) = preview.previews(campaign, target, writer, texts, day)
    return replace(found, label=f"{_label(message)} · {target}")


def of_appeal(campaign: Campaign, appeal: Appeal, *, user: User) -> list[Preview]:
    """What this person would get as a supporter, with each of the subjects."""
    content = content_of(campaign)
    said = {"subject": appeal.subject, "subject_b": appeal.subject_b, "body": appeal.body}
    content["appeals"] = {f"{appeal.purpose}.{appeal.language}": said}
    reader = Contact(full_name=user.full_name, email=user.email, language=appeal.language)
    try:
        sheet = Sheet(campaign, content, appeal.purpose)
        letters = {
            variant: sheet.try_out(reader, appeal.language, variant)
            for variant in ("ab" if appeal.subject_b else "a")
        }
    except FieldProblem as problem:
        return [Preview(appeal.language, _label(appeal), problem=preview.in_words(problem))]
    return [
        Preview(appeal.language, _named(appeal, variant), letter.subject, letter.text)
        for variant, letter in letters.items()
    ]


def _label(row: Message | Appeal) -> str:
    return str(Language(row.language).label)


def _named(appeal: Appeal, variant: str) -> str:
    return f"{_label(appeal)} · {variant.upper()}" if appeal.subject_b else _label(appeal)
