"""Whatever lies where bills of Congress should: the bills are read, the rest is refused by name."""

import gzip
import tarfile
import zipfile

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


def test_the_archives_of_gpo_are_read_whole_and_whatever_else_lies_in_them_is_left(tmp_path):
    inside = {
        "BILLSTATUS-119hr2.xml": as_xml(bill(number="2")),
        "BILLSTATUS-119hr1.xml": as_xml(bill()),
        "x.txt": "",
    }
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as opened:
        for name, content in inside.items():
            opened.writestr(name, content)
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as packed:
        packed.add(saved(tmp_path, "one.xml", as_xml(bill(number="7"))), "hr/one.xml")

    (file,) = billstatus.open_at(tmp_path)
    (alone,) = billstatus.open_at(tmp_path / "a.zip")

    assert [(one.file, one.key.number) for one in file.records] == [
        ("a.zip/BILLSTATUS-119hr1.xml", "H.R. 210"),
        ("a.zip/BILLSTATUS-119hr2.xml", "H.R. 2"),
        ("b.tar.gz/hr/one.xml", "H.R. 7"),
        ("one.xml", "H.R. 7"),
    ]
    assert [one.file for one in alone.records] == [
        "a.zip/BILLSTATUS-119hr1.xml",
        "a.zip/BILLSTATUS-119hr2.xml",
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bills.zip", b"PK\x03\x04 and then nothing", "not a complete ZIP archive"),
        ("bills.tar.gz", b"\x1f\x8b and then nothing", "not a complete .tar.gz archive"),
    ],
)
def test_a_damaged_archive_is_refused_by_name_and_the_files_beside_it_are_read(
    tmp_path, name, content, reason
):
    (tmp_path / name).write_bytes(content)
    saved(tmp_path, "z.xml", as_xml(bill()))

    (file,) = billstatus.open_at(tmp_path)
    refused, record = file.records

    assert (name in refused.why, reason in refused.why) == (True, True)
    assert record.key.number == "H.R. 210"


def test_an_archive_without_a_bill_says_so(tmp_path):
    with zipfile.ZipFile(tmp_path / "empty.zip", "w") as opened:
        opened.writestr("readme.txt", "nothing")

    assert only(billstatus, tmp_path / "empty.zip").why == "empty.zip holds no XML file."


def test_a_roll_call_of_the_house_clerk_is_no_bill_and_is_refused_by_name(tmp_path):
    saved(tmp_path, "roll042.xml", "<rollcall-vote><vote-metadata/></rollcall-vote>")

    refused = only(billstatus, tmp_path / "roll042.xml")

    assert "roll042.xml is not a bill status of GPO: it begins with <rollcall-vote>." in refused.why
