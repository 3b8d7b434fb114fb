"""Reader for what the scrapers of Open States write: a file per bill and a file per roll call, in any folders.

A roll call comes with its bill where the bill is in the set, and apart where it is not. Nothing in it names the
jurisdiction: it is that of the folder it lies in, or of the bills beside it.
"""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from legislation.sources.measures.openstates_set import ScrapedSet
from legislation.sources.measures.records import MeasureFile, Reading, Refused
from legislation.sources.opening import Document, FileRefused, content_of, members

SOURCE = "openstates-scrape"


def read(path: Path) -> MeasureFile:
    """Bills and roll calls of a folder, of one archive, or of a folder of archives.

    Raises FileRefused where there is nothing of this source.
    """
    found = MeasureFile(SOURCE, path.name, iter(()))
    archives = [path] if path.is_file() else sorted(path.glob("*.tar.gz"))
    if len(archives) > 1:
        found.records = _each(archives, found)
        return found
    scraped = ScrapedSet(_documents(archives[0] if archives else path), found)
    if not scraped.bills and not scraped.roll_calls:
        raise FileRefused(
            _("%(path)s holds no bills of the Open States scrapers: give their folder, or a .tar.gz of it.")
            % {"path": path.name}
        )
    found.records = scraped.records()
    return found


def _documents(path: Path) -> list[Document]:
    """Read whole into memory, so that a damaged archive is noticed before anything is written."""
    if path.suffix == ".json":
        return [Document(path.name, content_of(path))]
    found = members(path) if path.is_file() else _files(path)
    return [document for document in found if document.name.endswith(".json")]


def _files(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.rglob("*.json")):
        yield Document(f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}", content_of(path))


def _each(archives: list[Path], file: MeasureFile) -> Iterator[Reading]:
    """One after the other, each a set of its own: a damaged one does not keep the others out."""
    for archive in archives:
        try:
            scraped = ScrapedSet(_documents(archive), file)
        except FileRefused as refusal:
            yield Refused(archive.name, str(refusal))
        else:
            yield from scraped.records()
