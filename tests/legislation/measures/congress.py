"""Invented measures of Congress in the two forms in which upstream publishes them."""

import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

LIBRARY, HOUSE_FLOOR = (
    {"code": "9", "name": "Library of Congress"},
    {"code": "2", "name": "House floor actions"},
)
# The Senate's lines have a name and, in newer files, no code.
SENATE = {"name": "Senate"}
SPONSOR = {
    "bioguideId": "M000001",
    "fullName": "Rep. Marlowe, Cy [D-TX-9]",
    "party": "D",
    "state": "TX",
    "district": "9",
}


def action(on: str, text: str, code: str = "", system: Any = None, **more: Any) -> dict[str, Any]:
    found = {
        "actionDate": on,
        "text": text,
        "type": more.pop("type", "Floor"),
        "sourceSystem": system or SENATE,
    }
    return found | ({"actionCode": code} if code else {}) | more


def bill(**more: Any) -> dict[str, Any]:
    """H.R. 210 of the 119th Congress, introduced and referred."""
    return {
        "number": "210",
        "type": "HR",
        "congress": "119",
        "originChamber": "House",
        "title": "Rural Telehealth Act",
        "introducedDate": "2025-02-03",
        "updateDate": "2025-02-04T01:00:00Z",
        "sponsors": [SPONSOR],
        "cosponsors": [],
        "actions": [
            action("2025-02-03", "Referred to the House Committee on Ways and Means.", "H11100", HOUSE_FLOOR),
            action("2025-02-03", "Introduced in House", "Intro-H", LIBRARY, type="IntroReferral"),
            action("2025-02-03", "Introduced in House", "1000", LIBRARY, type="IntroReferral"),
        ],
    } | more


def billstatus(content: dict[str, Any], *, version: str = "3.0.0") -> str:
    return (
        f"<?xml version='1.0'?>\n<billStatus><version>{version}</version>{_xml('bill', content)}</billStatus>"
    )


def _xml(name: str, content: Any) -> str:
    if isinstance(content, dict):
        inner = "\n  ".join(_xml(key, value) for key, value in content.items())
    elif isinstance(content, list):
        member = {"summaries": "summary", "amendments": "amendment"}.get(name, "item")
        inner = "".join(_xml(member, value) for value in content)
    else:
        inner = escape(str(content))
    return f"<{name}>{inner}</{name}>"


def saved(folder: Path, name: str, content: Any) -> Path:
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def only(module: Any, path: Path) -> Any:
    """The one record that this reader finds there."""
    (file,) = module.open_at(path)
    (record,) = file.records
    return record
