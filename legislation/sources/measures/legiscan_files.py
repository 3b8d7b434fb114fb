"""Opening what LegiScan publishes: single answers, folders of them, and the archives of its weekly datasets."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from legislation.sources.measures.records import Refused
from legislation.sources.opening import (
    LARGEST_ARCHIVE,
    LARGEST_FILE,
    Document,
    FileRefused,
    content_of,
    members,
)

_MOST_FILES = 100_000
_BROKEN_ZIP = (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, zlib.error)


def is_there_any(path: Path) -> bool:
    """Whether there is any JSON. Raises FileRefused for an archive that cannot be opened, or a file not there."""
    if path.is_dir():
        return next(_json_files(path), None) is not None
    if not path.is_file():
        raise FileRefused(_("%(file)s is not there.") % {"file": path})
    if path.suffix.lower() == ".zip":
        return any(True for _document in _members(path, ".json"))
    return _is_json(path.name)


def json_documents(path: Path) -> Iterator[Document | Refused]:
    """One at a time, in the order of their names; a file that cannot be read does not keep the others back."""
    if path.suffix.lower() == ".zip" and path.is_file():
        yield from _members(path, ".json")
        return
    for found in _json_files(path) if path.is_dir() else iter([path]):
        name = str(found.relative_to(path)) if path.is_dir() else found.name
        try:
            yield Document(name, content_of(found))
        except FileRefused as refusal:
            yield Refused(name, str(refusal))


def tables(path: Path, names: frozenset[str]) -> Iterator[Document]:
    """The files of these names in a folder or an archive. Raises FileRefused where it cannot be read."""
    if path.is_dir():
        found = (one for one in path.rglob("*.csv") if one.name in names and one.is_file())
        for one in sorted(found):
            yield Document(str(one.relative_to(path)), content_of(one))
    elif not path.is_file():
        raise FileRefused(_("%(file)s is not there.") % {"file": path})
    elif path.suffix.lower() == ".zip":
        for document in _members(path, ".csv"):
            if Path(document.name).name in names:
                yield document
    else:
        for document in members(path):
            if Path(document.name).name in names:
                yield document


def _is_json(name: str) -> bool:
    return name.lower().endswith((".json", ".json.gz"))


def _json_files(folder: Path) -> Iterator[Path]:
    yield from sorted(one for one in folder.rglob("*") if one.is_file() and _is_json(one.name))


def _members(archive: Path, ending: str) -> Iterator[Document]:
    """Nothing is ever written to disk, and nothing unfolds beyond what a dataset can be."""
    try:
        with zipfile.ZipFile(archive) as opened:
            inside = [one for one in opened.infolist() if not one.is_dir()]
            total = sum(one.file_size for one in inside)
            if len(inside) > _MOST_FILES or total > LARGEST_ARCHIVE:
                raise FileRefused(_("%(file)s is too large to be a dataset.") % {"file": archive.name})
            for one in sorted(inside, key=lambda one: one.filename):
                if not one.filename.lower().endswith(ending):
                    continue
                with opened.open(one) as content:
                    read = content.read(LARGEST_FILE + 1)
                if len(read) > LARGEST_FILE:
                    raise FileRefused(_("%(file)s is too large to be a dataset.") % {"file": archive.name})
                yield Document(one.filename, read)
    except _BROKEN_ZIP as problem:
        raise FileRefused(
            _("%(file)s is not a complete ZIP archive: %(problem)s. Download it again.")
            % {"file": archive.name, "problem": problem}
        ) from problem
