"""Pages of other rooms where a reader chooses within a class of mail, linked beside its switch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from advocacy.kernel.registry import Registry
from advocacy.outbox.streams import Stream

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Link(NamedTuple):
    label: "StrOrPromise"
    url: str


@dataclass(frozen=True)
class FinerChoice:
    """`view` is the name of the page."""

    stream: Stream
    label: "StrOrPromise"
    view: str

    def link(self) -> Link:
        return Link(self.label, reverse(self.view))


finer_choices: Registry[FinerChoice] = Registry()
