"""The kinds of mail there are: how often each may leave, in whose name, and who may refuse it.

Higher apps register theirs in a `mail_kinds.py`, found at start-up:

    kind("taskforce.agenda", Kind(Delivery.AT_MOST_ONCE, Stream.DUTY, "reminders", label=_("Agenda")))
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from advocacy.kernel.registry import Registry
from advocacy.outbox.models import OutboundMessage
from advocacy.outbox.streams import Stream

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Delivery(StrEnum):
    """What to do when nobody can know whether a message arrived (RELIABILITY.md §3.2)."""

    AT_MOST_ONCE = "at_most_once"
    AT_LEAST_ONCE = "at_least_once"


def _all_may_go(messages: Collection[OutboundMessage]) -> dict[int, str]:
    return {}


@dataclass(frozen=True)
class Kind:
    """`refusals` is asked after the claim and again just before DATA: the messages that may not go after all,
    each with its reason. It sees what changed since the message was written: consent, a pause, a role ended.
    """

    delivery: Delivery
    stream: Stream
    identity: str
    label: "StrOrPromise"
    lives_for: timedelta = timedelta(days=2)
    priority: int = 50
    refusals: Callable[[Collection[OutboundMessage]], dict[int, str]] = _all_may_go


kinds: Registry[Kind] = Registry()


def kind(name: str, entry: Kind) -> Kind:
    return kinds.register(name)(entry)


def label_of(name: str) -> str:
    """What people call mail of this kind; of one that no app offers any more, its name."""
    return str(kinds[name].label) if name in kinds else name


ACCOUNT = "account"
kind(
    ACCOUNT,
    Kind(
        Delivery.AT_LEAST_ONCE,
        Stream.ACCOUNT,
        "account",
        label=_("Sign-in and account"),
        lives_for=timedelta(hours=12),
        priority=0,
    ),
)
BUNDLE = "outbox.bundle"
kind(BUNDLE, Kind(Delivery.AT_MOST_ONCE, Stream.DUTY, "reminders", label=_("Weekly bundle")))
