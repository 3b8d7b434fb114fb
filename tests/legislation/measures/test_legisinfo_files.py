"""Whatever lies where answers of LEGISinfo should: JSON, XML, archives, lists, and what is none of them."""

import gzip
import io
import json
import tarfile

import pytest

from legislation.models.stage import Stage
from legislation.sources.measures import legisinfo
from legislation.sources.measures.records import Refused
from legislation.sources.opening import Document, FileRefused
from tests.legislation.measures.parliament import (
    bill,
    only,
    read,
    steps,
)

XML = """<?xml version="1.0" encoding="utf-8"?>
<Bills><Bill>
  <Id>900500</Id><NumberCode>C-500</NumberCode>
  <ParliamentNumber>51</ParliamentNumber><SessionNumber>2</SessionNumber>
  <LongTitleEn>An Act respecting records</LongTitleEn><LongTitleFr>Loi concernant les dossiers</LongTitleFr>
  <ShortTitleEn>
  </ShortTitleEn><ReceivedRoyalAssentDateTime /><IsSenateBill>false</IsSenateBill><SponsorPersonName />
  <ShortLegislativeSummaryEn>&lt;p&gt;A &amp;amp; B&lt;/p&gt;</ShortLegislativeSummaryEn>
  <BillStages><BillId>0</BillId>
    <HouseBillStages><SignificantEvents><EventTypeId>60110</EventTypeId>
      <EventNameEn>Introduction</EventNameEn><EventNameFr>Dépôt</EventNameFr>
      <EventDateTime>2031-02-03T00:00:00</EventDateTime><IsDefeatedEvent>false</IsDefeatedEvent>
    </SignificantEvents></HouseBillStages>
  </BillStages>
  <Publications><PublicationId>1</PublicationId></Publications>
  <Publications><PublicationId>2</PublicationId></Publications>
  <SimilarBills />
</Bill></Bills>"""


def test_xml_reads_as_json_does_however_often_an_element_stands(tmp_path):
    (tmp_path / "metadata.xml").write_text(XML)

    (file,) = legisinfo.open_at(tmp_path)
    (record,) = file.records

    assert (record.title_en, record.title_fr) == ("An Act respecting records", "Loi concernant les dossiers")
    assert record.summary_en == "A & B"
    assert steps(record) == [("2031-02-03", Stage.INTRODUCED, "First reading in the House of Commons")]
    assert [text.key for text in record.texts] == ["1", "2"]
    assert (record.sponsors, record.relations) == ((), ())


def test_an_archive_is_read_answer_by_answer_and_a_broken_one_is_named(tmp_path):
    path = tmp_path / "51-2.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, content in [
            ("a/C-500.xml", XML),
            ("a/LICENSE.md", "open"),
            ("a/C-501.xml", "<Bills><Bill>"),
        ]:
            member = tarfile.TarInfo(name)
            member.size = len(content.encode())
            archive.addfile(member, io.BytesIO(content.encode()))

    (file,) = legisinfo.open_at(path)
    good, bad = file.records

    assert (good.file, good.key.number) == ("a/C-500.xml", "C-500")
    assert isinstance(bad, Refused)
    assert bad.where == "a/C-501.xml"


def test_a_bill_that_cannot_be_read_is_named_and_the_others_go_on(tmp_path):
    bad, good = read(tmp_path, bill(ParliamentNumber="soon"), bill("C-501"))

    assert bad == Refused("bill.json: C-500", bad.why)
    assert "ParliamentNumber" in bad.why
    assert good.key.number == "C-501"


LISTED = {
    "BillId": 900500,
    "BillNumberFormatted": "C-500",
    "ParliamentNumber": 51,
    "SessionNumber": 2,
    "LongTitleEn": "An Act respecting records",
    "LongTitleFr": "Loi concernant les dossiers",
    "ShortTitleEn": "",
    "BillTypeEn": "Private Member’s Bill",
    "PassedHouseFirstReadingDateTime": "2031-02-03T00:00:00",
    "LatestActivityEn": "Introduction and first reading",
}


def test_the_list_names_bills_and_is_silent_about_their_way(tmp_path):
    record = only(tmp_path, LISTED)

    assert (record.external_id, record.title_fr) == ("900500", "Loi concernant les dossiers")
    assert (record.actions, record.stages, record.sponsors, record.texts, record.roll_calls) == (None,) * 5


def test_the_list_tells_which_bills_have_changed():
    before = json.dumps([LISTED, dict(LISTED, BillNumberFormatted="C-501")]).encode()
    after = json.dumps(
        [LISTED, dict(LISTED, BillNumberFormatted="C-501", LatestActivityEn="Debate")]
    ).encode()

    (one, two), (same, other) = (list(legisinfo.listed(Document("l.json", c))) for c in (before, after))

    assert (one.session, one.number) == ("51-2", "C-500")
    assert one == same
    assert two.content_hash != other.content_hash
    assert legisinfo.detail_address(*two[:2]) == "https://www.parl.ca/LegisInfo/en/bill/51-2/c-501/json"


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.xml", b"<!DOCTYPE b [<!ENTITY a 'aaaa'>]><Bills><Bill>&a;</Bill></Bills>", "document type"),
        ("x.xml", b"<Bills><Bill></Bills>", "XML"),
        ("x.xml", "<Bills/>".encode("utf-16"), "XML"),
        ("x.xml", b"<Votes><Vote>1</Vote></Votes>", "LEGISinfo"),
        ("x.xml", b"<a>" * 30_000 + b"</a>" * 30_000, "XML|LEGISinfo"),
        ("x.json", b"[]", "LEGISinfo"),
        ("x.json", b'[{"id": "ocd-bill/1"}]', "LEGISinfo"),
        ("x.json", b'["NumberCode"]', "LEGISinfo"),
        ("x.json", b"{", "JSON"),
        ("x.json.gz", b"not gzip", "cannot be read"),
    ],
)
def test_what_is_no_answer_of_legisinfo_is_refused_by_name(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(FileRefused, match=reason) as refusal:
        legisinfo.open_at(tmp_path / name)

    assert name in str(refusal.value)


def test_a_compressed_answer_is_read_as_it_is(tmp_path):
    (tmp_path / "c.json.gz").write_bytes(gzip.compress(json.dumps([bill()]).encode()))

    (file,) = legisinfo.open_at(tmp_path / "c.json.gz")

    assert [record.key.number for record in file.records] == ["C-500"]


def test_a_folder_without_answers_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="no answer of LEGISinfo"):
        legisinfo.open_at(tmp_path)
