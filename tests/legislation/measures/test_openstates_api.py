"""Answers of the Open States API, read into neutral facts."""

import gzip
import json
from datetime import date

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.models.roll_call import VoteOption, VoteResult
from legislation.models.sponsorship import SponsorRole
from legislation.models.stage import Stage
from legislation.sources.measures import openstates_api
from legislation.sources.measures.records import (
    MeasureKey,
    PersonHint,
    Refused,
    SessionFact,
    SponsorFact,
    TextFact,
    VoteFact,
)
from legislation.sources.opening import FileRefused

NEW_YORK = {"id": "ocd-jurisdiction/country:us/state:ny/government", "name": "New York"}
SENATE = {"id": "ocd-organization/1", "name": "Senate", "classification": "upper"}
ASSEMBLY = {"id": "ocd-organization/2", "name": "Assembly", "classification": "lower"}
ANN = {"id": "ocd-person/0f3a8d52-0000-0000-0000-000000000001", "name": "Ann Lee", "party": "Independent"}


def bill(number="S 8646", **more):
    return {
        "id": f"ocd-bill/{number}",
        "session": "2025-2026",
        "jurisdiction": NEW_YORK,
        "from_organization": SENATE,
        "identifier": number,
        "title": "Relates to telehealth",
        "classification": ["resolution"],
        "subject": [],
        "extras": {},
        "created_at": "2026-01-08T00:50:23.208934+00:00",
        "updated_at": "2026-06-17T05:46:58.497599+00:00",
        "openstates_url": "https://openstates.org/ny/bills/2025-2026/S8646/",
        "first_action_date": "2026-01-07",
        "latest_passage_date": "",
        **more,
    }


def kept(folder, **answers):
    for name, answer in answers.items():
        (folder / f"{name}.json").write_text(json.dumps(answer), encoding="utf-8")
    return folder


def read(path):
    return list(openstates_api.read(path).records)


def only(folder, answer):
    (found,) = read(kept(folder, answer=answer))
    return found


def test_a_page_of_a_list_and_a_single_bill_are_read_alike(tmp_path):
    page = {"results": [bill("S 1"), bill("A 2")], "pagination": {"page": 1, "max_page": 1}}
    found = read(kept(tmp_path, a_page=page, b_single=bill("S 3")))

    assert [(one.key.number, one.file) for one in found] == [
        ("S 1", "a_page.json"),
        ("A 2", "a_page.json"),
        ("S 3", "b_single.json"),
    ]


def test_a_bill_keeps_its_id_and_what_was_not_asked_for_stays_unsaid(tmp_path):
    found = only(tmp_path, bill(abstracts=[{"abstract": "Pays for visits by video.", "note": ""}]))

    assert (found.external_id, found.kind) == ("ocd-bill/S 8646", MeasureKind.RESOLUTION)
    assert found.key == MeasureKey(SessionFact(NEW_YORK["id"], "2025-2026"), "S 8646")
    assert (found.title_en, found.summary_en) == ("Relates to telehealth", "Pays for visits by video.")
    assert found.url == "https://openstates.org/ny/bills/2025-2026/S8646/"
    assert (found.actions, found.stages, found.sponsors, found.texts) == (None,) * 4
    assert (found.roll_calls, found.relations) == (None, None)


def test_what_was_asked_for_and_is_empty_is_empty(tmp_path):
    found = only(tmp_path, bill(actions=[], sponsorships=[], versions=[], votes=[], related_bills=[]))

    assert (found.actions, found.stages, found.sponsors, found.texts) == ((),) * 4
    assert (found.roll_calls, found.relations) == ((), ())


def test_a_detail_brings_its_history_and_its_progress(tmp_path):
    found = only(
        tmp_path,
        bill(
            actions=[
                {
                    "organization": SENATE,
                    "description": "REFERRED TO HEALTH",
                    "date": "2026-01-07",
                    "classification": ["introduction", "referral-committee"],
                    "order": 0,
                },
                {
                    "organization": ASSEMBLY,
                    "description": "PASSED ASSEMBLY",
                    "date": "2026-03-01T12:00:00+00:00",
                    "classification": ["passage"],
                    "order": 1,
                },
            ]
        ),
    )

    assert [(action.on, action.text, action.chamber) for action in found.actions] == [
        (date(2026, 1, 7), "REFERRED TO HEALTH", ChamberCode.UPPER),
        (date(2026, 3, 1), "PASSED ASSEMBLY", ChamberCode.LOWER),
    ]
    assert [step.stage for step in found.stages] == [Stage.INTRODUCED, Stage.COMMITTEE_1, Stage.PASSED_2]


def test_sponsors_and_texts_of_a_detail_are_read(tmp_path):
    found = only(
        tmp_path,
        bill(
            sponsorships=[
                {"name": "LEE", "entity_type": "person", "primary": True, "person": ANN},
                {"name": "Health", "entity_type": "organization", "primary": False},
            ],
            versions=[
                {
                    "note": "Introduced",
                    "date": "",
                    "links": [
                        {"url": "https://leg.example/s.pdf", "media_type": "application/pdf"},
                        {"url": "https://leg.example/s.html", "media_type": "text/html"},
                    ],
                }
            ],
        ),
    )

    assert found.sponsors == (
        SponsorFact(PersonHint("LEE", (("ocd-person", ANN["id"]),)), SponsorRole.SPONSOR),
        SponsorFact(PersonHint("Health", is_committee=True), SponsorRole.COSPONSOR),
    )
    assert found.texts == (TextFact("Introduced", "Introduced", url="https://leg.example/s.html"),)


def test_roll_calls_of_a_detail_are_read_with_their_voters(tmp_path):
    event = {
        "id": "ocd-vote/1",
        "motion_text": "Third reading",
        "start_date": "2026-03-01T03:00:00+00:00",
        "result": "fail",
        "organization": SENATE,
        "counts": [{"option": "yes", "value": 0}, {"option": "no", "value": 1}],
        "votes": [{"option": "no", "voter_name": "LEE", "voter": ANN}],
    }
    (call,) = only(tmp_path, bill(votes=[event])).roll_calls

    assert (call.external_id, call.on, call.result) == ("ocd-vote/1", date(2026, 2, 28), VoteResult.FAILED)
    assert (call.yes, call.no, call.others, call.number) == (0, 1, 0, None)
    assert call.votes == (VoteFact(PersonHint("LEE", (("ocd-person", ANN["id"]),)), VoteOption.NO),)


def test_a_bill_that_was_only_written_down_again_has_the_same_fingerprint(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / name).mkdir()
    before = only(tmp_path / "a", bill())
    again = only(tmp_path / "b", bill(updated_at="2026-08-01T00:00:00+00:00"))
    changed = only(tmp_path / "c", bill(title="Relates to video visits"))

    assert before.content_hash == again.content_hash != changed.content_hash


def test_one_broken_bill_is_refused_and_the_others_are_read(tmp_path):
    page = {"results": [bill("S 1", session=None), bill("S 2"), bill("S 3", jurisdiction=None), "S 4"]}
    (tmp_path / "cut.json").write_text('{"id": "ocd-bill/5", ')
    found = read(kept(tmp_path, page=page))
    refused = {one.where: one.why for one in found if isinstance(one, Refused)}

    assert [one.key.number for one in found if not isinstance(one, Refused)] == ["S 2"]
    assert refused["page.json: S 1"] == "legislative_session: Field required"
    assert refused["page.json: S 3"] == "it has no id, or no jurisdiction"
    assert sorted(refused) == ["cut.json", "page.json", "page.json: S 1", "page.json: S 3"]


def test_an_answer_about_people_is_left_out_and_said_so(tmp_path):
    file = openstates_api.read(kept(tmp_path, bill=bill(), people={"results": [ANN]}))

    assert [one.key.number for one in file.records] == ["S 8646"]
    assert file.warnings == ["people.json is no answer about bills and was left out."]


@pytest.mark.parametrize(
    "answers", [{}, {"people": {"results": [ANN]}}, {"error": {"detail": "No such page"}}]
)
def test_a_folder_without_any_bill_is_refused(tmp_path, answers):
    with pytest.raises(FileRefused, match="holds no bills"):
        openstates_api.read(kept(tmp_path, **answers))


def test_a_compressed_answer_is_read(tmp_path):
    (tmp_path / "bill.json.gz").write_bytes(gzip.compress(json.dumps(bill()).encode()))

    assert [one.key.number for one in read(tmp_path)] == ["S 8646"]
    assert [one.key.number for one in read(tmp_path / "bill.json.gz")] == ["S 8646"]
