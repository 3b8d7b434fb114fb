"""What higher rooms add to the pages of officials, measures and jurisdictions, without this room knowing them.

An app registers functions in its `panels.py`; each is asked once per page and answers with a panel, or with
None where it has nothing to show to this person.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from advocacy.accounts.requests import SignedInRequest
from advocacy.kernel.registry import Registry
from legislation.models import Jurisdiction, Measure, Official

Place = Literal["actions", "main", "aside"]


@dataclass(frozen=True)
class Panel:
    """A part of a page: its template, what that shows, and where it stands."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)
    place: Place = "main"


official_panels: Registry[Callable[[SignedInRequest, Official], Panel | None]] = Registry()
measure_panels: Registry[Callable[[SignedInRequest, Measure], Panel | None]] = Registry()
jurisdiction_panels: Registry[Callable[[SignedInRequest, Jurisdiction], Panel | None]] = Registry()

Subject = TypeVar("Subject")


def panels_by_place(
    registry: Registry[Callable[[SignedInRequest, Subject], Panel | None]],
    request: SignedInRequest,
    subject: Subject,
) -> dict[Place, list[Panel]]:
    """What the registered apps show about `subject` to whoever asks; every place is there, if empty."""
    found: dict[Place, list[Panel]] = {"actions": [], "main": [], "aside": []}
    for ask in registry:
        if panel := ask(request, subject):
            found[panel.place].append(panel)
    return found
