"""Whatever lies where bills of Congress should: the bills are read, the rest is refused by name."""

import gzip

import pytest

from legislation.sources.measures import billstatus
from legislation.sources.measures.records import Refused
from legislation.sources.opening import FileRefused
from tests.legislation.measures.congress import bill, only, saved
from tests.legislation.measures.congress import billstatus as as_xml


def test_a_folder_holds_compressed_files_and_is_read_by_name(tmp_path):
    (tmp_path / "119").mkdir()
    (tmp_path / "119" / "b.xml.gz").write_bytes(gzip.compress(as_xml(bill(number="2")).encode()))
    saved(tmp_path, "z.xml", as_xml(bill(number="1")))
    saved(tmp_path, "readme.md", "no data")

    (file,) = billstatus.open_at(tmp_path)

    assert (file.scheme, file.label) == ("billstatus", tmp_path.name)
    assert [(one.file, one.key.number) for one in file.records] == [
        ("119/b.xml.gz", "H.R. 2"),
        ("z.xml", "H.R. 1"),
    ]


BOMB = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;">]><billStatus><bill><title>&c;</title></bill></billStatus>'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<billStatus><bill>", "XML"),
        ("", "XML"),
        ("\x00", "XML"),
        (BOMB, "document type"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "web page"),
        ("<html>Down for maintenance", "web page"),
        ("<roll_call_vote/>", "roll_call_vote"),
        ("<billStatus/>", "not a bill status"),
        ("<amendmentStatus><bill><number>1</number></bill></amendmentStatus>", "amendmentStatus"),
        ("<billStatus><bill>" + "<a>" * 5000 + "</a>" * 5000 + "</bill></billStatus>", "nested"),
        (as_xml(bill(type="HAMDT")), "HAMDT"),
        (as_xml(bill(type="")), "eight kinds"),
        (as_xml(bill(number="x")), "number"),
        (as_xml(bill(number="0")), "number"),
        (as_xml(bill(congress="-1")), "congress"),
        (as_xml(bill(introducedDate="2025-13-45")), "introducedDate"),
    ],
)
def test_what_is_no_bill_is_refused_by_name_and_the_others_are_read(tmp_path, content, reason):
    saved(tmp_path, "a-broken.xml", content)
    saved(tmp_path, "b.xml", as_xml(bill()))

    (file,) = billstatus.open_at(tmp_path)
    refused, record = file.records

    assert isinstance(refused, Refused)
    assert refused.where == "a-broken.xml"
    assert reason in refused.why
    assert record.key.number == "H.R. 210"


def test_half_a_compressed_file_is_refused_by_name(tmp_path):
    (tmp_path / "half.xml.gz").write_bytes(gzip.compress(as_xml(bill()).encode())[:-20])

    refused = only(billstatus, tmp_path / "half.xml.gz")

    assert refused.where == "half.xml.gz"
    assert "half.xml.gz" in refused.why


@pytest.mark.parametrize("name", ["bills.json", "nothing-here"])
def test_a_path_without_xml_is_not_ours(tmp_path, name):
    saved(tmp_path, "bills.json", "{}")

    with pytest.raises(FileRefused, match=name):
        billstatus.open_at(tmp_path / name)
