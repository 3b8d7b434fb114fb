"""The day's materials as page, brief and paper name them, in the language of who reads."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from advocacy.events.models import EventMaterial
from advocacy.positions.models import Material


@dataclass(frozen=True)
class Handout:
    """`more`: its kind, and which language it lacks. `link`: the file, where one is kept; `url`: its page, for us."""

    title: str
    more: str
    link: str
    url: str


def handouts_of(events: Iterable[int]) -> dict[int, list[Material]]:
    """What may be handed out on each of these days: three queries for however many, one where there is none."""
    newest = Prefetch("material", Material.objects.with_current_versions())
    found: dict[int, list[Material]] = defaultdict(list)
    for row in EventMaterial.objects.all().handed_out().filter(event__in=events).prefetch_related(newest):
        found[row.event_id].append(row.material)
    return found


def in_words(materials: Iterable[Material], language: str) -> list[Handout]:
    """In this language, which is the active one: the labels are in it too."""
    return [_handout(one, language) for one in materials]


def _handout(material: Material, language: str) -> Handout:
    parts = [str(material.get_kind_display()), material.missing_for(language)]
    version = material.version_in(language)
    return Handout(
        title=material.title_in(language),
        more=", ".join(part for part in parts if part),
        link=version.link if version else "",
        url=material.get_absolute_url(),
    )
