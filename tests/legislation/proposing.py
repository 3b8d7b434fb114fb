"""Verbs for tests of change sets: an import that is reviewed, and what upstream may say next."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from legislation.actions.record_import import Report
from legislation.models import ImportChangeSet
from tests.legislation.importing import TODAY, imported
from tests.legislation.upstream import ALBA, BAO, rewrite, texas

SOURCE = "openstates-people"
NOON = datetime(2026, 8, 23, 12, tzinfo=UTC)
NELL = "legislature/Nell-Abara-aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa.yml"


def reviewed(states: Path, *, on: date = TODAY, **options: Any) -> Report:
    return imported(SOURCE, states, on=on, review=True, **options)


def newcomer(states: Path, district: str) -> None:
    """Nell Abara is elected in this district of the Texas House."""

    def elect(content):
        content["id"] = "ocd-person/aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
        content["name"] = "Nell Abara"
        content["roles"] = [
            {"type": "lower", "district": district, "start_date": "2026-06-04"}
            | {"jurisdiction": content["roles"][0]["jurisdiction"]}
        ]

    folder = texas(states)
    (folder / NELL).write_text((folder / ALBA).read_text())
    rewrite(folder / NELL, elect)


def new_number(states: Path, person: str = ALBA, number: str = "512-555-0199") -> None:
    def change(content):
        content["offices"][0]["voice"] = number

    rewrite(texas(states) / person, change)


def lines(change_set: ImportChangeSet) -> list[tuple[str, str]]:
    """What happens to whom; the excerpt's two committee members whom nobody knows are left out."""
    return sorted(change_set.changes.exclude(kind="unmatched").values_list("kind", "name"))


def waiting() -> ImportChangeSet:
    return ImportChangeSet.objects.proposed().get()


def move_to_27(states: Path) -> None:
    def move(content):
        content["roles"][0]["end_date"] = date(2026, 7, 1)
        content["roles"].insert(0, content["roles"][0] | {"district": "27", "start_date": "2026-07-01"})
        del content["roles"][0]["end_date"]

    rewrite(texas(states) / BAO, move)


def crowd(states: Path, number: int) -> None:
    def another(content):
        content["id"] = f"ocd-person/00000000-0000-4000-8000-{number:012}"
        content["name"] = f"Member {number}"
        content["roles"] = [content["roles"][0] | {"district": f"1{number:03}"}]

    path = texas(states) / f"legislature/Member-{number}.yml"
    path.write_text((texas(states) / ALBA).read_text())
    rewrite(path, another)
