"""Bills of the Parliament of Canada, from invented answers of LEGISinfo."""

from datetime import date

import pytest

from legislation.models.measure_relation import RelationKind
from legislation.models.roll_call import VoteResult
from legislation.models.stage import Stage
from tests.legislation.measures.parliament import (
    ASSENT,
    FIRST,
    HOUSE,
    REFERRED,
    REPORT,
    SECOND,
    SENATE,
    SENATE_FIRST,
    SENATE_REPORT,
    SENATE_SECOND,
    SENATE_THIRD,
    THIRD,
    bill,
    event,
    only,
    stage,
    steps,
)


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
