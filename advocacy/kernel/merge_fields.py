"""Merge fields: `{{ official }}` in a text becomes a value from a closed list of plain strings.

Nothing is looked up, called or included, and a value is never read again: what looks like a field inside a value
stays as it is. A field that nobody knows is refused by its name instead of being sent to an office.
"""

import re
from collections.abc import Collection, Mapping

_FIELD = re.compile(r"\{\{([^{}]*)\}\}")
_NAME_SHOWN = 40


class FieldProblem(ValueError):
    """A field that cannot be filled; `name` is what stands between the braces, cut to be shown."""

    def __init__(self, name: str) -> None:
        self.name = name.strip()[:_NAME_SHOWN]
        super().__init__(self.name)


class UnknownField(FieldProblem):
    """No field of this name exists."""


class FieldWithoutValue(FieldProblem):
    """The field exists, but there is nothing to put in its place here."""


class BrokenField(FieldProblem):
    """Braces that open and do not close, or close without opening."""


def fill(text: str, values: Mapping[str, str], *, known: Collection[str]) -> str:
    """`text` with every field replaced by its value, in one pass.

    `known` are the names there are. Raises UnknownField, FieldWithoutValue or BrokenField for the first that is wrong.
    """
    filled: list[str] = []
    # Around each field stands plain text: split gives text, name, text, name, text.
    for place, part in enumerate(_FIELD.split(text)):
        filled.append(_plain(part) if place % 2 == 0 else _value(part.strip(), values, known))
    return "".join(filled)


def names_in(text: str) -> set[str]:
    """The fields a text uses, known or not."""
    return {name.strip() for name in _FIELD.findall(text)}


def _plain(text: str) -> str:
    for braces in ("{{", "}}"):
        if (place := text.find(braces)) >= 0:
            raise BrokenField(text[place : place + _NAME_SHOWN])
    return text


def _value(name: str, values: Mapping[str, str], known: Collection[str]) -> str:
    if name not in known:
        raise UnknownField(name)
    if not values.get(name):
        raise FieldWithoutValue(name)
    return values[name]
