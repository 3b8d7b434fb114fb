"""One page as it hangs in the gallery, and how what stands in its address is found in the demo."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from advocacy.accounts.models import User

VISITOR, VERA = "", "vera"


@dataclass(frozen=True)
class Exhibit:
    """One page: its address by name, who looks at it, and what stands in the address."""

    name: str
    who: str = "dana"
    find: Callable[[User], Any] = lambda user: ()
    query: str = ""
    note: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.who, self.note) if part)

    def address(self, user: User | None) -> str:
        found = self.find(user)  # type: ignore[arg-type]  # what visitors see is found without them
        arguments = found if isinstance(found, tuple) else (found,)
        return reverse(self.name, args=arguments) + self.query


def first(model: Any, **conditions: Any) -> Callable[[User], Any]:
    return lambda user: model.objects.filter(**conditions).order_by("pk").values_list("pk", flat=True).first()
