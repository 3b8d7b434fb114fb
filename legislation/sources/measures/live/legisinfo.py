"""LEGISinfo: the list of a session says which bills are not what they were; those are asked for in detail."""

from collections.abc import Iterator, Sequence
from functools import partial

from django.conf import settings

from legislation.sources.measures.legisinfo import Listed, detail_address, list_address, listed
from legislation.sources.measures.live.asking import Broken
from legislation.sources.measures.live.pages import Page, Visit, Wanted, in_pages
from legislation.sources.opening import Document, FileRefused

_LIST = "list"
_A_PAGE = 20


def pages(visit: Visit) -> Iterator[Page]:
    address = list_address(visit.session_in_an_address, settings.LEGISINFO_URL)
    answer = visit.asker.ask(address, version=visit.version_of(_LIST))
    if answer.content is None:
        return
    yield from in_pages(visit, _changed(visit, answer.document("list.json")), size=_A_PAGE)
    if not visit.problems:
        yield Page(marks={_LIST: answer.version})


def _changed(visit: Visit, document: Document) -> Iterator[Wanted]:
    try:
        rows = list(listed(document))
    except (FileRefused, ValueError) as problem:
        raise Broken(str(problem)) from problem
    for row in rows:
        if row.session == visit.session.identifier and not visit.has(row.number, row.content_hash):
            yield row.number, row.content_hash, partial(_detail, visit, row)


def _detail(visit: Visit, row: Listed) -> Sequence[Document]:
    answer = visit.asker.ask(detail_address(row.session, row.number, settings.LEGISINFO_URL))
    return (answer.document(f"{row.number.lower()}.json"),)
