"""Opening ZIP archives of publishers, as `opening.members` opens those of tar. Nothing here trusts a byte."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from legislation.sources.opening import LARGEST_ARCHIVE, LARGEST_FILE, Document, FileRefused

_MOST_FILES = 100_000
_BROKEN_ZIP = (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, zlib.error)


def zip_members(archive: Path, ending: str) -> Iterator[Document]:
    """The files inside whose names end so, by name. Nothing is written to disk or unfolds beyond what a set can be."""
    try:
        with zipfile.ZipFile(archive) as opened:
            inside = [one for one in opened.infolist() if not one.is_dir()]
            total = sum(one.file_size for one in inside)
            if len(inside) > _MOST_FILES or total > LARGEST_ARCHIVE:
                raise FileRefused(
                    _("%(file)s is larger than any archive of this source.") % {"file": archive.name}
                )
            for one in sorted(inside, key=lambda one: one.filename):
                if not one.filename.lower().endswith(ending):
                    continue
                with opened.open(one) as content:
                    read = content.read(LARGEST_FILE + 1)
                if len(read) > LARGEST_FILE:
                    raise FileRefused(
                        _("%(file)s is larger than any archive of this source.") % {"file": archive.name}
                    )
                yield Document(one.filename, read)
    except _BROKEN_ZIP as problem:
        raise FileRefused(
            _("%(file)s is not a complete ZIP archive: %(problem)s. Download it again.")
            % {"file": archive.name, "problem": problem}
        ) from problem
