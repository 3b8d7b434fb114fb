"""Answers and tables in the form of LegiScan, about bills that do not exist."""

import json
from pathlib import Path
from typing import Any

from legislation.sources.measures import legiscan_csv, legiscan_json
from legislation.sources.measures.records import MeasureRecord, Reading, Refused

SESSION = {
    "session_id": 9001,
    "state_id": 35,
    "year_start": 2025,
    "year_end": 2026,
    "special": 0,
    "session_name": "136th General Assembly",
}
ADA = {"people_id": 501, "name": "Ada Quill", "party": "R", "district": "HD-007", "committee_sponsor": 0}
BEA = {"people_id": 502, "name": "Bea Rook", "party": "D", "district": "SD-012", "committee_sponsor": 0}
HEALTH = {"people_id": 590, "name": "Health Committee", "party": "", "district": "", "committee_sponsor": 1}


def bill(**changes: Any) -> dict[str, Any]:
    """A bill of Ohio that has been introduced and referred, and nothing else."""
    return {
        "bill_id": 7001,
        "change_hash": "0f" * 16,
        "session": SESSION,
        "state": "OH",
        "bill_number": "HB210",
        "bill_type": "B",
        "body": "H",
        "title": "Enact the Telehealth Parity Act",
        "description": "Enact the Telehealth Parity Act",
        "url": "https://legiscan.com/OH/bill/HB210/2025",
        "state_link": "https://www.legislature.example/hb210",
        "status": 1,
        "status_date": "2025-02-04",
        "progress": [{"date": "2025-02-04", "event": 1}, {"date": "2025-02-11", "event": 9}],
        "history": [
            {"date": "2025-02-04", "action": "Introduced", "chamber": "H", "importance": 1},
            {"date": "2025-02-11", "action": "Referred to Committee: Health", "chamber": "H"},
        ],
        "sponsors": [],
        "subjects": [],
        "texts": [],
        "votes": [],
        "sasts": [],
        "calendar": [],
        **changes,
    }


def roll_call(**changes: Any) -> dict[str, Any]:
    """The answer to getRollCall; the bill lists the same without the votes."""
    return {
        "roll_call_id": 8101,
        "bill_id": 7001,
        "date": "2025-03-05",
        "desc": "Third Reading: Passed Roll Call # 68",
        "chamber": "H",
        "yea": 2,
        "nay": 1,
        "nv": 0,
        "absent": 1,
        "passed": 1,
        "votes": [{"people_id": 501, "vote_id": 1}, {"people_id": 502, "vote_id": 4}],
        **changes,
    }


def counted(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in roll_call(**changes).items() if key not in ("votes", "bill_id")}


def answer(kind: str, content: Any) -> dict[str, Any]:
    return {"status": "OK", kind: content}


def read(path: Path) -> list[Reading]:
    (found,) = legiscan_json.open_at(path)
    return list(found.records)


def read_answers(folder: Path, *answers: Any) -> list[Reading]:
    """Each as a file of its own, in this order."""
    for number, content in enumerate(answers):
        (folder / f"{number:03d}.json").write_text(json.dumps(content))
    return read(folder)


def only_measure(readings: list[Reading]) -> MeasureRecord:
    (found,) = readings
    assert isinstance(found, MeasureRecord)
    return found


def read_bill(folder: Path, **changes: Any) -> MeasureRecord:
    return only_measure(read_answers(folder, answer("bill", bill(**changes))))


def refusals(readings: list[Reading]) -> list[tuple[str, str]]:
    return [(one.where, one.why) for one in readings if isinstance(one, Refused)]


TABLES = {
    "bills.csv": (
        "bill_id,session_id,bill_number,status,status_desc,status_date,title,description,state_link,url",
        '7001,9001,HB210,2,Engrossed,2025-03-05,"Health: telehealth, parity","Health: telehealth, parity",'
        "https://www.legislature.example/hb210,https://legiscan.com/OH/bill/HB210/2025",
        "7002,9001,SR4,4,Passed,2025-02-06,A resolution to thank nurses,,,https://legiscan.com/OH/bill/SR4/2025",
    ),
    "history.csv": (
        "bill_id,date,chamber,sequence,action",
        "7002,2025-02-06,Senate,2,Adopted",
        "7001,2025-03-05,House,3,Passed Roll Call # 68",
        "7001,2025-02-04,House,1,Introduced",
        "7002,2025-02-06,Senate,1,Introduced",
        "7001,2025-02-11,House,2,Referred To Committee On Health",
    ),
    "people.csv": (
        "people_id,name,party,district,committee_id",
        "501,Ada Quill,R,HD-007,0",
        "502,Bea Rook,D,SD-012,0",
        "590,Health Committee,,,77",
    ),
    "sponsors.csv": ("bill_id,people_id,position", "7001,502,2", "7002,590,1", "7001,501,1"),
    "rollcalls.csv": (
        "bill_id,roll_call_id,date,chamber,description,yea,nay,nv,absent,total",
        '7001,8101,2025-03-05,House,"Third Reading: Passed Roll Call # 68",2,1,0,1,4',
    ),
    "votes.csv": ("roll_call_id,people_id,vote,vote_desc", "8101,501,1,Yea", "8101,502,4,Absent"),
    "documents.csv": (
        "bill_id,document_id,document_type,document_desc,url,state_link",
        "7001,3001,text,Introduced,https://legiscan.com/OH/text/3001,https://www.legislature.example/3001",
        "7001,3002,supplement,Fiscal Note,https://legiscan.com/OH/text/3002,",
    ),
}


def dataset(folder: Path, **changes: tuple[str, ...] | None) -> Path:
    """The tables in LegiScan's folders; `history=(…)` replaces the rows of one, `votes=None` leaves it out."""
    inside = folder / "OH" / "2025-2026_136th_General_Assembly" / "csv"
    inside.mkdir(parents=True, exist_ok=True)
    for name, lines in TABLES.items():
        rows = changes.get(name.removesuffix(".csv"), lines[1:])
        if rows is not None:
            (inside / name).write_text("\n".join((lines[0], *rows)) + "\n")
    return folder


def read_tables(path: Path) -> list[Reading]:
    (found,) = legiscan_csv.open_at(path)
    return list(found.records)


def by_number(readings: list[Reading]) -> dict[str, MeasureRecord]:
    return {one.key.number: one for one in readings if isinstance(one, MeasureRecord)}
