"""What a campaign says and does, as plain data: what a reviewer approves, word for word, and what changed since."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from advocacy.accounts.models import Language
from advocacy.kernel.two_clocks import by_the_clock
from advocacy.positions.use import usable_for
from campaigns.models import Campaign, CampaignKind, Compliance, Purpose, RuleKind, TargetGroup
from legislation.models import Measure

Content = dict[str, Any]
# Every field that is sent, shown, or decides who is reached. Outcome and lessons are written afterwards.
_FIELDS = (
    "name",
    "name_fr",
    "kind",
    "goal",
    "ask",
    "ask_fr",
    "summary",
    "summary_fr",
    "opens_at",
    "closes_at",
    "zone",
    "compliance",
    "needs_own_words",
    "word_limit",
    "handover_url",
    "french_waived_because",
    "asks_members",
)
_LABELS = {
    "chapter": _("run by"),
    "chapters": _("chapters taking part"),
    "measures": _("measures"),
    "lists": _("lists"),
    "messages": _("messages"),
    "appeals": _("mails to supporters"),
    "rules": _("target rules"),
}


_PARTS = {
    "subject": _("subject"),
    "subject_b": _("second subject"),
    "body": _("text"),
    "prompt": _("prompt for the personal paragraph"),
}
_CHOICES = {"kind": CampaignKind.choices, "compliance": Compliance.choices}


class Difference(NamedTuple):
    """One line of a comparison: the label of the field, what it said, and what it says."""

    label: str
    before: str
    after: str


def content_of(campaign: Campaign) -> Content:
    """The whole content, in an order of its own, so that equal content gives equal data.

    Rows that have a name in two languages are named in English: what was submitted in French is still the same when
    a colleague who reads English, or the clock, launches it.
    """
    with override(Language.ENGLISH):
        return _content_of(campaign)


def _content_of(campaign: Campaign) -> Content:
    found: Content = {name: _plain(getattr(campaign, name)) for name in _FIELDS}
    return found | {
        "chapter": _named(campaign.chapter),
        "chapters": [_named(one) for one in campaign.chapters.order_by("pk")],
        "measures": [
            _measure(one, campaign) for one in campaign.measures.order_by("pk").select_related("session")
        ],
        "lists": [_named(one) for one in campaign.lists.order_by("pk")],
        "messages": {
            f"{one.group}.{one.language}": {"subject": one.subject, "body": one.body, "prompt": one.prompt}
            for one in campaign.messages.order_by("group", "language")
        },
        "appeals": {
            f"{one.purpose}.{one.language}": {
                "subject": one.subject,
                "subject_b": one.subject_b,
                "body": one.body,
            }
            for one in campaign.appeals.order_by("purpose", "language")
        },
        "rules": [_rule(one) for one in campaign.rules.order_by("is_fallback", "pk")],
    }


def fingerprint_of(content: Content) -> str:
    """The same for the same content, in whatever language it was read and however a chapter is called by then."""
    text = json.dumps(_bare(content), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: Content, after: Content) -> list[Difference]:
    """What changed from one version to another, field by field; nested texts line by line of their own."""
    return list(_compare(before, after, ""))


def _compare(before: Content, after: Content, label: str) -> Iterator[Difference]:
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if _bare(old) == _bare(new):
            continue
        words = f"{label} · {_part(name)}" if label else _label(name)
        if _has_parts(old) or _has_parts(new):
            yield from _compare(old or {}, new or {}, words)
        else:
            yield Difference(capfirst(words), _told(name, old, before), _told(name, new, after))


def _told(name: str, value: Any, content: Content) -> str:
    """A moment by the clock of the campaign, as supporters are told it; everything else as it is."""
    if value and name in ("opens_at", "closes_at"):
        return by_the_clock(datetime.fromisoformat(value), content.get("zone") or "UTC")
    return _text(name, value)


def _has_parts(value: Any) -> bool:
    """A text with subject and body, or several texts; the name of a row is one word."""
    return isinstance(value, dict) and "id" not in value


def _label(name: str) -> str:
    if name in _LABELS:
        return str(_LABELS[name])
    return str(getattr(Campaign._meta.get_field(name), "verbose_name", name))


def _part(name: str) -> str:
    """`everyone.en` as “Everyone … (English)”, `body` as “text”."""
    key, dot, language = name.partition(".")
    if not dot:
        return str(_PARTS.get(name, name))
    kind = TargetGroup(key).label if key in TargetGroup.values else Purpose(key).label
    return f"{kind} ({Language(language).label})"


def _text(name: str, value: Any) -> str:
    """A value as a reviewer reads it."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return "\n".join(_text("", one) for one in value)
    if isinstance(value, dict):
        return str(value["name"]) if "id" in value else _rule_text(value)
    choices = dict(_CHOICES.get(name, ()))
    return str(choices.get(value, value))


def _rule_text(rule: dict[str, Any]) -> str:
    """A target rule in one line: its kind, and whatever it names."""
    kind = str(RuleKind(rule["kind"]).label)
    named = (_text(name, one) for name, one in rule.items() if name != "kind" and one and one is not True)
    last = [str(_("fallback"))] if rule["is_fallback"] else []
    said = [", ".join(filter(None, text.split("\n"))) for text in named]
    where = ", ".join([*filter(None, said), *last])
    return str(_("%(kind)s: %(where)s")) % {"kind": kind, "where": where} if where else kind


def _plain(value: Any) -> Any:
    """Moments by one clock: the same moment is the same text, whoever's clock it was entered by."""
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _bare(value: Any) -> Any:
    """Without the names of rows: they say to people what the number says, each in their own language."""
    if isinstance(value, dict):
        return {name: _bare(one) for name, one in value.items() if not (name == "name" and "id" in value)}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _measure(measure: Measure, campaign: Campaign) -> dict[str, Any]:
    """With the position we hold on it: the same words under another position would ask for something else."""
    held = usable_for(measure, campaign.chapter)
    name = f"{measure}: {held.get_position_display()}" if held else str(measure)
    return {"id": measure.pk, "name": name, "position": held.position if held else ""}


def _named(row: Any) -> dict[str, Any] | None:
    return {"id": row.pk, "name": str(row)} if row else None


def _rule(rule: Any) -> dict[str, Any]:
    return {
        "kind": rule.kind,
        "jurisdiction": _named(rule.jurisdiction),
        "chamber_code": rule.chamber_code,
        "chamber": _named(rule.chamber),
        "committee": _named(rule.committee),
        "officials": [_named(one) for one in rule.officials.order_by("pk")],
        "stances": rule.stances,
        "party": rule.party,
        "agency": [rule.agency_name, rule.agency_name_fr, rule.agency_email, rule.agency_url, rule.docket],
        "is_fallback": rule.is_fallback,
    }
