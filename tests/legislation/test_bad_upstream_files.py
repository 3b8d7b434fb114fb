"""Whatever a file holds: a clear message, no traceback, nothing half-saved."""

import gzip
import io
import json
import tarfile
from contextlib import suppress

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legislation.models import Jurisdiction, Official, Tenure
from legislation.sources import canada, congress, congress_files, openstates
from legislation.sources.opening import Document, FileRefused, parse_json, parse_yaml
from legislation.sources.openstates_bundles import Bundle
from tests.legislation.importing import happened, imported, in_office, only
from tests.legislation.upstream import (
    BAO,
    CONGRESS,
    CY,
    PUBLIC_HEALTH,
    STATES,
    archive,
    copy_of,
    rewrite,
    texas,
)

SOURCE = "openstates-people"
BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]\n"


@pytest.fixture
def states(tmp_path):
    return copy_of(STATES, tmp_path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id: \xe9\xe8", "UTF-8"),
        ("id: é".encode("utf-16"), "UTF-8"),
        (b"id: [unclosed", "YAML"),
        (b"id: 2026-13-45", "YAML"),
        (b"!!python/object/apply:os.system [echo]", "YAML"),
        (BOMB.encode(), "aliases"),
        (b"[" * 5_000, "YAML"),
        (b"\x00", "YAML"),
    ],
)
def test_what_is_not_plain_data_is_refused_with_the_files_name(content, reason):
    with pytest.raises(FileRefused, match=reason) as refusal:
        parse_yaml(Document("data/tx/legislature/x.yml", content))

    assert "data/tx/legislature/x.yml" in str(refusal.value)


@pytest.mark.parametrize("content", [b"\xff", b"{", b"[" * 100_000])
def test_broken_json_is_refused_with_the_files_name(content):
    with pytest.raises(FileRefused, match=r"mps\.json"):
        parse_json(Document("mps.json", content))


@pytest.mark.django_db
class TestOneBrokenFile:
    """One row is refused by file and id; everybody else is imported."""

    @pytest.mark.parametrize(
        "broken",
        [
            "id: [",
            BOMB,
            "just text",
            "- 1\n- 2",
            "id: 5\nname: x\nroles: []",
            "id: ocd-person/22222222-2222-4222-8222-222222222222\nname: ''\nroles: []",
            "id: ocd-person/22222222-2222-4222-8222-222222222222\nname: x\nroles: []",
            'id: ocd-person/22222222-2222-4222-8222-222222222222\nname: "a\\0b"\nroles: []',
            "id: ocd-person/22222222-2222-4222-8222-222222222222\nname: x\nroles: {}",
        ],
    )
    def test_is_refused_alone(self, states, broken):
        (texas(states) / BAO).write_text(broken)

        report = imported(SOURCE, states)

        refused = [one.file for one in only(report).refused]
        assert [file.endswith((BAO, CY)) for file in refused] == [True, True]
        assert in_office() == ["Alba Ferrante", "Cy Marlowe", "Dell Ostrow", "Eve Park"]

    def test_ends_nobodys_term(self, states):
        imported(SOURCE, states)
        (texas(states) / BAO).write_text("id: [")

        assert happened(imported(SOURCE, states)) == {}

    def test_of_1_mb_in_a_name_is_refused(self, states):
        rewrite(texas(states) / BAO, lambda content: content | {"name": "x" * 1_000_000})

        assert len(only(imported(SOURCE, states)).refused) == 2

    def test_with_the_id_of_another_is_refused(self, states):
        rewrite(
            texas(states) / BAO,
            lambda content: content | {"id": "ocd-person/11111111-1111-4111-8111-111111111111"},
        )

        report = imported(SOURCE, states)

        assert [one.why for one in only(report).refused][:1] == [
            "This id occurs twice; the first file counts."
        ]
        assert "Bảo Nguyễn" not in in_office()

    def test_among_the_committees_costs_only_that_committee(self, states):
        (texas(states) / PUBLIC_HEALTH).write_text("members: 5")

        report = imported(SOURCE, states)

        assert only(report).read["committees"] == 1

    def test_among_the_towns_costs_only_their_spelling(self, states):
        (texas(states) / "municipalities.yml").write_text("{")

        report = imported(SOURCE, states)

        assert "municipalities.yml" in only(report).refused[0].file
        assert Jurisdiction.objects.get(level="local").name == "San Marcos"


@pytest.mark.django_db
class TestAnArchive:
    """A damaged archive is refused whole, and the others are imported."""

    def test_cut_short_changes_nothing(self, states, tmp_path):
        imported(SOURCE, states)
        before = list(Tenure.objects.order_by("pk").values())
        cut = archive(states, tmp_path / "tx.tar.gz")
        cut.write_bytes(cut.read_bytes()[:-200])

        report = imported(SOURCE, cut)

        assert (only(report).status, report.changes) == ("refused", 0)
        assert "tx.tar.gz" in only(report).why
        assert list(Tenure.objects.order_by("pk").values()) == before

    def test_beside_a_good_one_stops_nobody(self, states, tmp_path):
        folder = tmp_path / "archives"
        folder.mkdir()
        archive(states, folder / "tx.tar.gz")
        (folder / "ut.tar.gz").write_bytes(b"not an archive")

        report = imported(SOURCE, folder)

        assert [(outcome.name, outcome.status) for outcome in report.outcomes] == [
            ("Texas", "applied"),
            ("ut.tar.gz", "refused"),
        ]

    @pytest.mark.parametrize("name", ["readme.txt", "data/zz/legislature/x.yml", "../../etc/passwd"])
    def test_of_something_else_is_refused(self, tmp_path, name):
        path = tmp_path / "other.tar.gz"
        with tarfile.open(path, "w:gz") as opened:
            member = tarfile.TarInfo(name)
            member.size = 5
            opened.addfile(member, io.BytesIO(b"hello"))

        assert only(imported(SOURCE, path)).status == "refused"

    def test_that_claims_a_giant_file_is_refused_before_it_is_read(self, tmp_path):
        path = tmp_path / "tx.tar.gz"
        with gzip.open(path, "wb") as opened:
            member = tarfile.TarInfo("data/tx/legislature/x.yml")
            member.size = 10**12
            opened.write(member.tobuf())

        assert "larger than any archive" in only(imported(SOURCE, path)).why

    def test_whose_every_file_is_broken_is_refused_whole(self, states):
        for file in texas(states).rglob("*.yml"):
            file.write_text("id: [")

        report = imported(SOURCE, states)

        assert only(report).status == "refused"
        assert Official.objects.count() == 0


@pytest.mark.django_db
def test_a_wrong_list_of_districts_is_refused_before_anything_is_read(states):
    (states / "districts.csv").write_text("a,b\n1,2\n")

    with pytest.raises(FileRefused, match=r"districts\.csv"):
        imported(SOURCE, states)


@pytest.mark.django_db
def test_a_congress_file_with_broken_rows_names_them_and_ends_nobody(tmp_path):
    folder = copy_of(CONGRESS, tmp_path)
    imported("congress-legislators", folder)

    def break_row(people):
        people[2]["terms"][-1]["start"] = "soon"

    rewrite(folder / "legislators-current.yaml", break_row)
    report = imported("congress-legislators", folder)

    assert [(one.file, one.record) for one in only(report).refused] == [
        ("legislators-current.yaml", "W000003")
    ]
    assert happened(report) == {}
    assert "Wren Whitcombe" in in_office()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
person_like = st.fixed_dictionaries(
    {},
    optional={
        "id": anything | st.just("ocd-person/11111111-1111-4111-8111-111111111111"),
        "name": anything | st.just("Alba"),
        "email": anything,
        "party": anything | st.lists(st.fixed_dictionaries({"name": anything}), max_size=2),
        "roles": anything
        | st.lists(
            st.fixed_dictionaries(
                {
                    "type": st.sampled_from(["upper", "lower", "mayor", "governor", "queen"]) | anything,
                    "jurisdiction": st.just("ocd-jurisdiction/country:us/state:tx/government") | anything,
                },
                optional={"district": anything, "start_date": anything, "end_date": anything},
            ),
            max_size=3,
        ),
        "offices": anything,
        "links": anything,
        "ids": anything,
        "extras": anything,
        "members": anything,
    },
)
quietly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quietly
@given(
    content=person_like | anything,
    folder=st.sampled_from(["legislature", "retired", "committees", "executive"]),
)
def test_no_content_of_a_state_file_breaks_the_reader(content, folder):
    bundle = Bundle("tx", "tx")
    text = yaml.safe_dump(content, allow_unicode=True).encode("utf-8", "replace")
    bundle.folders[folder].append(Document(f"tx/{folder}/x.yml", text))

    with suppress(FileRefused):
        openstates.read(bundle, None, {})


@quietly
@given(raw=st.binary(max_size=300))
def test_no_bytes_break_the_reader_of_states(raw):
    bundle = Bundle("tx", "tx")
    bundle.folders["legislature"].append(Document("tx/legislature/x.yml", raw))

    with suppress(FileRefused):
        openstates.read(bundle, None, {})


@quietly
@given(people=anything | st.lists(person_like, max_size=3), other=anything)
def test_no_content_breaks_the_reader_of_congress(people, other):
    documents = {
        part: Document(f"{part}.yaml", yaml.safe_dump(content).encode("utf-8", "replace"))
        for part, content in ((congress_files.PEOPLE, people), (congress_files.COMMITTEES, other))
    }

    with suppress(FileRefused):
        congress.read(documents, "congress")


@quietly
@given(
    members=anything
    | st.lists(
        st.fixed_dictionaries(
            {"name": anything, "email": anything, "ridingName": anything},
            optional={"province": anything, "offices": anything},
        ),
        max_size=3,
    )
)
def test_no_content_breaks_the_reader_of_members_of_parliament(members):
    content = json.dumps(members, default=str).encode()

    with suppress(FileRefused):
        canada.read(Document("mps.json", content), None)
