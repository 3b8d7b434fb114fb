"""Campaigns and their send logs as tables."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from advocacy.kernel.exports import Table
from campaigns.models import Campaign, CampaignQuerySet, Recipient
from campaigns.sendlog import reason_label, said_of

_CHUNK = 500


def campaign_table(rows: CampaignQuerySet) -> Table:
    """One row per campaign, its window by its own clock."""
    columns = [
        _("Name"), _("Name in French"), _("Status"), _("Kind"), _("Run by"), _("Owner"), _("Measures"), _("Opens"),
        _("Closes"), _("Time zone"), _("Participants"), _("Participants wanted"),
    ]  # fmt: skip
    return Table(_("Campaigns"), columns, (_campaign(row) for row in rows.iterator(_CHUNK)))


def _campaign(row: Campaign) -> list[Any]:
    zone = ZoneInfo(row.zone)
    return [
        row.name,
        row.name_fr,
        row.get_status_display(),
        row.get_kind_display(),
        row.holder,
        str(row.owner),
        "; ".join(str(one) for one in row.measures.all()),
        row.opens_at.astimezone(zone) if row.opens_at else None,
        row.closes_at.astimezone(zone) if row.closes_at else None,
        row.zone,
        row.participants,
        row.wanted_participants,
    ]


def sendlog_table(rows: Iterable[Recipient]) -> Table:
    """Everybody a mailing looked at: written to, or skipped and why."""
    columns = [
        _("Mailing"),
        _("Name"),
        _("E-mail"),
        _("Language"),
        _("Result"),
        _("Delivery"),
        _("Last try"),
        _("When"),
    ]
    return Table(_("Send log"), columns, (_recipient(row) for row in rows))


def _recipient(row: Recipient) -> list[Any]:
    return [
        row.mailing.get_purpose_display(),
        row.contact.full_name,
        row.contact.email,
        row.get_language_display(),
        reason_label(row.skipped) if row.skipped else _("Written to"),
        row.message.get_state_display() if row.message else "",
        said_of(row.message),
        row.decided_at,
    ]
