"""Invented bills and roll calls, written the way the scrapers of Open States write them."""

import json
from pathlib import Path
from typing import Any

from legislation.sources.measures import openstates_scrape
from legislation.sources.measures.records import Reading

WYOMING = {"id": "ocd-jurisdiction/country:us/state:wy/government", "name": "Wyoming"}
CONGRESS = {"id": "ocd-jurisdiction/country:us/government", "name": "United States"}


def body(classification: str) -> str:
    return f"~{json.dumps({'classification': classification})}"


def line(day: str, text: str, *words: str, chamber: str = "lower") -> dict[str, Any]:
    return {
        "date": day,
        "description": text,
        "organization_id": body(chamber),
        "classification": list(words),
        "related_entities": [],
    }


def sponsor(name: str, *, primary: bool = False, kind: str = "person") -> dict[str, Any]:
    return {
        "name": name,
        "classification": "primary" if primary else "cosponsor",
        "entity_type": kind,
        "primary": primary,
        "person_id": f"~{json.dumps({'name': name})}",
        "organization_id": None,
    }


def version(note: str, *addresses: str, on: str = "", **more: Any) -> dict[str, Any]:
    links = [{"url": address, "media_type": "application/pdf"} for address in addresses]
    return {"note": note, "links": links, "date": on, "classification": "", **more}


def bill(number: str = "HB0126", **changes: Any) -> dict[str, Any]:
    return {
        "legislative_session": "2026",
        "identifier": number,
        "title": "Telehealth parity.",
        "from_organization": body("lower"),
        "classification": ["bill"],
        "subject": [],
        "abstracts": [],
        "other_titles": [],
        "sponsorships": [],
        "related_bills": [],
        "versions": [],
        "documents": [],
        "actions": [],
        "sources": [{"url": "https://leg.example/HB0126", "note": ""}],
        "extras": {},
        "jurisdiction": WYOMING,
        "_processing": {"logs_latest_update": "2026-07-21T19:03:04Z"},
        **changes,
    }


def federal_bill(number: str = "HR 21", **changes: Any) -> dict[str, Any]:
    return bill(number, legislative_session="119", jurisdiction=CONGRESS, **changes)


def roll_call(number: str = "HB0126", *voters: tuple[str, str], **changes: Any) -> dict[str, Any]:
    """`voters` are names and options; the counts say what a clerk would have counted."""
    options = [option for _name, option in voters]
    return {
        "identifier": "",
        "motion_text": "H 3rd Reading:Passed",
        "motion_classification": [],
        "start_date": "2026-02-12T17:00:00+00:00",
        "result": "pass",
        "organization": body("lower"),
        "legislative_session": "2026",
        "bill": "6c485b60-851c-11f1-a875-7e32c4c7170d",
        "bill_action": None,
        "bill_identifier": number,
        "votes": [{"option": option, "voter_name": name, "note": ""} for name, option in voters],
        "counts": [{"option": option, "value": options.count(option)} for option in ("yes", "no", "excused")],
        "sources": [{"url": "https://leg.example/HB0126/votes", "note": ""}],
        "extras": {},
        **changes,
    }


def written(folder: Path, *records: dict[str, Any], under: str = "wy") -> Path:
    """The records in files of their own, below a folder named after the state."""
    for number, record in enumerate(records):
        path = folder / under / "2026" / f"{number:03}" / "record.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(record), encoding="utf-8")
    return folder


def read(path: Path) -> list[Reading]:
    return list(openstates_scrape.read(path).records)


def only(path: Path) -> Any:
    (found,) = read(path)
    return found
