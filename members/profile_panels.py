"""What higher rooms show on a chapter's page: they register here, in their `panels.py`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from advocacy.accounts.models import User
from advocacy.kernel.registry import Registry
from members.models import Chapter


@dataclass(frozen=True)
class Panel:
    """A card of a chapter's page: `template` is drawn with `context` as the variable `panel`."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


ChapterPanel = Callable[[User, Chapter], Panel | None]
chapter_panels: Registry[ChapterPanel] = Registry()


def panels_of(chapter: Chapter, *, user: User) -> list[Panel]:
    """The panels that have something to show to this user, in their order."""
    offered = (panel(user, chapter) for panel in chapter_panels)
    return [panel for panel in offered if panel is not None]
