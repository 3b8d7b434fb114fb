"""The three shelves of research, as tabs above each list."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    is_current: bool
    count: int = 0


def tabs(current: str) -> list[Tab]:
    shelves = {
        "research:activity_list": _("Activities"),
        "research:analysis_list": _("Analyses"),
        "research:lesson_list": _("What worked"),
    }
    return [Tab(label, reverse(name), name == current) for name, label in shelves.items()]
