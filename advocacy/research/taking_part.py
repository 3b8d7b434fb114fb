"""How to take part in what is asked about an issue: told by the rooms above, which hold the asks."""

from collections.abc import Callable, Collection
from typing import NamedTuple

from advocacy.accounts.models import User
from advocacy.kernel.registry import Registry


class Way(NamedTuple):
    """One thing that somebody can do now."""

    label: str
    url: str
    hint: str = ""


# Asked with the keys of the measures; without a person for strangers, who are sent to public pages in the language.
Ways = Callable[[Collection[int], User | None, str], list[Way]]
ways_to_take_part: Registry[Ways] = Registry()


def ways(measures: Collection[int], user: User | None, language: str) -> list[Way]:
    return [way for ask in ways_to_take_part for way in ask(measures, user, language)]
