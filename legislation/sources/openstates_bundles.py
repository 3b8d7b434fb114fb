"""Finding the files of each state: in one archive, in a folder of archives, or in a checkout of upstream."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from legislation.sources.opening import Document, FileRefused, content_of, members
from legislation.sources.places import US_PARTS

FOLDERS = ("legislature", "executive", "municipalities", "retired", "committees")
_UPSTREAM_PATH = re.compile(
    rf"(?:^|/)(?P<state>[a-z]{{2}})/(?:(?P<folder>{'|'.join(FOLDERS)})/[^/]+|municipalities)\.ya?ml$"
)


@dataclass
class Bundle:
    """Everything upstream says about one state (`us`: Congress re-expressed)."""

    abbreviation: str
    label: str
    folders: dict[str, list[Document]] = field(default_factory=lambda: defaultdict(list))
    towns: Document | None = None

    def add(self, document: Document, folder: str | None) -> None:
        if folder:
            self.folders[folder].append(document)
        else:
            self.towns = document


def find(path: Path) -> list[Path]:
    """What to read, one entry per state: archives, or folders named after states."""
    if path.is_file():
        return [path]
    if archives := sorted(path.glob("*.tar.gz")):
        return archives
    for root in (path / "data", path):
        states = sorted(
            entry
            for entry in (root.iterdir() if root.is_dir() else ())
            if entry.is_dir() and (entry.name in US_PARTS or entry.name == "us")
        )
        if states:
            return states
    if any((path / folder).is_dir() for folder in FOLDERS):
        return [path]
    raise FileRefused(
        _("%(path)s holds no people of Open States: give an archive, a folder of archives or a checkout.")
        % {"path": path.name}
    )


def open_bundles(entry: Path) -> list[Bundle]:
    """Read one entry whole into memory: a damaged archive is noticed before anything is compared.

    An archive of the whole repository holds many states, the others one.
    """
    documents = list(members(entry) if entry.is_file() else _files(entry))
    bundles: dict[str, Bundle] = {}
    for document in documents:
        match = _UPSTREAM_PATH.search(document.name)
        if match and match["state"] in {*US_PARTS, "us"}:
            bundles.setdefault(match["state"], Bundle(match["state"], entry.name)).add(
                document, match["folder"]
            )
    if not bundles:
        raise FileRefused(_("%(file)s is not an archive of people of Open States.") % {"file": entry.name})
    if len(bundles) > 1:
        for bundle in bundles.values():
            bundle.label = f"{entry.name}: {bundle.abbreviation}"
    return [bundles[state] for state in sorted(bundles)]


def _files(folder: Path) -> Iterator[Document]:
    state = folder.resolve().name
    for path in sorted(folder.rglob("*.y*ml")):
        relative = path.relative_to(folder).as_posix()
        yield Document(f"{state}/{relative}", content_of(path))
