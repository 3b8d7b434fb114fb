"""A template of ours that names a variable nobody gave it is a mistake, not an empty string."""

import inspect
import re
from types import FrameType

from django.conf import settings
from django.template.base import FilterExpression, Node, Origin

# Filters that say themselves what nothing means.
_EXPECTS_NOTHING = re.compile(r"\|(default|length)\b")
OUR_TEMPLATES = str(settings.BASE_DIR / "templates")


class UndefinedVariable(AssertionError):
    """A template of ours used a variable that is not in its context."""


class UndefinedVariableIsAnError(str):
    """Django's `string_if_invalid`: raises in our templates, and is an empty text in those of others."""

    def __new__(cls) -> "UndefinedVariableIsAnError":
        return super().__new__(cls, "")

    def __bool__(self) -> bool:
        frame = inspect.currentframe()
        origin, expression = _template_being_rendered(frame), _expression(frame)
        if origin is None or not origin.name.startswith(OUR_TEMPLATES) or _EXPECTS_NOTHING.search(expression):
            return False
        raise UndefinedVariable(f"{expression!r} is undefined in {origin.template_name}")

    def __contains__(self, part: object) -> bool:
        return bool(self)


def _template_being_rendered(frame: FrameType | None) -> Origin | None:
    """Each node knows the file it was parsed from; the innermost one is being rendered."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node):
            return getattr(node, "origin", None)
        frame = frame.f_back
    return None


def _expression(frame: FrameType | None) -> str:
    while frame is not None:
        expression = frame.f_locals.get("self")
        if isinstance(expression, FilterExpression):
            return str(expression.token)
        frame = frame.f_back
    return "a variable"
