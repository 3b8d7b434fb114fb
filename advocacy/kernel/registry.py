"""How a lower room hears a higher one: a registry that higher apps fill at start-up, as the admin finds `admin.py`."""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Named entries in a stable order. Registering a name twice is a mistake and raises."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[int, Entry]] = {}

    def register(self, name: str, *, order: int = 100) -> Callable[[Entry], Entry]:
        def keep(entry: Entry) -> Entry:
            if name in self._entries:
                raise ValueError(f"{name!r} is registered already.")
            self._entries[name] = (order, entry)
            return entry

        return keep

    def __getitem__(self, name: str) -> Entry:
        return self._entries[name][1]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return (self._entries[name][1] for name in self.names())

    def names(self) -> list[str]:
        return sorted(self._entries, key=lambda name: (self._entries[name][0], name))
