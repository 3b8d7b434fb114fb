"""Import all of the portal where only `requirements.txt` is installed: `python -m tests.house.without_tools`.

What is installed here besides is hidden, as on the machine of somebody who only uses the portal.
"""

import importlib
import pkgutil
import re
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

import django

BASE = Path(__file__).resolve().parents[2]
OURS = ("advocacy", "legislation", "members", "campaigns")
# Runs the checks and the tests, with the tools for them.
NOT_FOR_USERS = "advocacy.portal.checking"


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def hidden() -> set[str]:
    """The modules that come with no package of `requirements.txt`."""
    lines = (BASE / "requirements.txt").read_text().splitlines()
    named = {plain(line.partition("==")[0].partition("[")[0]) for line in lines if "==" in line}
    return {
        module
        for module, packages in packages_distributions().items()
        if not named & {plain(package) for package in packages}
    }


class Hiding(MetaPathFinder):
    def __init__(self, modules: set[str]) -> None:
        self._modules = modules

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in self._modules:
            raise ModuleNotFoundError(f"No module named {name!r} (not in requirements.txt)", name=name)
        return None


if __name__ == "__main__":
    sys.meta_path.insert(0, Hiding(hidden()))
    django.setup()
    for package in OURS:
        top = importlib.import_module(package)
        for found in pkgutil.walk_packages(top.__path__, f"{package}."):
            if not found.name.startswith((NOT_FOR_USERS, "advocacy.wsgi", "advocacy.asgi")):
                importlib.import_module(found.name)
    sys.stdout.write("All of it is there.\n")
