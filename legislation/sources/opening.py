"""Opening what upstream publishes: folders, archives, compressed files. Nothing here trusts a byte."""

import gzip
import json
import re
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.utils.translation import gettext as _

LARGEST_FILE = 40_000_000
LARGEST_MAP = 200_000_000
LARGEST_ARCHIVE = 400_000_000
_MOST_MEMBERS = 100_000
_MAYBE_ALIAS = re.compile(rb"(?:^|[\s\[,{:])[*&][A-Za-z0-9_]", re.MULTILINE)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BROKEN_ARCHIVE = (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, OSError)


class FileRefused(Exception):
    """The file is not what it claims to be; nothing of it was used."""


class Document(NamedTuple):
    """One file, wherever it was found; `name` is its path inside the folder or archive."""

    name: str
    content: bytes


def members(archive: Path) -> Iterator[Document]:
    """The regular files of a .tar.gz, in their order. Nothing is ever written to disk."""
    total = 0
    try:
        with tarfile.open(archive, "r:gz") as opened:
            for number, member in enumerate(opened):
                if not member.isfile():
                    continue
                total += member.size
                if number > _MOST_MEMBERS or total > LARGEST_ARCHIVE or member.size > LARGEST_FILE:
                    raise FileRefused(
                        _("%(file)s is larger than any archive of this source.") % {"file": archive.name}
                    )
                content = opened.extractfile(member)
                yield Document(member.name.removeprefix("./"), content.read() if content else b"")
    except _BROKEN_ARCHIVE as problem:
        raise FileRefused(
            _("%(file)s is not a complete .tar.gz archive: %(problem)s. Download it again.")
            % {"file": archive.name, "problem": problem}
        ) from problem


def content_of(path: Path, at_most: int = LARGEST_FILE) -> bytes:
    """The bytes of a file, decompressed where its name ends in .gz."""
    try:
        if path.suffix.lower() == ".gz":
            with gzip.open(path) as opened:
                content = opened.read(at_most + 1)
        else:
            with path.open("rb") as plain:
                content = plain.read(at_most + 1)
    except _BROKEN_ARCHIVE as problem:
        raise FileRefused(
            _("%(file)s cannot be read: %(problem)s.") % {"file": path.name, "problem": problem}
        ) from problem
    if len(content) > at_most:
        raise FileRefused(_("%(file)s is larger than any file of this source.") % {"file": path.name})
    return content


def parse_yaml(document: Document) -> Any:
    """The content of a YAML file. Raises FileRefused for anything but plain data in UTF-8."""
    _check_encoding(document)
    if _MAYBE_ALIAS.search(document.content):
        _refuse_aliases(document)
    try:
        return yaml.load(document.content, Loader=_LOADER)  # noqa: S506 (a safe loader, in C)
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as problem:
        raise _unreadable(document, "YAML", problem) from problem


def parse_json(document: Document) -> Any:
    """The content of a JSON file. Raises FileRefused for anything else."""
    _check_encoding(document)
    try:
        return json.loads(document.content)
    except (ValueError, RecursionError) as problem:
        raise _unreadable(document, "JSON", problem) from problem


def _check_encoding(document: Document) -> None:
    try:
        document.content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise FileRefused(
            _("%(file)s is not in UTF-8 (byte %(position)s).")
            % {"file": document.name, "position": problem.start}
        ) from problem


def _refuse_aliases(document: Document) -> None:
    """Upstream uses none, and nested ones can unfold into more than any memory."""
    try:
        for token in yaml.scan(document.content, Loader=_LOADER):
            if isinstance(token, (yaml.AliasToken, yaml.AnchorToken)):
                raise FileRefused(
                    _("%(file)s uses YAML aliases, which no file of this source does.")
                    % {"file": document.name}
                )
    except (yaml.YAMLError, RecursionError) as problem:
        raise _unreadable(document, "YAML", problem) from problem


def _unreadable(document: Document, language: str, problem: Exception) -> FileRefused:
    first_line = " ".join(str(problem).split())[:200] or type(problem).__name__
    return FileRefused(
        _("%(file)s is not readable as %(language)s: %(problem)s")
        % {"file": document.name, "language": language, "problem": first_line}
    )


def reference_file(given: Path | None, near: Path, *candidates: str) -> Path | None:
    """`given`, or the first of `candidates` that lies beside or above `near`."""
    if given is not None:
        return given
    for folder in [near, *near.resolve().parents][:5]:
        for candidate in candidates:
            if (found := folder / candidate).is_file():
                return found
    return None
