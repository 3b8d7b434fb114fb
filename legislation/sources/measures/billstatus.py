"""Reader for BILLSTATUS of the Government Publishing Office: the bills of Congress as XML, without a key.

Two schemas are in the wild. 1.0.0 says `billType` and `billNumber` and nests its lists once more; 3.0.0 has the names
of Congress.gov, whose content it is. One file is one measure.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from legislation.sources.measures.congress_bills import read_bill
from legislation.sources.measures.records import MeasureFile, MeasureRecord, Reading, Refused
from legislation.sources.measures.xml_files import documents, find_xml, parse_xml, said
from legislation.sources.opening import Document, FileRefused
from legislation.sources.records import content_hash

SOURCE = "billstatus"
# Elements that hold a list, by what its members are called. Counts may stand beside them.
_MEMBERS = frozenset(("item", "summary", "amendment", "link"))
# When the record was touched, which happens without anything in it changing.
_STAMPS = frozenset(
    ("updateDate", "updateDateIncludingText", "createDate", "lastSummaryUpdateDate", "version")
)
_LISTS = ("sponsors", "cosponsors", "actions", "titles", "relatedBills", "laws")


def open_at(path: Path) -> list[MeasureFile]:
    """A file, an archive as GPO packs them, or a folder of either: `BILLSTATUS-117hr1.xml`, `BILLSTATUS-117-hr.zip`."""
    found = find_xml(path)
    file = MeasureFile(SOURCE, path.name, iter(()))
    file.records = _records(path, found, file)
    return [file]


def _records(path: Path, found: list[Path], file: MeasureFile) -> Iterator[Reading]:
    listed = kept = 0
    for document in documents(path, found):
        if isinstance(document, FileRefused):
            yield Refused(path.name, str(document))
            continue
        reading, lines = _reading(document)
        if isinstance(reading, MeasureRecord):
            listed, kept = listed + lines, kept + len(reading.actions or ())
        yield reading
    file.listed["actions"] = listed
    if listed > kept:
        file.warnings.append(
            _(
                "Of %(listed)s actions listed %(kept)s are kept: the others repeat one of them or have no words."
            )
            % {"listed": listed, "kept": kept}
        )


def _reading(document: Document) -> tuple[Reading, int]:
    """The record, and how many actions the file lists, of the bill and of its amendments."""
    try:
        bill = _bill(document)
        content = _content(bill)
    except FileRefused as problem:
        return Refused(document.name, str(problem)), 0
    except RecursionError:
        return Refused(document.name, _("nested too deeply")), 0
    lines = len(bill.findall("actions/item")) + len(bill.findall("amendments/amendment/actions/actions/item"))
    return read_bill(content, document.name, content_hash(said(bill, without=_STAMPS))), lines


def _bill(document: Document) -> Element:
    root = parse_xml(document)
    bill = root.find("bill")
    if root.tag != "billStatus" or bill is None:
        raise FileRefused(
            _("%(file)s is not a bill status of GPO: it begins with <%(element)s>.")
            % {"file": document.name, "element": root.tag[:80]}
        )
    return bill


def _content(bill: Element) -> dict[str, Any]:
    """Either schema under the names of Congress.gov."""
    written = _plain(bill)
    content = written if isinstance(written, dict) else {}
    content |= {name: _listed(content.get(name)) for name in _LISTS}
    if "textVersions" in content:  # the oldest files know none, and may not take away those of newer ones
        content["textVersions"] = _listed(content["textVersions"])
    content["type"] = content.get("type") or content.get("billType")
    content["number"] = content.get("number") or content.get("billNumber")
    content["summaries"] = [_summary(one) for one in _listed(content.get("summaries"), "billSummaries")]
    content["subjects"] = _subjects(content)
    content["amendments"] = [_amendment(one) for one in _listed(content.get("amendments"))]
    return content


def _plain(element: Element) -> Any:
    """Text, a list where its children are members of one, else what its children say by their names."""
    if not len(element):
        return (element.text or "").strip()
    members = [child for child in element if child.tag in _MEMBERS]
    if members:
        return [_plain(child) for child in members]
    return {child.tag: _plain(child) for child in element}


def _listed(written: Any, inside: str = "") -> list[Any]:
    """Empty elements are empty lists; the older schema keeps some of them inside another element."""
    if isinstance(written, dict) and inside:
        written = written.get(inside)
    return written if isinstance(written, list) else []


def _summary(written: Any) -> Any:
    """Newer files put the words into one element more."""
    if isinstance(written, dict) and isinstance(written.get("cdata"), dict):
        return written | written["cdata"]
    return written


def _amendment(written: Any) -> Any:
    if isinstance(written, dict):
        return written | {"actions": _listed(written.get("actions"), "actions")}
    return written


def _subjects(content: dict[str, Any]) -> list[str]:
    """The policy area first, then the terms."""
    subjects = content.get("subjects")
    held = subjects if isinstance(subjects, dict) else {}
    inner = held.get("billSubjects")
    held = inner if isinstance(inner, dict) else held
    areas = [
        held.get("policyArea"),
        held.get("primarySubject"),
        content.get("policyArea"),
        content.get("primarySubject"),
    ]
    terms = _listed(held.get("legislativeSubjects")) + _listed(held.get("otherSubjects"))
    named = [one.get("name") for one in (*areas, *terms) if isinstance(one, dict)]
    return [name for name in named if isinstance(name, str) and name]
