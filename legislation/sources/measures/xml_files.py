"""Opening XML of a public body: plain elements, no document type, hence no entities of its own."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from django.utils.translation import gettext as _

from legislation.sources.measures.zip_files import zip_members
from legislation.sources.opening import Document, FileRefused, content_of, members

_NAMES = (".xml", ".xml.gz")
_ARCHIVES = (".zip", ".tar.gz", ".tgz")
_HEAD = 1000


class _DocumentType(ValueError):
    """Where entities are declared, and with them files that unfold into more than any memory."""


class _Plain(TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _DocumentType(name)


def find_xml(path: Path) -> list[Path]:
    """The XML files and archives of them at `path`: itself, or all in the folder and below, by name."""
    if path.is_file():
        found = [path]
    else:
        found = sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else []
    found = [
        one for one in found if one.name.lower().endswith(_NAMES + _ARCHIVES) and not one.name.startswith(".")
    ]
    if not found:
        raise FileRefused(_("%(path)s holds no XML file.") % {"path": path.name})
    return found


def documents(path: Path, found: list[Path]) -> Iterator[Document | FileRefused]:
    """Their bytes, one at a time, under their names inside `path`; or why one of them could not be read."""
    for file in found:
        name = file.name if file == path else file.relative_to(path).as_posix()
        try:
            if file.name.lower().endswith(_ARCHIVES):
                yield from _inside(file, name)
            else:
                yield Document(name, content_of(file))
        except FileRefused as problem:
            yield problem


def _inside(archive: Path, name: str) -> Iterator[Document]:
    """What lies in it, up to where it breaks off. Raises FileRefused there, and where there is no XML in it."""
    is_zip = archive.name.lower().endswith(".zip")
    held = zip_members(archive, ".xml") if is_zip else members(archive)
    count = 0
    for document in held:
        if document.name.lower().endswith(".xml"):
            count += 1
            yield Document(f"{name}/{document.name}", document.content)
    if not count:
        raise FileRefused(_("%(path)s holds no XML file.") % {"path": name})


def parse_xml(document: Document) -> Element:
    """The root element. Raises FileRefused for anything but complete XML without a document type."""
    head = document.content[:_HEAD].lstrip().lower()
    if b"<html" in head or head.startswith(b"<!doctype html"):
        raise FileRefused(
            _(
                "%(file)s is a web page, not data. The site may have answered with an error: download it again."
            )
            % {"file": document.name}
        )
    parser = XMLParser(target=_Plain())  # noqa: S314 (document types, where entities are declared, are refused)
    try:
        parser.feed(document.content)
        root: Element = parser.close()
    except _DocumentType as problem:
        raise FileRefused(
            _("%(file)s declares a document type, which no file of this source does.")
            % {"file": document.name}
        ) from problem
    except (ParseError, ValueError, LookupError) as problem:
        raise FileRefused(
            _("%(file)s is not readable as %(language)s: %(problem)s")
            % {"file": document.name, "language": "XML", "problem": str(problem)[:200]}
        ) from problem
    return root


def said(element: Element, *, without: frozenset[str] = frozenset()) -> bytes:
    """What it says, whatever the white space: for a hash. `without` names elements that say nothing of substance."""
    parts: list[str] = []
    for one in element.iter():
        if one.tag not in without:
            parts += (one.tag, " ".join((one.text or "").split()))
    return "\x00".join(parts).encode()


def text_of(element: Element, path: str) -> str:
    return " ".join((element.findtext(path) or "").split())
