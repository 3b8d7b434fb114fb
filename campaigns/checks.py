"""What stands between a draft and its review, and between an approval and the launch (DOMAIN.md W4, 3 and 4).

A check gives sentences that say what to do; none means that it is passed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from advocacy.accounts.models import Language
from advocacy.kernel import merge_fields
from advocacy.kernel.nonpartisan import words_to_look_at
from advocacy.positions.use import why_not_usable
from campaigns import targeting, tokens
from campaigns.letterhead import letterhead_of
from campaigns.models import Appeal, Campaign, Message, Purpose, TargetGroup
from members.access import society_today


@dataclass(frozen=True)
class Check:
    """One line of the review: its title, what is wrong, and what a person should look at. `name` is the same in
    every language.
    """

    name: str
    title: str
    problems: list[str]
    remarks: list[str]

    @property
    def is_passed(self) -> bool:
        return not self.problems


def of(campaign: Campaign) -> list[Check]:
    """Every check of the review, in the order in which they are read."""
    found = [
        Check(check.__name__, title, list(check(campaign)), [])
        for title, check in (
            (_("Brief"), brief),
            (_("Approved position"), position),
            (_("Languages"), language),
            (_("Merge tokens"), token),
            (_("What an office reads first"), opening),
            (_("Targets"), target),
            (_("Window"), window),
        )
    ]
    words = words_to_look_at(_texts(campaign))
    remarks = (
        [_("Read it again, it may sound partisan: %(words)s") % {"words": ", ".join(words)}] if words else []
    )
    return [*found, Check("nonpartisan", _("Nonpartisan"), [], remarks)]


def problems(campaign: Campaign) -> list[str]:
    """Everything that keeps it from review, approval and launch."""
    return [one for check in of(campaign) for one in check.problems]


def languages_needed(campaign: Campaign) -> list[str]:
    """Both where a Canadian federal or a Quebec office is asked, unless staff waived the French; else what is there."""
    if targeting.asks_in_both_languages(campaign) and not campaign.french_waived_because:
        return [Language.ENGLISH, Language.FRENCH]
    written = {one.language for one in campaign.messages.all() if one.body.strip()}
    return sorted(written) or [Language.ENGLISH]


def brief(campaign: Campaign) -> Iterator[str]:
    needed = {"goal": campaign.goal, "ask": campaign.ask_in(Language.ENGLISH)}
    for name, value in needed.items():
        if not value:
            label = Campaign._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # a plain field
            yield _("Fill in the field “%(name)s”.") % {"name": label}
    if campaign.is_legislative and not campaign.measures.exists():
        yield _("Name the measure: a campaign that asks legislators is about one.")
    if not (campaign.asks_members or campaign.lists.exists()):
        yield _("Choose whom to ask: the members of the chapters, or a list.")
    if not letterhead_of(campaign.chapter).postal_address:
        yield _("Enter the postal address of the society: it stands below every mail of a campaign.")


def position(campaign: Campaign) -> Iterator[str]:
    """Every measure has a position that may be used today, in the name of whoever runs the campaign."""
    for measure in campaign.measures.select_related("session"):
        if why := why_not_usable(measure, campaign.chapter):
            yield f"{measure}: {why}"


def language(campaign: Campaign) -> Iterator[str]:
    needed = languages_needed(campaign)
    both = len(needed) > 1
    # What is there without a word in it is not written.
    written = {(one.group, one.language) for one in campaign.messages.all() if one.body.strip()}
    groups = {one.group for one in campaign.messages.all()} | {TargetGroup.EVERYONE.value}
    for group in sorted(groups):
        for code in needed:
            if (group, code) not in written:
                yield _missing(code, str(TargetGroup(group).label), both=both)
    sent = {(one.purpose, one.language) for one in campaign.appeals.all() if one.body.strip()}
    purposes = {one.purpose for one in campaign.appeals.all()} | {Purpose.LAUNCH.value}
    for purpose in sorted(purposes):
        for code in needed:
            if (purpose, code) not in sent:
                yield _missing(code, str(Purpose(purpose).label), both=both)
    if both and not (campaign.name_fr and campaign.ask_fr):
        yield _("French text is required for this audience: fill in the name and the ask in French.")


def _missing(code: str, what: str, *, both: bool) -> str:
    if code == Language.FRENCH and both:
        return _("French text is required for this audience: %(what)s.") % {"what": what}
    return _("Write the text in this language: %(language)s (%(what)s).") % {
        "language": Language(code).label,
        "what": what,
    }


def token(campaign: Campaign) -> Iterator[str]:
    """Unknown tokens, broken braces, and tokens that have no value in this campaign."""
    empty = _empty_tokens(campaign)
    for message in campaign.messages.all():
        yield from _token_problems(message, (message.subject, message.body), tokens.LETTER_TOKENS, empty)
    for appeal in campaign.appeals.all():
        after = set() if appeal.purpose in (Purpose.OUTCOME, Purpose.THANKS) else {"outcome"}
        texts = (appeal.subject, appeal.subject_b, appeal.body)
        yield from _token_problems(appeal, texts, tokens.APPEAL_TOKENS, empty | after)
        if appeal.purpose != Purpose.OUTCOME and not tokens.used_in(appeal.body, "link"):
            yield _("%(what)s: put {{ link }} where readers go on.") % {"what": appeal}


def _empty_tokens(campaign: Campaign) -> set[str]:
    empty = set()
    if not campaign.measures.exists():
        empty |= {"measure", "position"}
    if campaign.chapter_id is None:
        empty.add("chapter")
    if not (campaign.ask or campaign.ask_fr):
        empty.add("ask")
    return empty


def _token_problems(
    row: Message | Appeal, texts: tuple[str, ...], known: Mapping[str, object], empty: set[str]
) -> Iterator[str]:
    for text in texts:
        for problem in tokens.problems(text, known):
            yield _("%(what)s: “%(name)s” is no token. The ones there are: %(known)s.") % {
                "what": row,
                "name": problem.name,
                "known": ", ".join(known),
            }
    used = set().union(*(merge_fields.names_in(text) for text in texts))
    for name in sorted(used & empty):
        yield _("%(what)s: the token “%(name)s” has no value in this campaign.") % {"what": row, "name": name}


def opening(campaign: Campaign) -> Iterator[str]:
    """Subject and first line carry number, position and constituency; a thank-you needs no position."""
    if not campaign.is_legislative:
        return
    for message in campaign.messages.all():
        read_first = f"{message.subject}\n{tokens.first_line(message.body)}"
        expected = [
            name
            for name in tokens.EXPECTED_FIRST
            if name != "position" or message.group != TargetGroup.COMMITTED
        ]
        missing = [name for name in expected if not tokens.used_in(read_first, name)]
        if missing:
            yield _("%(what)s: the subject or the first line must carry %(tokens)s.") % {
                "what": message,
                "tokens": ", ".join(f"{{{{ {name} }}}}" for name in missing),
            }


def target(campaign: Campaign) -> Iterator[str]:
    offices = targeting.offices_of(campaign, society_today())
    if not campaign.rules.exists():
        yield _("Say whom supporters write to.")
    elif not any(not office.left_alone for office in offices):
        yield _("The rules name nobody who may be written to.")


def window(campaign: Campaign) -> Iterator[str]:
    if campaign.opens_at is None or campaign.closes_at is None:
        yield _("Say when the campaign opens and closes.")


def is_over(campaign: Campaign, now: datetime) -> bool:
    return campaign.closes_at is not None and campaign.closes_at <= now


def _texts(campaign: Campaign) -> Iterator[str]:
    yield from (campaign.name, campaign.name_fr, campaign.ask, campaign.ask_fr)
    yield from (campaign.summary, campaign.summary_fr)
    for message in campaign.messages.all():
        yield from (message.subject, message.body, message.prompt)
    for appeal in campaign.appeals.all():
        yield from (appeal.subject, appeal.subject_b, appeal.body)
