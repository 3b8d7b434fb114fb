"""The mail of a campaign to its supporters: the approved text, filled in for each reader (DOMAIN.md W4, 5 and 10)."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string
from django.utils import formats
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from advocacy.accounts.models import Language
from advocacy.kernel.merge_fields import FieldProblem
from advocacy.outbox.actions.messages import Letter
from advocacy.positions.use import usable_for
from campaigns import links, tokens
from campaigns.contact_links import preference_link
from campaigns.content import Content
from campaigns.letterhead import letterhead_of, one_line
from campaigns.models import Campaign, Contact, Purpose, Recipient
from legislation.models import Measure
from legislation.models.public_record import in_language

_LONGEST_SUBJECT = 150
# What could make a link of a name that somebody typed into a public form: the mail would carry it to others.
_LINKS = re.compile(r"://|www\.|[/@<>\\]", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """What one language says: as approved, with its tokens."""

    subject: str
    subject_b: str
    body: str


def texts_in(content: Content, purpose: str) -> dict[str, Text]:
    """The texts for this purpose, by language."""
    appeals: Content = content["appeals"]
    found = {}
    for code in Language.values:
        if said := appeals.get(f"{purpose}.{code}"):
            found[code] = Text(said["subject"], said["subject_b"], said["body"])
    return found


def named(contact: Contact) -> str:
    """How the reader is addressed. A name that could pass for a link is not repeated."""
    name = one_line(contact.full_name)
    return name if name and not _LINKS.search(name) else _("supporter")


class Sheet:
    """One mailing, ready to be written: what is the same for all its readers is found out once."""

    def __init__(self, campaign: Campaign, content: Content, purpose: str) -> None:
        self.campaign, self.purpose, self.content = campaign, purpose, content
        self.texts = texts_in(content, purpose)
        self.head = letterhead_of(campaign.chapter)
        self._common = {code: self._values(code) for code in self.texts}

    def language_for(self, contact: Contact) -> str:
        """The reader's own where it is written, else the other one."""
        return contact.language if contact.language in self.texts else next(iter(self.texts))

    def variant_for(self, mailing: int, contact: Contact) -> str:
        """Which subject somebody gets: the same whenever it is asked."""
        if not self.texts[self.language_for(contact)].subject_b:
            return "a"
        digest = hashlib.sha256(f"{mailing}:{contact.pk}".encode()).digest()
        return "b" if digest[0] & 1 else "a"

    def letter(self, recipient: Recipient, *, is_test: bool = False) -> Letter:
        """Raises FieldProblem for a token that has no value. Call it under the recipient's language."""
        text, contact = self.texts[recipient.language], recipient.contact
        values = self._common[recipient.language] | {
            "name": named(contact),
            "link": self._link(recipient, is_test=is_test),
        }
        chosen = text.subject_b if recipient.variant == "b" and text.subject_b else text.subject
        subject = one_line(tokens.fill_appeal(chosen, values))[:_LONGEST_SUBJECT]
        context = self.head.frame | {
            "subject": subject,
            "body": tokens.fill_appeal(text.body, values),
            "formatted": self._formatted(recipient.language, values),
            "page": values["link"],
            "preferences": preference_link(contact),
            "is_test": is_test,
        }
        return Letter(
            to=contact.email,
            subject=one_line(render_to_string("campaigns/mail/appeal_subject.txt", context)),
            text=render_to_string("campaigns/mail/appeal.txt", context),
            html=render_to_string("campaigns/mail/appeal.html", context),
            user=contact.user,
            why=self._why(contact),
            scope="" if is_test else self.campaign.scope,
            sender=self.head.sender,
            headers=self.head.headers,
        )

    def try_out(self, reader: Contact, language: str, variant: str) -> Letter:
        """The letter as this reader would get it, kept nowhere. Raises FieldProblem as `letter` does."""
        with override(language):
            row = Recipient(contact=reader, language=language, variant=variant)
            return self.letter(row, is_test=True)

    def problem(self) -> str:
        """The first token that would have no value, or the empty text; tried on a reader nobody is."""
        for code in self.texts:
            with override(code):
                values = self._common[code] | {"name": "–", "link": "–"}
                try:
                    for text in (self.texts[code].subject, self.texts[code].subject_b, self.texts[code].body):
                        tokens.fill_appeal(text, values)
                except FieldProblem as problem:
                    return problem.name
        return ""

    def _link(self, recipient: Recipient, *, is_test: bool) -> str:
        """A test leads to the page as anybody sees it: it is nobody's mail, and is not counted."""
        if is_test:
            return links.page_of(self.campaign, recipient.language)
        return links.link_for(recipient)

    def _values(self, language: str) -> dict[str, str]:
        """The tokens that stand for the same in every copy, as approved and as the record stands now."""
        campaign, content = self.campaign, self.content
        with override(language):
            keys = [one["id"] for one in content["measures"]]
            measures = list(Measure.objects.filter(pk__in=keys).select_related("session").order_by("pk"))
            held = [usable_for(measure, campaign.chapter) for measure in measures]
            return {
                "campaign": in_language(language, content["name"], content["name_fr"]),
                "ask": in_language(language, content["ask"], content["ask_fr"]),
                "measure": ", ".join(str(measure) for measure in measures),
                "position": ", ".join(sorted({str(one.get_position_display()) for one in held if one})),
                "chapter": str(campaign.chapter or ""),
                "society": self.head.society.name if self.head.society else "",
                "closes": _day(campaign.closes_at, campaign.zone),
                "participants": formats.number_format(campaign.participations.counted().count()),
                "outcome": campaign.outcome_in(language),
            }

    def _formatted(self, language: str, values: Mapping[str, str]) -> str:
        """The text as HTML: values are escaped, and the link becomes a button."""
        page = values["link"]
        button = format_html('<a class="button" href="{}">{}</a>', page, self._button())
        safe = {name: str(conditional_escape(value)) for name, value in values.items()}
        # Escaped before it is filled: what a value holds is never read as a token or as a tag.
        return mark_safe(tokens.fill_appeal(self._paragraphs[language], safe | {"link": str(button)}))  # noqa: S308 (escaped above)

    @cached_property
    def _paragraphs(self) -> dict[str, str]:
        return {code: linebreaks(text.body, autoescape=True) for code, text in self.texts.items()}

    def _button(self) -> str:
        if self.purpose in (Purpose.THANKS, Purpose.OUTCOME):
            return _("See what came of it")
        return _("Take part")

    def _why(self, contact: Contact) -> str:
        if self.purpose in (Purpose.THANKS, Purpose.OUTCOME):
            return _("You get this because you took part in this campaign.")
        if contact.user_id:
            return _("You get this because of your role in the society.")
        return _("You get this because your address is on a list of people who want to help.")


def _day(moment: datetime | None, zone: str) -> str:
    if moment is None:
        return ""
    return formats.date_format(moment.astimezone(ZoneInfo(zone)), "DATE_FORMAT")
