"""Roll calls of the United States Senate: a menu for each year of a Congress, and a file for each vote."""

from collections.abc import Iterator, Sequence
from functools import partial
from xml.etree.ElementTree import Element

from django.conf import settings
from django.utils.translation import gettext as _

from legislation.sources.measures.live.asking import XML, Broken
from legislation.sources.measures.live.pages import Page, Visit, Wanted, in_pages
from legislation.sources.measures.xml_files import parse_xml, said, text_of
from legislation.sources.opening import Document, FileRefused
from legislation.sources.records import content_hash

_LISTS = "/legislative/LIS/roll_call_lists/vote_menu_{congress}_{year}.xml"
_VOTE = "/legislative/LIS/roll_call_votes/vote{congress}{year}/vote_{congress}_{year}_{number}.xml"
# Nominations and treaties are no measures.
_OF_NO_MEASURE = ("pn", "treaty")
_A_PAGE = 25


def pages(visit: Visit) -> Iterator[Page]:
    for year in _years(visit):
        subject = f"menu-{year}"
        path = _LISTS.format(congress=visit.session_in_an_address, year=year)
        answer = visit.asker.ask(f"{settings.SENATE_URL}{path}", want=XML, version=visit.version_of(subject))
        if answer.content is None:
            continue
        could_not = len(visit.problems)
        menu = _menu(answer.document(f"menu-{year}.xml"))
        yield from in_pages(visit, _changed(visit, year, menu), size=_A_PAGE)
        if len(visit.problems) == could_not:
            yield Page(marks={subject: answer.version})


def _years(visit: Visit) -> list[int]:
    """A Congress has two, and a menu for the second only from its first January on."""
    starts_on = visit.session.starts_on
    is_in_its_second = starts_on is None or visit.now.date().year > starts_on.year
    return [1, 2] if is_in_its_second else [1]


def _menu(document: Document) -> Element:
    try:
        root = parse_xml(document)
    except FileRefused as problem:
        raise Broken(str(problem)) from problem
    if root.tag != "vote_summary":
        raise Broken(_("The Senate sent no menu of votes."))
    return root


def _changed(visit: Visit, year: int, menu: Element) -> Iterator[Wanted]:
    for row in menu.findall("votes/vote"):
        number = text_of(row, "vote_number")
        if not number.isdigit() or text_of(row, "issue").lower().startswith(_OF_NO_MEASURE):
            continue
        subject, version = f"{year}-{int(number)}", content_hash(said(row))
        if not visit.has(subject, version):
            yield subject, version, partial(_vote, visit, year, number)


def _vote(visit: Visit, year: int, number: str) -> Sequence[Document]:
    congress = visit.session_in_an_address
    path = _VOTE.format(congress=congress, year=year, number=f"{int(number):05}")
    answer = visit.asker.ask(f"{settings.SENATE_URL}{path}", want=XML)
    return (answer.document(path.rpartition("/")[2]),)
