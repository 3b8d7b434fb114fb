"""The rows behind a number of a campaign, for whoever may read the names in them."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.kernel.exports import Table
from campaigns import funnel_rows
from campaigns.funnel_rows import MAILED, Cut
from campaigns.models import Campaign, Contact, Letter, Participation, Recipient

ORDER = ("shown_name", "pk")
_BUNDLE = 500


def everybody(campaign: Campaign, cut: Cut) -> QuerySet[Any]:
    """Whom the number counts, whoever may read them."""
    if cut.step in MAILED:
        return funnel_rows.recipients(campaign, cut)
    return funnel_rows.participations(campaign, cut)


def readable(campaign: Campaign, cut: Cut, user: User) -> QuerySet[Any]:
    """Of these, the people whose names this reader may read."""
    if cut.step in MAILED:
        mails = funnel_rows.recipients(campaign, cut).visible_to(user)
        return mails.select_related("contact__chapter", "message").annotate(
            shown_name=F("contact__search_text")
        )
    acts = funnel_rows.participations(campaign, cut).visible_to(user)
    letters = Letter.objects.select_related("target__official").order_by("pk")
    parts = acts.select_related("contact", "chapter").prefetch_related(Prefetch("letters", queryset=letters))
    return parts.annotate(shown_name=F("contact__search_text"))


def table_of(campaign: Campaign, cut: Cut, user: User) -> Table:
    """One line for each mail, or for each letter; who took part without one has a line too."""
    rows = readable(campaign, cut, user).order_by(*ORDER)
    if cut.step in MAILED:
        columns = [_("Name"), _("E-mail address"), _("Chapter"), _("Written"), _("State"), _("Went on")]
        return Table(str(cut.step.label), columns, _mails(campaign, rows.iterator(_BUNDLE)))
    columns = [
        _("Name"), _("E-mail address"), _("Chapter"), _("Took part"), _("Came by"), _("Language"),
        _("Own words, per cent"), _("Target"), _("Method"), _("Confirmation"), _("Reply"), _("Replied on"),
    ]  # fmt: skip
    return Table(str(cut.step.label), columns, _acts(campaign, rows.iterator(_BUNDLE)))


def _mails(campaign: Campaign, rows: Iterable[Recipient]) -> Iterable[list[Any]]:
    zone = ZoneInfo(campaign.zone)
    for one in rows:
        yield [
            one.contact.full_name,
            _address(one.contact),
            str(one.contact.chapter or ""),
            one.decided_at.astimezone(zone),
            str(one.message.get_state_display()) if one.message else "",
            one.viewed_at.astimezone(zone) if one.viewed_at else None,
        ]


def _acts(campaign: Campaign, rows: Iterable[Participation]) -> Iterable[list[Any]]:
    zone = ZoneInfo(campaign.zone)
    for one in rows:
        person = [
            one.contact.full_name,
            _address(one.contact),
            str(one.chapter or ""),
            one.at.astimezone(zone),
            str(one.get_source_display()),
            str(one.get_language_display()),
            one.own_share,
        ]
        letters: list[Letter | None] = list(one.letters.all())
        for letter in letters or [None]:
            yield [*person, *(_of_letter(letter) if letter else [None] * 5)]


def _address(contact: Contact) -> str:
    return "" if contact.is_erased else contact.email


def _of_letter(letter: Letter) -> list[Any]:
    return [
        str(letter.target),
        str(letter.get_method_display()),
        str(letter.get_confirmation_display()),
        str(letter.get_reply_display()) if letter.reply else "",
        letter.replied_on,
    ]
