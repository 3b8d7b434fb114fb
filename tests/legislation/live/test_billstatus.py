"""The feed of GPO: the map of the site says which files are new."""

from datetime import timedelta

import pytest

from legislation.models import Feed, FeedMark, Measure
from tests.legislation.live.publishers import Publisher, Question, Reply
from tests.legislation.live.visiting import NOON, chosen, congress, failed_visit, visit
from tests.legislation.measures.congress import bill, billstatus

pytestmark = pytest.mark.django_db
SITE = "https://www.govinfo.gov"
FIRST, LATER = "2026-08-20T10:00:00.000Z", "2026-08-23T10:00:00.000Z"


class Govinfo:
    """Files by type and number, and maps that say when each was written."""

    def __init__(self) -> None:
        self.files = {("hr", "210"): bill(), ("s", "12"): bill(number="12", type="S")}
        self.written = dict.fromkeys(self.files, FIRST)

    def __call__(self, question: Question) -> Reply:
        name = question.path.rpartition("/")[2]
        if name == "sitemapindex.xml":
            types = {type_: max(self._dates(type_)) for type_, _number in self.files}
            rows = [(f"/sitemap/bulkdata/BILLSTATUS/119{one}/sitemap.xml", at) for one, at in types.items()]
            earlier = ("/sitemap/bulkdata/BILLSTATUS/118hr/sitemap.xml", LATER)
            return _map("sitemapindex", "sitemap", [earlier, *rows])
        if name == "sitemap.xml":
            type_ = question.path.split("/")[-2].removeprefix("119")
            return _map(
                "urlset", "url", [(_path(*key), at) for key, at in self.written.items() if key[0] == type_]
            )
        for key, content in self.files.items():
            if question.path == _path(*key):
                return Reply(billstatus(content).encode(), kind="text/xml")
        return Reply(b"<error/>", 404, kind="text/xml")

    def _dates(self, type_: str) -> list[str]:
        return [at for key, at in self.written.items() if key[0] == type_]


def _path(type_: str, number: str) -> str:
    return f"/bulkdata/BILLSTATUS/119/{type_}/BILLSTATUS-119{type_}{number}.xml"


def _map(root: str, row: str, places: list[tuple[str, str]]) -> Reply:
    rows = "".join(f"<{row}><loc>{SITE}{path}</loc><lastmod>{at}</lastmod></{row}>" for path, at in places)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return Reply(
        f'<?xml version="1.0"?><{root} xmlns="{space}">{rows}</{root}>'.encode(), kind="application/xml"
    )


@pytest.fixture
def govinfo(publisher: Publisher) -> Govinfo:
    publisher.answer = Govinfo()
    return publisher.answer


@pytest.fixture
def feed(govinfo: Govinfo) -> Feed:
    return chosen("billstatus", congress())


def test_the_files_of_this_congress_are_read_and_of_no_other(feed: Feed, publisher: Publisher):
    feed = visit(feed)

    assert sorted(Measure.objects.values_list("number", flat=True)) == ["H.R. 210", "S. 12"]
    assert not [path for path in publisher.paths if "118" in path]
    assert feed.last_success_at == NOON


def test_where_nothing_is_new_one_question_says_so(feed: Feed, publisher: Publisher):
    visit(feed)
    publisher.asked.clear()

    visit(feed, NOON + timedelta(hours=6))

    assert publisher.paths == ["/sitemap/bulkdata/BILLSTATUS/sitemapindex.xml"]


def test_only_the_file_that_was_written_since_is_read(feed: Feed, govinfo: Govinfo, publisher: Publisher):
    visit(feed)
    govinfo.written["s", "12"] = LATER
    govinfo.files["s", "12"] = bill(number="12", type="S", title="Rural Telehealth, engrossed")
    publisher.asked.clear()

    visit(feed, NOON + timedelta(days=1))

    assert publisher.paths[1:] == ["/sitemap/bulkdata/BILLSTATUS/119s/sitemap.xml", _path("s", "12")]
    assert Measure.objects.get(number="S. 12").title_en == "Rural Telehealth, engrossed"


def test_a_file_that_is_listed_and_not_there_is_looked_for_again(feed: Feed, govinfo: Govinfo):
    del govinfo.files["s", "12"]
    govinfo.files["s", "13"] = bill(number="13", type="S")
    govinfo.written["s", "13"] = FIRST

    feed = failed_visit(feed)

    assert sorted(Measure.objects.values_list("number", flat=True)) == ["H.R. 210", "S. 13"]
    assert f"404 to {_path('s', '12')}" in feed.error
    assert not FeedMark.objects.filter(subject="map-s").exists()


def test_a_map_does_not_say_which_site_is_asked(feed: Feed, publisher: Publisher, govinfo: Govinfo):
    publisher.answer = lambda question: Reply(
        govinfo(question).body.replace(SITE.encode(), b"https://elsewhere.example"), kind="text/xml"
    )

    visit(feed)

    assert Measure.objects.count() == 2


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body>Under maintenance</body></html>", "web page instead of data"),
        (b"<urlset></urlset>", "lists nothing"),
        (b"<urlset><url><loc>", "not readable as XML"),
        (b'<!DOCTYPE a [<!ENTITY b "x">]><urlset/>', "declares a document type"),
    ],
)
def test_a_map_that_is_none_fails_in_words_and_forgets_nothing(
    body: bytes, reason: str, feed: Feed, publisher: Publisher
):
    visit(feed)
    publisher.trouble = [Reply(body, kind="text/xml")]

    feed = failed_visit(feed, NOON + timedelta(days=1))

    assert reason in feed.error
    assert (Measure.objects.count(), feed.last_success_at) == (2, NOON)
