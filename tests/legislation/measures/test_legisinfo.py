"""Bills of the Parliament of Canada, from invented answers of LEGISinfo."""

import gzip
import io
import json
import tarfile
from datetime import date

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure_relation import RelationKind
from legislation.models.roll_call import VoteResult
from legislation.models.stage import Stage
from legislation.sources.measures import legisinfo
from legislation.sources.measures.records import MeasureRecord, Refused
from legislation.sources.opening import Document, FileRefused

HOUSE, SENATE = ChamberCode.LOWER, ChamberCode.UPPER


def event(kind, name, french, at, **more):
    return {"EventTypeId": kind, "EventNameEn": name, "EventNameFr": french, "EventDateTime": at, **more}


def stage(*events, **more):
    return {"SignificantEvents": list(events), **more}


FIRST = event(60110, "Introduction and first reading", "Dépôt et première lecture", "2031-02-03T10:05:00")
SECOND = event(60121, "Second reading and referral to committee", "Deuxième lecture", "2031-03-04T00:00:00")
REPORT = event(60124, "Committee report presented with amendments", "Rapport", "2031-04-01T00:00:00")
THIRD = event(60134, "Third reading", "Troisième lecture", "2031-04-10T00:00:00")
SENATE_FIRST = event(60111, "First reading", "Première lecture", "2031-04-10T23:59:00")
SENATE_SECOND = event(60120, "Second reading", "Deuxième lecture", "2031-05-01T10:45:00")
REFERRED = event(60123, "Referral to committee", "Renvoi au comité", "2031-05-01T10:50:00")
SENATE_REPORT = event(60124, "Committee report presented with an amendment", "Rapport", "2031-05-20T00:00:00")
SENATE_THIRD = event(60134, "Third reading", "Troisième lecture", "2031-06-01T10:00:00")
ASSENT = event(60149, "Royal assent", "Sanction royale", "2031-06-09T20:00:00")


def bill(number="C-500", **more):
    return {
        "Id": 900500,
        "NumberCode": number,
        "ParliamentNumber": 51,
        "SessionNumber": 2,
        "LongTitleEn": "An Act respecting the portability of health records",
        "LongTitleFr": "Loi concernant la portabilité des dossiers de santé",
        "ShortTitleEn": "Portable Records Act",
        "ShortTitleFr": "Loi sur les dossiers transférables",
        "StatusNameEn": "At second reading in the House of Commons",
        "BillDocumentTypeNameEn": "Private Member's Bill",
        "BillFormNameEn": "Regular",
        "IsProForma": False,
        "IsSenateBill": number.startswith("S"),
        "SponsorPersonId": 4711,
        "SponsorPersonName": "Maude Tremblay-Okafor",
        "SponsorConstituencyNameEn": "Lac-Vert—Pine Hills",
        "LatestBillEventDateTime": "2031-06-10T00:00:00",
        "BillStages": {"HouseBillStages": [stage(FIRST)], "SenateBillStages": [], "RoyalAssent": None},
        **more,
    }


def read(tmp_path, *bills, name="bill.json"):
    path = tmp_path / name
    path.write_text(json.dumps(list(bills)))
    (file,) = legisinfo.open_at(path)
    return list(file.records)


def only(tmp_path, content):
    (record,) = read(tmp_path, content)
    assert isinstance(record, MeasureRecord), record
    return record


def steps(record):
    return [(step.on.isoformat(), step.stage, step.local_label) for step in record.stages]


def test_a_bill_has_its_session_number_titles_and_page(tmp_path):
    record = only(tmp_path, bill())

    session = record.key.session
    assert (session.jurisdiction, session.identifier, session.name) == (
        "ocd-jurisdiction/country:ca/legislature",
        "51-2",
        "51st Parliament, 2nd Session",
    )
    assert (record.external_id, record.key.number) == ("900500", "C-500")
    assert (record.title_en, record.title_fr) == (
        "Portable Records Act",
        "Loi sur les dossiers transférables",
    )
    assert record.other_titles == (
        "An Act respecting the portability of health records",
        "Loi concernant la portabilité des dossiers de santé",
    )
    assert record.url == "https://www.parl.ca/legisinfo/en/bill/51-2/c-500"


def test_a_bill_without_a_short_title_goes_by_its_long_one(tmp_path):
    record = only(tmp_path, bill(ShortTitleEn=None, ShortTitleFr=""))

    assert record.title_en == "An Act respecting the portability of health records"
    assert record.title_fr == "Loi concernant la portabilité des dossiers de santé"
    assert record.other_titles == ()


def test_a_house_bill_goes_through_both_houses_to_royal_assent(tmp_path):
    road = {
        "HouseBillStages": [stage(FIRST), stage(SECOND), stage(REPORT), stage(THIRD)],
        "SenateBillStages": [
            stage(SENATE_FIRST),
            stage(SENATE_SECOND, REFERRED),
            stage(SENATE_REPORT),
            stage(SENATE_THIRD),
        ],
        "InterChamberMessages": [
            {
                "EventNameEn": "Consideration of Senate amendments",
                "EventNameFr": "Étude des amendements du Sénat",
                "Date": "2031-06-09T13:06:44.247",
                "ChamberOrganizationId": 1,
            }
        ],
        "RoyalAssent": stage(ASSENT),
    }

    record = only(tmp_path, bill(BillStages=road, StatuteYear=2031, StatuteChapter="7"))

    assert steps(record) == [
        ("2031-02-03", Stage.INTRODUCED, "First reading in the House of Commons"),
        ("2031-03-04", Stage.PRINCIPLE, "Second reading in the House of Commons"),
        ("2031-03-04", Stage.COMMITTEE_STUDY, "Consideration in committee in the House of Commons"),
        ("2031-04-01", Stage.REPORT_STAGE, "Report stage in the House of Commons"),
        ("2031-04-10", Stage.PASSED_1, "Third reading in the House of Commons"),
        ("2031-05-01", Stage.COMMITTEE_2, "Consideration in committee in the Senate"),
        ("2031-05-20", Stage.REPORTED_2, "Report stage in the Senate"),
        ("2031-06-01", Stage.PASSED_2, "Third reading in the Senate"),
        ("2031-06-09", Stage.RECONCILING, "Consideration of Senate amendments"),
        ("2031-06-09", Stage.ENACTED, "Royal assent"),
    ]
    last = record.actions[-1]
    assert (last.text, last.text_fr) == (
        "Royal assent (S.C. 2031, c. 7)",
        "Sanction royale (L.C. 2031, ch. 7)",
    )
    assert "S.C. 2031, c. 7" in record.other_titles


def test_a_senate_bill_has_its_first_chamber_in_the_senate(tmp_path):
    road = {
        "SenateBillStages": [stage(FIRST), stage(SENATE_THIRD)],
        "HouseBillStages": [stage(dict(SECOND, EventDateTime="2031-06-01T15:00:00"))],
    }

    record = only(tmp_path, bill("S-12", BillStages=road))

    assert [(step.stage, step.chamber) for step in record.stages] == [
        (Stage.INTRODUCED, SENATE),
        (Stage.PASSED_1, SENATE),
        (Stage.COMMITTEE_2, HOUSE),
    ]


def test_a_defeat_ends_the_bill_in_the_words_of_the_house(tmp_path):
    lost = event(
        60119, "Bill defeated at second reading", "Rejet", "2031-03-25T14:00:00", IsDefeatedEvent=True
    )
    road = {"HouseBillStages": [stage(FIRST), stage(lost)]}

    record = only(tmp_path, bill(BillStages=road, StatusNameEn="Bill defeated"))

    assert steps(record)[-1] == ("2031-03-25", Stage.FAILED, "Bill defeated at second reading")
    assert len(record.stages) == 2


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("Bill withdrawn", Stage.FAILED),
        ("Will not be proceeded with", Stage.FAILED),
        ("Awaiting royal assent", Stage.ENROLLED),
        ("At second reading in the House of Commons", Stage.INTRODUCED),
    ],
)
def test_what_only_the_status_says_counts_from_the_last_event(tmp_path, status, expected):
    record = only(tmp_path, bill(StatusNameEn=status))

    assert record.stages[-1].stage == expected


def test_a_bill_that_a_committee_of_the_whole_saw_reaches_report_stage_by_concurrence(tmp_path):
    concurred = event(60285, "Concurrence at report stage", "Adoption", "2031-04-02T00:00:00")

    record = only(tmp_path, bill(BillStages={"HouseBillStages": [stage(FIRST), stage(concurred)]}))

    assert steps(record)[-1] == ("2031-04-02", Stage.REPORT_STAGE, "Report stage in the House of Commons")


def test_the_history_is_oldest_first_in_both_languages_and_says_nothing_twice(tmp_path):
    sitting = {"NameEn": "Introduction and first reading", "NameFr": "Dépôt", "Date": "2031-02-03T00:00:00"}
    debate = {"NameEn": "Debate at second reading", "NameFr": "Débat", "Date": "2031-03-04T00:00:00"}
    meeting = {
        "CommitteeNameEn": "Standing Committee on Health",
        "CommitteeNameFr": "Comité permanent de la santé",
        "Number": 21,
        "Date": "2031-03-20T00:00:00",
    }
    road = {
        "HouseBillStages": [
            stage(REPORT, CommitteeMeetings=[meeting]),
            stage(SECOND, Sittings=[debate]),
            stage(FIRST, Sittings=[sitting]),
        ]
    }

    record = only(tmp_path, bill(BillStages=road))

    assert [(line.on.isoformat(), line.text, line.text_fr, line.chamber) for line in record.actions] == [
        ("2031-02-03", "Introduction and first reading", "Dépôt", HOUSE),
        ("2031-03-04", "Debate at second reading", "Débat", HOUSE),
        ("2031-03-04", "Second reading and referral to committee", "Deuxième lecture", HOUSE),
        (
            "2031-03-20",
            "Standing Committee on Health, meeting 21",
            "Comité permanent de la santé, réunion 21",
            HOUSE,
        ),
        ("2031-04-01", "Committee report presented with amendments", "Rapport", HOUSE),
    ]


def test_a_moment_with_a_zone_is_the_day_it_was_in_ottawa(tmp_path):
    late = dict(FIRST, EventDateTime="2031-02-04T03:30:00Z")

    record = only(tmp_path, bill(BillStages={"HouseBillStages": [stage(late)]}))

    assert record.stages[0].on == date(2031, 2, 3)


def test_the_sponsor_is_known_by_the_number_of_the_house(tmp_path):
    (sponsor,) = only(tmp_path, bill()).sponsors

    assert sponsor.who.name == "Maude Tremblay-Okafor"
    assert sponsor.who.identifiers == (("ourcommons", "4711"),)
    assert sponsor.who.district == "Lac-Vert—Pine Hills"


def test_a_division_of_the_house_is_a_count_without_names(tmp_path):
    division = {
        "DivisionNumber": 90,
        "DivisionSubjectEn": "2nd reading of Bill C-500",
        "DivisionSubjectFr": "2e lecture du projet de loi C-500",
        "DivisionVotesYeas": 136,
        "DivisionVotesNays": 192,
        "DivisionVotePaired": 10,
        "DecisionDateTime": "2031-03-25T14:00:00",
        "IsAgreedTo": False,
        "IsNegatived": True,
    }

    (roll_call,) = only(tmp_path, bill(HouseVoteDetails=[division])).roll_calls

    assert roll_call.external_id == "51-2/90"
    assert (roll_call.chamber, roll_call.number, roll_call.on) == (HOUSE, 90, date(2031, 3, 25))
    assert (roll_call.yes, roll_call.no, roll_call.others, roll_call.votes) == (136, 192, 10, None)
    assert roll_call.result == VoteResult.FAILED
    assert roll_call.motion_fr == "2e lecture du projet de loi C-500"


def test_a_text_has_its_address_in_both_languages(tmp_path):
    published = {
        "PublicationId": 77,
        "PublicationTypeId": 80701,
        "PublicationTypeNameEn": "First Reading",
        "PublicationTypeNameFr": "Première lecture",
    }
    elsewhere = dict(published, PublicationId=78, PublicationTypeId=80702)

    first, other = only(tmp_path, bill(Publications=[published, elsewhere])).texts

    assert (first.key, first.label, first.label_fr) == ("77", "First Reading", "Première lecture")
    assert first.url == "https://www.parl.ca/DocumentViewer/en/51-2/bill/C-500/first-reading"
    assert first.url_fr == "https://www.parl.ca/DocumentViewer/fr/51-2/projet-loi/C-500/premiere-lecture"
    assert other.url_fr == "https://www.parl.ca/legisinfo/fr/projet-de-loi/51-2/c-500"


def test_summaries_lose_their_markup_and_keep_their_paragraphs(tmp_path):
    html = "<div>First part&nbsp;ends.<br/><br/>Second <b>part</b> &amp; more<script>alert(1)</script></div>"

    record = only(tmp_path, bill(ShortLegislativeSummaryEn=html, ShortLegislativeSummaryFr=None))

    assert (record.summary_en, record.summary_fr) == ("First part ends.\nSecond part & more", "")


def test_similar_bills_are_of_an_earlier_session_or_beside_it_and_never_the_bill_itself(tmp_path):
    similar = [
        {"NumberCode": "C-300", "ParliamentNumber": 50, "SessionNumber": 1},
        {"NumberCode": "S-9", "ParliamentNumber": 51, "SessionNumber": 2},
        {"NumberCode": "C-500", "ParliamentNumber": 51, "SessionNumber": 2},
        {"NumberCode": "C-2", "ParliamentNumber": 52, "SessionNumber": 1},
    ]

    record = only(tmp_path, bill(SimilarBills=similar, ReinstatedFromBillNumberCode="C-77"))

    assert [(r.other.session.identifier, r.other.number, r.kind) for r in record.relations] == [
        ("51-1", "C-77", RelationKind.PRIOR_SESSION),
        ("50-1", "C-300", RelationKind.PRIOR_SESSION),
        ("51-2", "S-9", RelationKind.RELATED),
    ]


def test_a_pro_forma_bill_is_kept_and_says_so(tmp_path):
    record = only(tmp_path, bill("C-1", IsProForma=True, BillFormNameEn="Pro forma"))

    assert record.subjects == ("Private Member's Bill", "Pro forma")


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
