"""Where a material is used: each app above tells of its own rows, in its `panels.py`."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from advocacy.accounts.models import User
from advocacy.kernel.registry import Registry
from advocacy.positions.models import Material

SHOWN = 20


class MaterialUse(NamedTuple):
    """One place where it is, or was, used, as far as the reader may see it. `what` is the kind of place."""

    what: str
    label: str
    on: date
    url: str = ""


material_uses: Registry[Callable[[Material, User], Iterable[MaterialUse]]] = Registry()


def uses_of(material: Material, user: User) -> list[MaterialUse]:
    """The newest first; of each kind no more than `SHOWN`."""
    found = [use for tell in material_uses for use in tell(material, user)]
    return sorted(found, key=lambda use: use.on, reverse=True)
