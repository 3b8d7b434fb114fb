"""What a campaign says and does, as plain data: what a reviewer approves, word for word, and what changed since."""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign

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


class Difference(NamedTuple):
    """One line of a comparison: the label of the field, what it said, and what it says."""

    label: str
    before: str
    after: str


def content_of(campaign: Campaign) -> Content:
    """The whole content, in an order of its own, so that equal content gives equal data."""
    found: Content = {name: _plain(getattr(campaign, name)) for name in _FIELDS}
    return found | {
        "chapter": _named(campaign.chapter),
        "chapters": [_named(one) for one in campaign.chapters.order_by("pk")],
        "measures": [_named(one) for one in campaign.measures.order_by("pk").select_related("session")],
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
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def differences(before: Content, after: Content) -> list[Difference]:
    """What changed from one version to another, field by field; nested texts line by line of their own."""
    return list(_compare(before, after, ""))


def _compare(before: Content, after: Content, label: str) -> Iterator[Difference]:
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        words = f"{label} · {name}" if label else _label(name)
        if isinstance(old, dict) or isinstance(new, dict):
            yield from _compare(old or {}, new or {}, words)
        else:
            yield Difference(words, _text(old), _text(new))


def _label(name: str) -> str:
    if name in _LABELS:
        return str(_LABELS[name])
    return str(getattr(Campaign._meta.get_field(name), "verbose_name", name))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(_text(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_text(one)}" for name, one in value.items() if one)
    return "" if value is None else str(value)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


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
