"""Answers of Congress.gov, joined to bills; what was not asked for is not known."""

import gzip
import json
from datetime import date

import pytest

from legislation.models.measure_relation import RelationKind
from legislation.sources.measures import billstatus, congress_gov
from legislation.sources.measures.records import Refused
from legislation.sources.opening import FileRefused
from tests.legislation.measures.congress import SPONSOR, action, bill, only, saved
from tests.legislation.measures.congress import billstatus as as_xml

ASKED = {"congress": "119", "billType": "hr", "billNumber": "210", "format": "json"}
ENTRY = {
    "congress": 119,
    "type": "HR",
    "number": "210",
    "title": "Rural Telehealth Act",
    "updateDate": "2025-02-04",
}
INTRODUCED = action("2025-02-03", "Introduced in House", "1000")
BAO = {"bioguideId": "N000002", "fullName": "Rep. Nguyen, Bao [R-KY-1]", "sponsorshipDate": "2025-02-10"}


def detail(**counts):
    """The answer about the bill itself, which counts its parts."""
    content = bill(number="210", congress=119)
    for name in ("actions", "cosponsors"):
        content.pop(name)
    content |= {
        name: {"count": count, "url": "https://api.congress.gov/v3/x"} for name, count in counts.items()
    }
    return {"bill": content, "request": ASKED}


def part(name, items, **more):
    return {name: items, "pagination": {"count": len(items)}, "request": ASKED} | more


def test_a_page_of_the_list_gives_numbers_and_titles_and_leaves_the_rest_as_it_is(tmp_path):
    page = saved(
        tmp_path, "page.json", {"bills": [ENTRY, ENTRY | {"number": "211", "title": ""}], "pagination": {}}
    )

    (file,) = congress_gov.open_at(page)
    first, second = file.records

    assert (file.scheme, file.label) == ("congress-gov", "page.json")
    assert (first.key.number, first.title_en, first.file) == ("H.R. 210", "Rural Telehealth Act", "page.json")
    assert (second.key.number, second.title_en) == ("H.R. 211", "")
    assert (first.actions, first.stages, first.sponsors, first.texts, first.relations) == (None,) * 5


def test_a_bill_and_its_parts_are_joined_wherever_they_lie(tmp_path):
    (tmp_path / "more").mkdir()
    saved(tmp_path, "a.json", part("actions", [INTRODUCED]))
    saved(tmp_path, "list.json", {"bills": [ENTRY | {"title": "As listed"}]})
    saved(
        tmp_path,
        "z.json",
        detail(actions=1, cosponsors=1, subjects=2, summaries=1, textVersions=1, relatedBills=1),
    )
    (tmp_path / "more" / "c.json.gz").write_bytes(
        gzip.compress(json.dumps(part("cosponsors", [BAO])).encode())
    )
    terms = {"legislativeSubjects": [{"name": "Video"}], "policyArea": {"name": "Health"}}
    saved(tmp_path, "subjects.json", part("subjects", terms, pagination={"count": 2}))
    saved(
        tmp_path, "summaries.json", part("summaries", [{"actionDate": "2025-02-03", "text": "<p>Pays.</p>"}])
    )
    pdf, page = (
        "https://www.congress.gov/BILLS-119hr210ih.pdf",
        "https://www.congress.gov/BILLS-119hr210ih.htm",
    )
    formats = [{"type": "Formatted Text", "url": page}, {"type": "PDF", "url": pdf}]
    text = {"type": "Introduced in House", "date": "2025-02-03T05:00:00Z", "formats": formats}
    saved(tmp_path, "text.json", part("textVersions", [text]))
    related = {"congress": 119, "type": "S", "number": 7, "relationshipDetails": [{"type": "Identical bill"}]}
    saved(tmp_path, "related.json", part("relatedBills", [related]))
    for name in ("amendments", "committees"):
        saved(tmp_path, f"{name}.json", part(name, []))

    record = only(congress_gov, tmp_path)

    assert (record.key.number, record.title_en, record.file) == ("H.R. 210", "Rural Telehealth Act", "z.json")
    assert [one.text for one in record.actions] == ["Introduced in House"]
    assert [one.who.name for one in record.sponsors] == ["Rep. Marlowe, Cy", "Rep. Nguyen, Bao"]
    assert record.subjects == ("Health", "Video")
    assert record.summary_en == "Pays."
    assert [(one.key, one.on, one.url) for one in record.texts] == [
        ("BILLS-119hr210ih", date(2025, 2, 3), pdf)
    ]
    assert [(one.other.number, one.kind) for one in record.relations] == [("S. 7", RelationKind.COMPANION)]


def test_what_was_not_asked_for_is_not_known_and_what_is_not_counted_is_empty(tmp_path):
    record = only(congress_gov, saved(tmp_path, "z.json", detail(actions=3, cosponsors=2)))

    assert (record.actions, record.stages, record.sponsors) == (None, None, None)
    assert (record.texts, record.relations) == ((), ())


def test_a_bill_without_cosponsors_has_its_sponsor(tmp_path):
    record = only(congress_gov, saved(tmp_path, "z.json", detail(actions=3)))

    assert [one.who.name for one in record.sponsors] == ["Rep. Marlowe, Cy"]


def test_half_a_list_takes_nothing_away_and_is_said(tmp_path):
    saved(tmp_path, "c.json", part("cosponsors", [BAO], pagination={"count": 222, "next": "https://x"}))
    saved(tmp_path, "z.json", detail(cosponsors=222))

    (file,) = congress_gov.open_at(tmp_path)
    (record,) = file.records

    assert record.sponsors is None
    assert file.warnings == ["z.json: 1 of 222 cosponsors are here. They were left as they are on record."]


def test_two_pages_of_a_part_are_one_list(tmp_path):
    another = BAO | {"bioguideId": "F000001", "fullName": "Rep. Ferrante, Alba [D-OH-2]"}
    for name, item in (("c0.json", BAO), ("c1.json", another)):
        saved(tmp_path, name, part("cosponsors", [item], pagination={"count": 2}))
    saved(tmp_path, "z.json", detail(cosponsors=2))

    assert len(only(congress_gov, tmp_path).sponsors) == 3


def test_one_item_that_is_no_list_is_a_list_of_one(tmp_path):
    record = only(congress_gov, saved(tmp_path, "z.json", {"bill": detail()["bill"] | {"sponsors": SPONSOR}}))

    assert [one.who.name for one in record.sponsors] == ["Rep. Marlowe, Cy"]


def test_both_publications_of_a_bill_are_read_alike(tmp_path):
    saved(tmp_path, "a.json", part("actions", bill()["actions"]))
    saved(tmp_path, "z.json", detail(actions=3))
    by_key = only(congress_gov, tmp_path)

    by_bulk = only(billstatus, saved(tmp_path, "b.xml", as_xml(bill())))

    for name in ("external_id", "key", "kind", "title_en", "url", "actions", "stages", "sponsors"):
        assert getattr(by_key, name) == getattr(by_bulk, name), name


def test_the_hash_is_of_what_was_answered_and_not_of_when(tmp_path):
    first = only(congress_gov, saved(tmp_path, "z.json", detail()))

    touched = detail()
    touched["bill"] = dict(reversed(touched["bill"].items())) | {"updateDate": "2026-01-01"}
    again = only(congress_gov, saved(tmp_path, "z.json", touched))
    saved(tmp_path, "a.json", part("actions", [INTRODUCED]))
    with_actions = only(congress_gov, tmp_path)

    assert first.content_hash == again.content_hash
    assert first.content_hash != with_actions.content_hash


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "JSON"),
        ("[]", "no answer of Congress.gov"),
        ({"members": []}, "no answer of Congress.gov"),
        (
            {"error": {"code": "API_KEY_INVALID", "message": "An invalid api_key was supplied."}},
            "invalid api_key",
        ),
        ({"error": "Unknown resource"}, "Unknown resource"),
        ({"actions": []}, "no answer of Congress.gov"),
        ({"bills": ["x"]}, "names no bill"),
        ({"bills": [{"congress": 119, "type": "XX", "number": 1}]}, "names no bill"),
        ({"bills": [{"congress": 1e400, "type": "HR", "number": 1}]}, "names no bill"),
        ({"bills": [{"congress": 0, "type": "HR", "number": 1}]}, "congress"),
        ({"bill": {"type": "HR"}}, "names no bill"),
        ({"bill": {"type": "HR", "congress": 119, "number": 5, "title": "a\0b"}}, "title"),
        (part("cosponsors", [BAO], request=ASKED | {"billNumber": "9"}), "itself is missing"),
    ],
)
def test_what_is_no_answer_is_refused_by_name_and_the_others_are_read(tmp_path, content, reason):
    saved(tmp_path, "a-broken.json", content)
    saved(tmp_path, "z.json", detail())

    (file,) = congress_gov.open_at(tmp_path)
    found = list(file.records)

    (refused,) = (one for one in found if isinstance(one, Refused))
    assert refused.where == "a-broken.json"
    assert reason in refused.why
    assert [one.key.number for one in found if not isinstance(one, Refused)] == ["H.R. 210"]


def test_a_bad_entry_does_not_keep_out_the_rest_of_its_page(tmp_path):
    (file,) = congress_gov.open_at(saved(tmp_path, "page.json", {"bills": [{"type": "HR"}, ENTRY]}))

    refused, record = file.records

    assert (refused.where, record.key.number) == ("page.json", "H.R. 210")


def test_a_folder_without_json_is_not_ours(tmp_path):
    saved(tmp_path, "b.xml", "<billStatus/>")

    with pytest.raises(FileRefused, match="no answers of Congress"):
        congress_gov.open_at(tmp_path)
