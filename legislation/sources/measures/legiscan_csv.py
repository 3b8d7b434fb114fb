"""LegiScan's weekly dataset in CSV: a folder or archive with bills, and beside them what belongs to each by its id.

Which session it is, only the name of the folder says: MI/2025-2026_Regular_Session/csv.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from legislation.sources.measures.legiscan_codes import SCHEME, jurisdiction_of
from legislation.sources.measures.legiscan_dataset import TABLES, Dataset
from legislation.sources.measures.legiscan_files import tables
from legislation.sources.measures.legiscan_rows import BadCell
from legislation.sources.measures.legiscan_sessions import NamedSession, of_folder
from legislation.sources.measures.records import MeasureFile, Reading, Refused
from legislation.sources.opening import Document, FileRefused

_BILLS = "bills.csv"
_IN_A_FILE_NAME = re.compile(r"^([A-Za-z]{2})[-_](\d{4}-\d{4})")


def open_at(path: Path) -> list[MeasureFile]:
    """One for each session found. Raises FileRefused where there is no table of bills, or its session is not told."""
    sets: dict[PurePosixPath, list[Document]] = defaultdict(list)
    for document in tables(path, TABLES):
        sets[PurePosixPath(document.name).parent].append(document)
    opened = [
        _measure_file(path, folder, documents)
        for folder, documents in sets.items()
        if any(PurePosixPath(document.name).name == _BILLS for document in documents)
    ]
    if not opened:
        raise FileRefused(
            _("%(file)s holds no dataset of LegiScan: bills.csv is missing.") % {"file": path.name}
        )
    return opened


def _measure_file(path: Path, folder: PurePosixPath, documents: list[Document]) -> MeasureFile:
    session = _session(path, folder)
    warnings: list[str] = []
    label = f"{session.state.upper()} {session.title or '-'.join(map(str, session.years))}"
    return MeasureFile(SCHEME, label, _records(Dataset(session, documents), warnings), warnings)


def _session(path: Path, folder: PurePosixPath) -> NamedSession:
    """From the folders inside the archive, else from those it lies in, else from its own name."""
    for parts in (folder.parts, path.resolve().parts):
        for state, name in reversed(list(pairwise(parts))):
            found = of_folder(state, name)
            if found and _is_state(state):
                return found
    if (named := _IN_A_FILE_NAME.match(path.name)) and _is_state(named[1]):
        found = of_folder(named[1], named[2])
        if found:
            return found
    raise FileRefused(
        _(
            "Which session %(file)s is of cannot be told. Keep LegiScan's folders, as in MI/2025-2026/csv/bills.csv."
        )
        % {"file": path.name}
    )


def _is_state(abbreviation: str) -> bool:
    try:
        jurisdiction_of(abbreviation)
    except KeyError:
        return False
    return True


def _records(dataset: Dataset, warnings: list[str]) -> Iterator[Reading]:
    yield from dataset.refused()
    seen: set[str] = set()
    for row in dataset.bills.rows():
        if isinstance(row, Refused):
            yield row
        elif (bill_id := row.text("bill_id")) in seen:
            yield Refused(
                row.where, _("Bill %s stands in this file twice; the first one was read.") % bill_id
            )
        else:
            seen.add(bill_id)
            try:
                record, refused = dataset.record(row)
            except BadCell as problem:
                yield Refused(row.where, str(problem))
            else:
                yield record
                yield from refused
    yield from dataset.left()
    if dataset.supplements:
        warnings.append(
            ngettext(
                "%d document is a fiscal note or an analysis, no text of a bill; it was left out.",
                "%d documents are fiscal notes or analyses, no texts of a bill; they were left out.",
                dataset.supplements,
            )
            % dataset.supplements
        )
