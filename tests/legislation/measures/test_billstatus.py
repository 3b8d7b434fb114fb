"""Bills of Congress as GPO publishes them: both schemas, one builder with Congress.gov."""

from datetime import date

import pytest

from legislation.models.jurisdiction import ChamberCode
from legislation.models.measure import MeasureKind
from legislation.models.measure_relation import RelationKind
from legislation.models.sponsorship import SponsorRole
from legislation.models.stage import Stage
from legislation.sources.measures import billstatus
from legislation.sources.measures.records import (
    ActionFact,
    PersonHint,
    RelationFact,
    SessionFact,
    SponsorFact,
    StageFact,
    TextFact,
)
from tests.legislation.measures.congress import LIBRARY, SENATE, action, bill, only, saved
from tests.legislation.measures.congress import billstatus as as_xml

HOUSE_119 = SessionFact(
    "ocd-jurisdiction/country:us/government",
    "119",
    "119th Congress",
    starts_on=date(2025, 1, 3),
    ends_on=date(2027, 1, 3),
)
CY = PersonHint("Rep. Marlowe, Cy", (("bioguide", "M000001"),), "TX-9", "D")
OLD_SCHEMA = """<billStatus><bill>
  <billNumber>8</billNumber><billType>SJRES</billType><congress>114</congress>
  <createDate>2015-02-10T05:11:53Z</createDate><updateDate>2015-11-10T13:12:57Z</updateDate>
  <introducedDate>2015-02-09</introducedDate><title>A joint resolution of invention.</title>
  <actions>
    <actionByCounts><senate>2</senate></actionByCounts><actionTypeCounts><vetoed>1</vetoed></actionTypeCounts>
    <item><actionDate>2015-03-31</actionDate><text>Vetoed by President. (text: CR S1)</text>
      <actionCode>E30000</actionCode><sourceSystem><code>2</code><name>House floor actions</name></sourceSystem></item>
    <item><actionDate>2015-03-31</actionDate><text>Vetoed by President.(text: CR S1)</text>
      <actionCode>31000</actionCode><sourceSystem><code>9</code><name>Library of Congress</name></sourceSystem></item>
    <item><actionDate>2015-03-04</actionDate><type>PASSED SENATE</type>
      <text>Passed Senate without amendment by Yea-Nay Vote. 53 - 46. Record Vote Number: 67.</text>
      <sourceSystem><code>0</code><name>Senate</name></sourceSystem></item>
    <item><actionDate>2015-02-09</actionDate></item>
  </actions>
  <sponsors><item><bioguideId>F000001</bioguideId><fullName>Sen. Ferrante, Alba [R-TN]</fullName></item></sponsors>
  <cosponsors />
  <subjects><billSubjects>
    <otherSubjects><item><name>Congressional oversight</name></item></otherSubjects>
    <primarySubject><name>Labor and Employment</name></primarySubject>
  </billSubjects></subjects>
  <summaries><billSummaries><item><actionDate>2015-02-09</actionDate><text><![CDATA[<p>Disapproves a rule.</p>]]></text>
  </item></billSummaries></summaries>
  <recordedVotes><recordedVote><chamber>Senate</chamber><congress>114</congress><date>2015-03-04T17:07:09Z</date>
    <rollNumber>67</rollNumber><sessionNumber>1</sessionNumber><url>http://www.senate.gov/vote=00067</url>
  </recordedVote></recordedVotes>
  <relatedBills><item><congress>114</congress><number>29</number><type>H.J.Res.</type>
    <relationshipDetails><item><type>Identical bill</type></item></relationshipDetails></item></relatedBills>
</bill></billStatus>"""


@pytest.fixture
def read(tmp_path):
    """The record of a bill, written as a file of GPO."""
    return lambda content: only(billstatus, saved(tmp_path, "b.xml", as_xml(content)))


def test_a_bill_is_its_session_and_its_printed_number(read):
    record = read(bill())

    assert record.key == (HOUSE_119, "H.R. 210")
    assert record.external_id == "119-hr-210"
    assert record.kind == MeasureKind.BILL
    assert record.title_en == "Rural Telehealth Act"
    assert record.url == "https://www.congress.gov/bill/119th-congress/house-bill/210"
    assert record.file == "b.xml"


@pytest.mark.parametrize(
    ("written", "printed", "kind"),
    [
        ("HR", "H.R. 210", MeasureKind.BILL),
        ("S", "S. 210", MeasureKind.BILL),
        ("HJRES", "H.J.Res. 210", MeasureKind.RESOLUTION),
        ("SJRES", "S.J.Res. 210", MeasureKind.RESOLUTION),
        ("HCONRES", "H.Con.Res. 210", MeasureKind.RESOLUTION),
        ("SCONRES", "S.Con.Res. 210", MeasureKind.RESOLUTION),
        ("HRES", "H.Res. 210", MeasureKind.RESOLUTION),
        ("SRES", "S.Res. 210", MeasureKind.RESOLUTION),
    ],
)
def test_each_of_the_eight_types_is_printed_as_congress_prints_it(read, written, printed, kind):
    record = read(bill(type=written))

    assert (record.key.number, record.kind) == (printed, kind)


@pytest.mark.parametrize(
    ("congress", "name", "starts_on"),
    [
        ("73", "73rd Congress", None),
        ("74", "74th Congress", date(1935, 1, 3)),
        ("101", "101st Congress", date(1989, 1, 3)),
        ("112", "112th Congress", date(2011, 1, 3)),
        ("122", "122nd Congress", date(2031, 1, 3)),
    ],
)
def test_a_congress_is_one_session_of_two_years_since_the_twentieth_amendment(
    read, congress, name, starts_on
):
    session = read(bill(congress=congress)).key.session

    assert (session.identifier, session.name, session.starts_on) == (congress, name, starts_on)


def test_the_same_line_of_two_systems_is_one_and_the_oldest_comes_first(read):
    record = read(bill())

    assert record.actions == (
        ActionFact(
            date(2025, 2, 3),
            "Introduced in House",
            chamber=ChamberCode.LOWER,
            classification="IntroReferral, 1000, Intro-H",
        ),
        ActionFact(
            date(2025, 2, 3),
            "Referred to the House Committee on Ways and Means.",
            chamber=ChamberCode.LOWER,
            classification="Floor, H11100",
        ),
    )
    assert record.stages == (
        StageFact(date(2025, 2, 3), Stage.INTRODUCED, "Introduced in House", ChamberCode.LOWER),
        StageFact(date(2025, 2, 3), Stage.COMMITTEE_1, "Referred to House committee", ChamberCode.LOWER),
    )


def test_the_older_schema_is_read_as_the_newer_one(tmp_path):
    record = only(billstatus, saved(tmp_path, "BILLSTATUS-114sjres8.xml", OLD_SCHEMA))

    assert (record.key.number, record.key.session.identifier) == ("S.J.Res. 8", "114")
    assert [(one.on, one.text) for one in record.actions] == [
        (
            date(2015, 3, 4),
            "Passed Senate without amendment by Yea-Nay Vote. 53 - 46. Record Vote Number: 67.",
        ),
        (date(2015, 3, 31), "Vetoed by President. (text: CR S1)"),
    ]
    assert [one.stage for one in record.stages] == [Stage.INTRODUCED, Stage.PASSED_1, Stage.VETOED]
    assert record.sponsors == (
        SponsorFact(
            PersonHint("Sen. Ferrante, Alba", (("bioguide", "F000001"),), "TN", "R"),
            SponsorRole.SPONSOR,
            date(2015, 2, 9),
        ),
    )
    assert record.subjects == ("Labor and Employment", "Congressional oversight")
    assert record.summary_en == "Disapproves a rule."
    assert record.texts is None
    assert [(one.other.number, one.kind) for one in record.relations] == [
        ("H.J.Res. 29", RelationKind.COMPANION)
    ]


def test_where_a_vote_is_recorded_leaves_the_roll_calls_to_those_who_keep_them(tmp_path):
    record = only(billstatus, saved(tmp_path, "old.xml", OLD_SCHEMA))

    assert record.roll_calls is None


def test_a_cosponsor_has_a_day_and_may_have_withdrawn(read):
    cosponsors = [
        {"bioguideId": "N000002", "fullName": "Rep. Nguyen, Bao [R-DC-At Large]", "party": "R", "state": "DC",
         "district": "0", "sponsorshipDate": "2025-02-10", "sponsorshipWithdrawnDate": "2025-03-01"},
    ]  # fmt: skip

    record = read(bill(cosponsors=cosponsors))

    bao = PersonHint("Rep. Nguyen, Bao", (("bioguide", "N000002"),), "DC-AL", "R")
    assert record.sponsors == (
        SponsorFact(CY, SponsorRole.SPONSOR, date(2025, 2, 3)),
        SponsorFact(bao, SponsorRole.COSPONSOR, date(2025, 2, 10), date(2025, 3, 1)),
    )


def test_who_withdrew_and_joined_again_is_a_cosponsor(read):
    bao = {"bioguideId": "N000002", "fullName": "Rep. Nguyen, Bao [R-DC-At Large]"}
    record = read(
        bill(
            cosponsors=[
                bao | {"sponsorshipDate": "2025-04-01"},
                bao | {"sponsorshipDate": "2025-02-10", "sponsorshipWithdrawnDate": "2025-03-01"},
            ]
        )
    )

    assert [(one.on, one.withdrawn_on) for one in record.sponsors[1:]] == [(date(2025, 4, 1), None)]


def test_texts_are_oldest_first_on_the_day_of_washington(read):
    xml = "https://www.govinfo.gov/content/pkg/{0}/xml/{0}.xml"
    record = read(
        bill(
            textVersions=[
                {"type": "Enrolled Bill", "date": "", "formats": [{"url": xml.format("BILLS-119hr210enr")}]},
                {"type": "Introduced in House", "date": "2025-02-03T05:00:00Z", "formats": []},
                {"type": "Public Law", "date": "2025-03-16T03:59:59Z",
                 "formats": [{"url": xml.format("PLAW-119publ3_uslm")}]},
            ]
        )
    )  # fmt: skip

    assert record.texts == (
        TextFact("Introduced in House 2025-02-03", "Introduced in House", on=date(2025, 2, 3)),
        TextFact("BILLS-119hr210enr", "Enrolled Bill", url=xml.format("BILLS-119hr210enr")),
        TextFact("PLAW-119publ3", "Public Law", on=date(2025, 3, 15), url=xml.format("PLAW-119publ3_uslm")),
    )


def test_the_newest_summary_is_kept_as_words(read):
    record = read(
        bill(
            summaries=[
                {
                    "actionDate": "2025-03-01",
                    "cdata": {"text": "<p><b>Rural &amp; near</b></p> <ul><li>One</li></ul>"},
                },
                {"actionDate": "2025-02-03", "text": "<p>As introduced.</p>"},
            ]
        )
    )

    assert record.summary_en == "Rural & near\n• One"


def test_an_identical_bill_of_the_same_chamber_is_no_companion(read):
    def related(type_: str, number: str, *words: str) -> dict[str, object]:
        return {
            "congress": "119", "type": type_, "number": number, "relationshipDetails": [{"type": one} for one in words]
        }  # fmt: skip

    record = read(
        bill(
            relatedBills=[
                related("S", "77", "Related bill", "Identical bill"),
                related("HR", "300", "Identical bill"),
                related("HRES", "9", "Procedurally-related"),
                related("S", "77", "Procedurally-related"),
                related("HR", "210", "Identical bill"),
            ]
        )
    )

    assert [(one.other.number, one.kind) for one in record.relations] == [
        ("S. 77", RelationKind.COMPANION),
        ("H.R. 300", RelationKind.RELATED),
        ("H.Res. 9", RelationKind.RELATED),
    ]
    assert isinstance(record.relations[0], RelationFact)


def test_short_titles_are_found_and_the_shorter_one_names_the_bill(read):
    record = read(
        bill(
            title="To pay for visits by video in the country.",
            titles=[
                {"titleType": "Display Title", "title": "To pay for visits by video in the country."},
                {"titleType": "Short Titles as Introduced", "title": "RURAL Act"},
                {"titleType": "Short Titles as Introduced for portions of this bill", "title": "Eye Act"},
                {
                    "titleType": "Official Title as Introduced",
                    "title": "To pay for visits by video, and for more.",
                },
            ],
        )
    )

    assert record.short_name == "RURAL Act"
    assert record.other_titles == ("Eye Act", "To pay for visits by video, and for more.")


def test_a_law_that_no_line_speaks_of_is_enacted(read):
    record = read(bill(laws=[{"type": "Public Law", "number": "119-3"}]))

    assert record.stages[-1] == StageFact(date(2025, 2, 3), Stage.ENACTED, "Became Public Law 119-3")


def test_lines_of_amendments_name_them_and_bring_no_stage(read):
    lines = [
        action("2025-03-01", "Passed Senate, said the amendment of itself.", "", SENATE),
        action("2025-03-01", "", "", LIBRARY),
    ]
    amendment = {"number": "23", "type": "SAMDT", "actions": {"count": "2", "actions": lines}}

    record = read(bill(amendments=[amendment]))

    assert record.actions[-1].text == "S.Amdt. 23: Passed Senate, said the amendment of itself."
    assert len(record.actions) == 3
    assert record.stages[-1].stage == Stage.COMMITTEE_1


def test_how_many_lines_were_joined_is_said_once_for_the_whole_folder(tmp_path):
    for number in ("1", "2"):
        saved(tmp_path, f"{number}.xml", as_xml(bill(number=number)))

    (file,) = billstatus.open_at(tmp_path)
    records = list(file.records)

    assert [len(one.actions) for one in records] == [2, 2]
    assert file.warnings == [
        "Of 6 actions listed 4 are kept: the others repeat one of them or have no words."
    ]


def test_a_bill_without_any_action_was_introduced(read):
    record = read(bill(actions=[], sponsors=[]))

    assert (record.actions, record.sponsors) == ((), ())
    assert [(one.on, one.stage) for one in record.stages] == [(date(2025, 2, 3), Stage.INTRODUCED)]


def test_a_bill_without_a_title_and_in_the_future_is_read(read):
    record = read(
        bill(title="", introducedDate="2099-01-01", actions=[action("2099-01-01", "Introduced in House")])
    )

    assert (record.title_en, record.stages[0].on) == ("", date(2099, 1, 1))


def test_two_thousand_actions_are_two_thousand_lines(read):
    record = read(
        bill(
            actions=[
                action("2025-02-03", f"Amendment SA {n} submitted.", "", SENATE) for n in range(2000, 0, -1)
            ]
        )
    )

    assert len(record.actions) == 2000
    assert record.actions[0].text == "Amendment SA 1 submitted."


def test_the_hash_is_of_what_is_said_and_not_of_when_it_was_touched(read, tmp_path):
    first = read(bill())

    touched = read(bill(updateDate="2025-09-09T01:00:00Z", updateDateIncludingText="2025-09-09T01:00:00Z"))
    spaced = only(billstatus, saved(tmp_path, "b.xml", as_xml(bill()).replace("><", ">\n\n<")))
    changed = read(bill(title="Urban Telehealth Act"))

    assert first.content_hash == touched.content_hash == spaced.content_hash
    assert first.content_hash != changed.content_hash


def test_an_older_file_tells_party_and_seat_in_the_name_alone(tmp_path):
    sponsors = [{"fullName": "Rep. Marlowe, Cy [D-TX-9]"}]
    cosponsors = [{"fullName": "Sen. Ferrante, Alba [R-KY]"}]

    record = only(
        billstatus, saved(tmp_path, "b.xml", as_xml(bill(sponsors=sponsors, cosponsors=cosponsors)))
    )

    assert [(one.who.name, one.who.district, one.who.party) for one in record.sponsors] == [
        ("Rep. Marlowe, Cy", "TX-9", "D"),
        ("Sen. Ferrante, Alba", "KY", "R"),
    ]
