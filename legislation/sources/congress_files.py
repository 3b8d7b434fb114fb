"""Finding the files of congress-legislators: in a folder, a checkout, an archive, or one file alone."""

import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from legislation.sources.opening import Document, FileRefused, content_of, members, parse_json, parse_yaml

PEOPLE = "legislators-current"
OFFICES = "legislators-district-offices"
SOCIAL = "legislators-social-media"
COMMITTEES = "committees-current"
MEMBERSHIP = "committee-membership-current"
EXECUTIVE = "executive"
ALL = (PEOPLE, OFFICES, SOCIAL, COMMITTEES, MEMBERSHIP, EXECUTIVE)
_NAME = re.compile(rf"(?:^|/)(?P<part>{'|'.join(ALL)})\.(?P<kind>yaml|json)(?:\.gz)?$")


def part_of(name: str) -> str:
    """Which part of the data a file of this name holds; empty where it is none."""
    match = _NAME.search(name)
    return match["part"] if match else ""


def find(path: Path) -> dict[str, Document]:
    """The files of this source by their part. YAML is preferred where its JSON twin lies beside it."""
    if path.is_file() and path.name.endswith((".tar.gz", ".tgz")):
        documents = list(members(path))
    else:
        files = [path] if path.is_file() else sorted(path.iterdir()) if path.is_dir() else []
        documents = [Document(file.name, content_of(file)) for file in files if _NAME.search(file.name)]
    found: dict[str, Document] = {}
    for document in documents:
        if (match := _NAME.search(document.name)) and (match["kind"] == "yaml" or match["part"] not in found):
            found[match["part"]] = document
    if PEOPLE not in found:
        raise FileRefused(
            _("%(path)s holds no %(file)s: this is not the congress-legislators data.")
            % {"path": path.name, "file": f"{PEOPLE}.yaml"}
        )
    return found


def rows(document: Document, expected: type) -> Any:
    """The parsed content, a list or a mapping as `expected`."""
    match = _NAME.search(document.name)
    content = parse_json(document) if match and match["kind"] == "json" else parse_yaml(document)
    if not isinstance(content, expected) or not content:
        raise FileRefused(_("%(file)s does not hold what its name promises.") % {"file": document.name})
    return content
