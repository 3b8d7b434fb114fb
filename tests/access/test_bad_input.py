"""Whatever stands in an address or a form: an answer in words, never a page that broke.

A query in which a page reads nothing is answered as any other such query; each page is tried with one, and with every
query in which it reads something. A text that a field refuses is tried in it once among good fields, not each such
text. `ACCESS_MATRIX=full` tries all with all.
"""

from urllib.parse import quote, unquote

import pytest
from django.urls import Resolver404, resolve

from tests.access.addresses import patterns
from tests.access.browsing import Answer
from tests.access.judge import Judge
from tests.access.page import GET, POST, ROLE, Page
from tests.access.reading import ParametersRead
from tests.access.table import OWN_PAGES, TABLE
from tests.access.visits import EVERYTHING, Visit, visits
from tests.access.world import World

# No page knows this parameter; every page repeats its whole address, in the switch of languages.
UNKNOWN = "unknown=%00%ff%fe%F0%9F%A6%93'%22--;%7B%7Bx%7D%7D&unknown=%C2%B2" + "x" * 10_000
QUERIES = [
    "q=%00", "q=" + "x" * 10_000, "q=%ff%fe", "q=%F0%9F%A6%93", "q='%22--;", "q=%7B%7Bx%7D%7D&q=2", "page=1000000000",
    "after=%00", "after=bm90IGpzb24=", "after=W10=", "before=WyIyMDI3LTAyLTA5IiwiYSJd", "after=WyIwMDAwIiwxXQ==",
    "after=WyIyMDI3LTAyLTA5Iiw5OTk5OTk5OTk5OTk5OTk5OTk5OTldfQ", "after=W1tdLHt9XQ==",
    "chapter=0", "chapter=-1", "chapter=9223372036854775808", "chapter=abc", "chapter=1&chapter=2",
    "person=99999999999999999999999", "official=%00", "official=1e309", "measure=abc", "issue=-5", "body=0",
    "jurisdiction=%C2%B2", "kind=nope", "party=%00", "since=2027-02-31", "since=0001-01-01&until=9999-12-31",
    "until=99999-01-01", "period=2027-13", "period=0000-00", "period=%00", "period=2027-02&part=9",
    "period=2027-02&chapter=9223372036854775808", "sort=password", "order_by=-pk", "user__password__startswith=a",
    "part=%00", "whose=x&show=y", "before=99999999999999999999999", "before=-1", "officials=abc&occurred_on=x",
    "officials=9223372036854775808&occurred_on=2027-02-09&chapter=1", "status=%00", "session=abc", "region=abc",
    "region=9223372036854775808", "role=%00", "terms=1", "officials=1&occurred_on=0001-01-01", "next=%00",
    "occurred_on=9999-12-31&officials=1&chapter=1",
]  # fmt: skip
# At the end a superscript and an Arabic digit.
KEYS = [
    "0", "-1", "9223372036854775807", "9223372036854775808", "9" * 40, "abc", "1.5", "%00", "1%00", "x" * 500,
    "%C2%B2", "%D9%A3",
]  # fmt: skip
TEXTS = {
    "nothing": "",
    "spaces": "   ",
    "a zero byte": "a\x00b",
    "too long": "x" * 100_000,
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}{% include 'x' %}",
    "a formula": "=cmd|' /C calc'!A0",
    "right to left": "\u202egnp.exe",
    "combining": "e" + "\u0301" * 1000,
    "an emoji": "🦓",
    "a date": "0001-01-01",
    "a number": "-1e309",
    "a large number": "9" * 30,
    "a superscript": "²",
}
REFUSED_BY_ALL = TEXTS["a zero byte"]
READ = [page for page in OWN_PAGES if GET in page.methods]
WRITTEN = [page for page in OWN_PAGES if POST in page.methods and page.wall == ROLE and GET in page.methods]


def broken(judge: Judge, visit: Visit) -> str:
    answer, _ = judge.answer(visit)
    return f"{visit} ?{(visit.query or '')[:40]}: {answer.error}" if answer.status >= 500 else ""


@pytest.mark.parametrize("entry", READ, ids=str)
def test_no_query_string_breaks_a_page(
    world: World, judge: Judge, entry: Page, monkeypatch: pytest.MonkeyPatch
):
    author = world.actors["advocate A, author"]
    visit = next(visits(world, [entry], actors=[author], methods=[GET]))
    read = ParametersRead(monkeypatch)
    wrong: list[str] = []

    for fixed in range(len(entry.fixed)):
        due, waiting = [UNKNOWN], QUERIES
        while due:  # what is answered may make the page look at more
            wrong += [broken(judge, Visit(entry, author, GET, visit.thing, fixed, query)) for query in due]
            due = [query for query in waiting if EVERYTHING or read.touch(query)]
            waiting = [query for query in waiting if query not in due]

    assert not list(filter(None, wrong))


def test_a_page_is_tried_with_the_queries_in_which_it_reads_something(
    world: World, judge: Judge, monkeypatch: pytest.MonkeyPatch
):
    """Else the test above would try nothing."""
    read = ParametersRead(monkeypatch)
    author = world.actors["advocate A, author"]

    broken(judge, Visit(TABLE["portal:search"], author, GET, query=UNKNOWN))
    assert [read.touch(query) for query in ("q=%00", "x=1&q=2", "page=1", "x=1")] == [
        True,
        True,
        False,
        False,
    ]

    broken(judge, Visit(TABLE["interactions:interaction_list"], author, GET, query=UNKNOWN))
    assert read.touch("x=1")


def test_no_key_in_an_address_breaks_a_page(world: World, judge: Judge):
    cookies = world.cookies["staff"]
    routes = {str(pattern.pattern) for name, pattern in patterns() if TABLE[name].of}
    paths = [address for route in routes for address in _addresses(route)]
    paths = [path for path in paths if EVERYTHING or _leads_somewhere(path)] + [
        f"/no/such/{key}/" for key in KEYS
    ]

    answers = {path: judge.browser.ask(GET, path, cookies=cookies) for path in paths}

    assert len(paths) > 100
    assert {path: answer.error for path, answer in answers.items() if answer.status >= 500} == {}


def _leads_somewhere(path: str) -> bool:
    """Whatever leads nowhere is answered alike."""
    try:
        return bool(resolve(unquote(path)))
    except Resolver404:
        return False


def _addresses(route: str) -> list[str]:
    start, _, rest = route.partition("<")
    end = rest.partition(">")[2]
    if "<" in end or "(" in route:
        return []
    roots = ["/log/", "/officials/", "/", "/mailbox/", "/admin/interactions/interaction/"]
    return [f"{root}{start}{key}{end}" for root in roots for key in KEYS]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("entry", WRITTEN, ids=str)
def test_no_text_in_a_form_breaks_it(world: World, judge: Judge, entry: Page, text: str):
    """The text in every field at once, then in each of the first ones alone."""
    visit = next(
        one
        for who in ("advocate A, author", "staff")
        for one in visits(world, [entry], actors=[world.actors[who]], methods=[POST])
        if entry.opens_to(world.actors[who], one.thing, POST)
    )
    data = judge.data_for(visit)
    fields = [name for name in data if name != "csrfmiddlewaretoken"]

    def answer(*names: str) -> Answer:
        filled = data | dict.fromkeys(names, text)
        return judge.answer(Visit(entry, visit.actor, POST, visit.thing, data=filled))[0]

    everywhere = answer(*fields)
    # What the field itself refuses was tried just now; it stands once among good ones, whichever text it is.
    refused = everywhere.refused_fields() if text != REFUSED_BY_ALL and not EVERYTHING else set()
    answers = [everywhere, *(answer(name) for name in fields[:12] if name not in refused)]

    assert [each.error for each in answers if each.status >= 500] == []


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_request_login_code"])
def test_no_text_breaks_the_sign_in(world: World, judge: Judge, name: str, text: str):
    data = dict.fromkeys(["login", "password", "email", "next", "remember"], text)

    answer, _ = judge.answer(Visit(TABLE[name], world.actors["anonymous"], POST, data=data))

    assert answer.status < 500, answer.error


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "o=99.-99",
        "p=99999999999",
        "logged_by__password__startswith=a",
        "e=1",
        "all=&p=-1",
        "chapter__id__exact=abc",
        "occurred_on__year=99999",
    ],
)
@pytest.mark.parametrize(
    "name", ["interactions_interaction", "interactions_followup", "accounts_user", "legislation_official"]
)
def test_no_query_string_breaks_a_list_of_the_admin(world: World, judge: Judge, name: str, query: str):
    visit = Visit(TABLE[f"admin:{name}_changelist"], world.actors["staff"], GET, query=query)

    assert not broken(judge, visit)


@pytest.mark.parametrize(
    "path",
    [
        "/..%2f..%2fetc/passwd",
        "/log/../admin/",
        "/%00",
        "/" + quote("é" * 3000),
        "//evil.example//",
        "/log//1/",
    ],
)
def test_no_path_breaks_the_portal(world: World, judge: Judge, path: str):
    answer = judge.browser.ask(GET, path, cookies=world.cookies["staff"])

    assert answer.status < 500
    assert not answer.location.startswith(("//", "http"))
