"""Whatever lies where a source's file should: it is refused with its name, nothing of it is saved, nothing breaks off.

All nine formats alike; what is wrong inside one record is told in the tests of each.
"""

import gzip
import json
import re
import tarfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legislation.actions import load_measures
from legislation.models import ImportRun, Measure, RollCall, SourceRecord
from legislation.sources.measures.catalogue import READERS
from legislation.sources.measures.records import MeasureRecord, Refused, RollCallRecord
from legislation.sources.opening import LARGEST_FILE, FileRefused
from tests.legislation.measures import congress, legiscan, openstates_files, parliament
from tests.legislation.measures.loading import noon
from tests.legislation.measures.test_openstates_api import bill as api_bill
from tests.legislation.measures.test_senate_votes import ALBA, BAO, vote

Build = Callable[[], str]
OWN = "jurisdiction,session,number,title_en\r\nCA-ON,44-1,Bill 11,Records Act\r\n"
# For each format the name of a file of it, and a small file that is complete.
GOOD: dict[str, tuple[str, Build]] = {
    "billstatus": ("bill.xml", lambda: congress.billstatus(congress.bill())),
    "congress-gov": ("bill.json", lambda: json.dumps({"bill": congress.bill()})),
    "legiscan-csv": ("bills.csv", lambda: "\n".join(legiscan.TABLES["bills.csv"])),
    "legiscan-json": ("bill.json", lambda: json.dumps(legiscan.answer("bill", legiscan.bill()))),
    "legisinfo": ("bill.json", lambda: json.dumps([parliament.bill()])),
    "openstates-scrape": ("bill.json", lambda: json.dumps(openstates_files.bill())),
    "openstates-v3": ("bill.json", lambda: json.dumps(api_bill())),
    "own": ("ours.csv", lambda: OWN),
    "senate-votes": ("vote.xml", lambda: vote(ALBA, BAO)),
}
SOURCES = sorted(GOOD)
NOT_DATA = {
    "binary": bytes(range(256)) * 40,
    "nothing": b"",
    "null bytes": b"\x00" * 5_000,
    "a web page": b"<!DOCTYPE html><html><body><h1>503 Service Unavailable</h1></body></html>",
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02\xff" * 200,
    "a number": b"42",
    "brackets": b"[" * 100_000,
}


def placed(source: str, folder: Path, content: bytes, suffix: str = "") -> tuple[str, Path]:
    """The name of a file with this content, and what an import of the source is pointed at."""
    name = GOOD[source][0] + suffix
    if source == "legiscan-csv":
        legiscan.dataset(folder)
        inside = next(folder.rglob("bills.csv"))
        inside.write_bytes(content)
        return "bills.csv", folder
    (folder / name).write_bytes(content)
    return name, folder / name


def outcome(source: str, path: Path, *, dry_run: bool = False) -> str:
    """Everything that the import says is wrong; empty where all is well."""
    try:
        reports = load_measures.run(source=source, path=path, now=noon(date(2027, 2, 9)), dry_run=dry_run)
    except FileRefused as refusal:
        return str(refusal)
    said = [f"{one.file}: {one.why}" for report in reports for one in report.refused]
    return "\n".join(said + [failure for report in reports for failure in report.failures])


def on_record() -> tuple[int, int, int]:
    return Measure.objects.count(), RollCall.objects.count(), SourceRecord.objects.count()


def test_all_formats_are_tried():
    assert set(READERS) == set(GOOD)


@pytest.mark.django_db
@pytest.mark.parametrize("source", SOURCES)
def test_the_complete_file_comes_in_and_a_dry_run_of_it_leaves_nothing_but_its_run(
    source: str, tmp_path: Path
):
    _name, path = placed(source, tmp_path, GOOD[source][1]().encode())

    tried = outcome(source, path, dry_run=True)
    after_the_trial = on_record(), ImportRun.objects.get().dry_run
    done = outcome(source, path)

    assert (tried, after_the_trial, done) == ("", ((0, 0, 0), True), "")
    assert on_record()[0] > 0


@pytest.mark.django_db
@pytest.mark.parametrize("what", sorted(NOT_DATA))
@pytest.mark.parametrize("source", SOURCES)
def test_what_is_no_data_is_refused_by_name_and_nothing_is_saved(source: str, what: str, tmp_path: Path):
    name, path = placed(source, tmp_path, NOT_DATA[what])

    said = outcome(source, path)

    assert name in said
    assert on_record() == (0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("source", [one for one in SOURCES if not GOOD[one][0].endswith(".xml")])
def test_a_file_in_another_encoding_is_refused_by_name(source: str, encoding: str, tmp_path: Path):
    """XML says itself how it is written."""
    name, path = placed(source, tmp_path, GOOD[source][1]().encode(encoding))

    said = outcome(source, path)

    assert name in said
    assert on_record() == (0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("source", SOURCES)
def test_letters_of_an_old_encoding_are_refused_by_name_and_not_turned_into_others(
    source: str, tmp_path: Path
):
    old = re.sub(rb"(?i)telehealth|Records|Passage|resolution", b"sant\xe9", GOOD[source][1]().encode())
    name, path = placed(source, tmp_path, old)

    said = outcome(source, path)

    assert name in said
    assert on_record() == (0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("source", [one for one in SOURCES if one not in ("own", "legiscan-csv")])
def test_half_a_file_is_refused_by_name_and_saves_nothing(source: str, tmp_path: Path):
    content = GOOD[source][1]().encode()
    name, path = placed(source, tmp_path, content[: len(content) // 2])

    said = outcome(source, path)

    assert name in said
    assert on_record() == (0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(("source", "content"), [("own", OWN + "CA-ON,44-1"), ("legiscan-csv", None)])
def test_a_table_that_ends_within_a_row_names_the_row_and_keeps_the_whole_ones(source, content, tmp_path):
    """Each row stands for itself; the one that is cut off is told by its line."""
    whole = "\n".join(legiscan.TABLES["bills.csv"])
    _name, path = placed(source, tmp_path, (content or whole[: whole.rindex(",SR4")]).encode())

    said = outcome(source, path)

    assert "line 3" in said
    assert Measure.objects.count() == 1


@pytest.fixture(scope="module")
def bomb() -> bytes:
    """A few kilobytes that unfold beyond what any file of a source is."""
    return gzip.compress(b" " * (LARGEST_FILE + 1))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "source", [one for one in SOURCES if one not in ("legiscan-csv", "openstates-scrape")]
)
def test_a_file_that_unfolds_beyond_measure_is_refused_by_name(source: str, tmp_path: Path, bomb: bytes):
    name, path = placed(source, tmp_path, bomb, ".gz")

    said = outcome(source, path)

    assert (name in said, "larger than any file of this source" in said) == (True, True)
    assert on_record() == (0, 0, 0)


def packed_zip(target: Path, inside: Path, size: int) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr(inside.as_posix(), b" " * size)


def packed_tar(target: Path, inside: Path, size: int) -> None:
    blank = target.parent / "blank"
    blank.write_bytes(b" " * size)
    with tarfile.open(target, "w:gz") as opened:
        opened.add(blank, inside.as_posix())
    blank.unlink()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "name", "inside"),
    [
        ("billstatus", "b.zip", "a.xml"),
        ("billstatus", "b.tar.gz", "a.xml"),
        ("senate-votes", "b.zip", "a.xml"),
        ("legiscan-json", "b.zip", "a.json"),
        ("legiscan-csv", "b.zip", "MI/2025-2026/csv/bills.csv"),
        ("legiscan-csv", "b.tar.gz", "MI/2025-2026/csv/bills.csv"),
        ("legisinfo", "b.tar.gz", "a.json"),
        ("openstates-scrape", "b.tar.gz", "wy/a.json"),
    ],
)
def test_an_archive_that_unfolds_beyond_measure_is_refused_by_name(source, name, inside, tmp_path):
    pack = packed_zip if name.endswith(".zip") else packed_tar
    pack(tmp_path / name, Path(inside), LARGEST_FILE + 1)

    said = outcome(source, tmp_path / name)

    assert (name in said, "larger than any archive of this source" in said) == (True, True)
    assert on_record() == (0, 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "name"),
    [("legiscan-json", "b.zip"), ("legiscan-csv", "b.zip"), ("legiscan-csv", "b.tar.gz"),
     ("legisinfo", "b.tar.gz"), ("openstates-scrape", "b.tar.gz"), ("billstatus", "b.zip")],
)  # fmt: skip
def test_half_an_archive_saves_nothing(source: str, name: str, tmp_path: Path):
    """A directory of the whole stands at the end of a ZIP; of the other only what came before the break is there."""
    folder = tmp_path / "in"
    folder.mkdir()
    placed(source, folder, GOOD[source][1]().encode() + b" " * 10)
    whole = tmp_path / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(whole, "w") as opened:
            for path in sorted(one for one in folder.rglob("*") if one.is_file()):
                opened.write(path, path.relative_to(folder))
    else:
        with tarfile.open(whole, "w:gz") as packed:
            packed.add(folder, "wy")
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    said = outcome(source, whole)

    assert (name in said, "not a complete" in said) == (True, True)
    assert on_record() == (0, 0, 0)


# --- Anything at all ---

_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def read_all(source: str, path: Path) -> list[object]:
    """What the reader makes of it; it may refuse the whole, and raises nothing else."""
    try:
        return [one for file in READERS[source](path) for one in file.records]
    except FileRefused:
        return []


def is_documented(found: list[object]) -> bool:
    return all(isinstance(one, MeasureRecord | RollCallRecord | Refused) for one in found)


def damaged(content: bytes, at: int, instead: bytes) -> bytes:
    place = at % (len(content) + 1)
    return content[:place] + instead + content[place + len(instead) :]


@pytest.mark.parametrize("source", SOURCES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(min_value=0, max_value=50_000), instead=st.binary(min_size=1, max_size=8))
def test_a_file_with_any_bytes_in_any_place_is_read_or_refused(source: str, tmp_path: Path, at, instead):
    _name, path = placed(source, tmp_path, damaged(GOOD[source][1]().encode(), at, instead))

    assert is_documented(read_all(source, path))


@pytest.mark.parametrize("source", [one for one in SOURCES if GOOD[one][0].endswith(".json")])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), value=_ANYTHING)
def test_any_value_in_any_field_of_json_is_read_or_refused(source: str, tmp_path: Path, data, value):
    content = json.loads(GOOD[source][1]())
    record = content[0] if isinstance(content, list) else content.get("bill", content)
    record[data.draw(st.sampled_from(sorted(record)))] = value
    _name, path = placed(source, tmp_path, json.dumps(content).encode())

    assert is_documented(read_all(source, path))


@pytest.mark.parametrize("source", ["billstatus", "senate-votes"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(min_value=0, max_value=200), text=st.text(alphabet="<>/&;aé0-:, \n", max_size=12))
def test_any_text_in_any_element_of_xml_is_read_or_refused(source: str, tmp_path: Path, at, text):
    parts = GOOD[source][1]().split("</")
    place = 1 + at % (len(parts) - 1)
    parts[place - 1] = parts[place - 1].rpartition(">")[0] + ">" + text
    _name, path = placed(source, tmp_path, "</".join(parts).encode())

    assert is_documented(read_all(source, path))


@pytest.mark.parametrize("source", ["own", "legiscan-csv"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(min_value=0, max_value=100), text=st.text(alphabet='",;\n\r\0aé0-:', max_size=12))
def test_any_text_in_any_cell_of_a_table_is_read_or_refused(source: str, tmp_path: Path, at, text):
    cells = GOOD[source][1]().split(",")
    cells[at % len(cells)] = text
    _name, path = placed(source, tmp_path, ",".join(cells).encode())

    assert is_documented(read_all(source, path))
