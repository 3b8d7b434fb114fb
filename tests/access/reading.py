"""Which parameters of its address a page looks at: what stands in any other cannot change its answer."""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.handlers import wsgi
from django.http import QueryDict


class ParametersRead:
    """The parameters that views looked at so far; all of them, once a page passed its whole query on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._names: set[str] = set()
        self._is_everything = False
        monkeypatch.setattr(wsgi, "QueryDict", self._watched)

    def _watched(self, query: bytes, encoding: str | None = None) -> QueryDict:
        found = _Watched(query, encoding=encoding)
        found.read = self
        return found

    def touch(self, query: str) -> bool:
        """Whether a page that has been seen could answer this query in another way than one it never heard of."""
        return self._is_everything or not self._names.isdisjoint(QueryDict(query))

    def note(self, name: str) -> None:
        self._names.add(name)

    def note_all(self) -> None:
        self._is_everything = True


class _Watched(QueryDict):
    """Tells which of its parameters are looked at. Whether it is empty does not count: no query here is."""

    read: ParametersRead | None = None

    def _note(self, name: Any) -> None:
        if self.read:
            self.read.note(name)

    def _note_all(self) -> None:
        if self.read:
            self.read.note_all()

    def __getitem__(self, name: Any) -> Any:
        self._note(name)
        return super().__getitem__(name)

    def __contains__(self, name: Any) -> bool:
        self._note(name)
        return super().__contains__(name)

    def getlist(self, name: Any, default: Any = None) -> Any:
        self._note(name)
        return super().getlist(name, default)

    def __iter__(self) -> Any:
        self._note_all()
        return super().__iter__()

    def keys(self) -> Any:
        self._note_all()
        return super().keys()

    def values(self) -> Any:
        self._note_all()
        return super().values()

    def items(self) -> Any:
        self._note_all()
        return super().items()

    def lists(self) -> Iterable[tuple[str, list[Any]]]:  # urlencode, copy and dict come by here
        self._note_all()
        return super().lists()
