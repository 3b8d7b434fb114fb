"""Opening what LegiScan publishes: single answers, folders of them, and the archives of its weekly datasets."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from legislation.sources.measures.records import Refused
from legislation.sources.measures.zip_files import zip_members
from legislation.sources.opening import Document, FileRefused, content_of, members


def is_there_any(path: Path) -> bool:
    """Whether there is any JSON. Raises FileRefused for an archive that cannot be opened, or a file not there."""
    if path.is_dir():
        return next(_json_files(path), None) is not None
    if not path.is_file():
        raise FileRefused(_("%(file)s is not there.") % {"file": path})
    if path.suffix.lower() == ".zip":
        return any(True for _document in zip_members(path, ".json"))
    return _is_json(path.name)


def json_documents(path: Path) -> Iterator[Document | Refused]:
    """One at a time, in the order of their names; a file that cannot be read does not keep the others back."""
    if path.suffix.lower() == ".zip" and path.is_file():
        yield from zip_members(path, ".json")
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
        for document in zip_members(path, ".csv"):
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
