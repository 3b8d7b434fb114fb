"""Bill Status of the Government Publishing Office: a map of the site says which files are new."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from legislation.sources.measures.congress_numbers import TYPES
from legislation.sources.measures.live.asking import XML, Broken
from legislation.sources.measures.live.pages import Page, Visit, Wanted, in_pages
from legislation.sources.measures.xml_files import parse_xml
from legislation.sources.opening import Document, FileRefused

_INDEX = "/sitemap/bulkdata/BILLSTATUS/sitemapindex.xml"
_OF_A_TYPE = re.compile(r"/BILLSTATUS/(?P<congress>[0-9]+)(?P<type>[a-z]+)/sitemap\.xml$")
_FILE = re.compile(r"/(?P<name>BILLSTATUS-(?P<congress>[0-9]+)(?P<type>[a-z]+)(?P<number>[0-9]+))\.xml$")
_A_PAGE = 25


class _Entry(NamedTuple):
    path: str
    changed: str


def pages(visit: Visit) -> Iterator[Page]:
    for entry in _map(visit, _INDEX):
        found = _OF_A_TYPE.search(entry.path)
        if not found or found["congress"] != visit.session.identifier or found["type"] not in TYPES:
            continue
        subject = f"map-{found['type']}"
        if entry.changed and visit.has(subject, entry.changed):
            continue
        could_not = len(visit.problems)
        yield from in_pages(visit, _changed(visit, entry.path), size=_A_PAGE)
        if len(visit.problems) == could_not:
            yield Page(marks={subject: entry.changed})


def _changed(visit: Visit, path: str) -> Iterator[Wanted]:
    for entry in _map(visit, path):
        found = _FILE.search(entry.path)
        if not found or found["congress"] != visit.session.identifier:
            continue
        subject = f"{found['type']}-{found['number']}"
        if not entry.changed or not visit.has(subject, entry.changed):
            yield subject, entry.changed, partial(_file, visit, entry.path)


def _file(visit: Visit, path: str) -> Sequence[Document]:
    answer = visit.asker.ask(f"{settings.GOVINFO_URL}{path}", want=XML)
    return (answer.document(path.rpartition("/")[2]),)


def _map(visit: Visit, path: str) -> list[_Entry]:
    """What a map lists. Only paths are taken from it: it does not get to say which site we ask."""
    answer = visit.asker.ask(f"{settings.GOVINFO_URL}{path}", want=XML)
    try:
        root = parse_xml(answer.document(path.rpartition("/")[2]))
    except FileRefused as problem:
        raise Broken(str(problem)) from problem
    found = []
    for listed in root:
        said = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in listed}
        if place := urlsplit(said.get("loc", "")).path:
            found.append(_Entry(place, said.get("lastmod", "")[:120]))
    if not found:
        raise Broken(_("The map of govinfo.gov lists nothing."))
    return found
