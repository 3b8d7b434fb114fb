"""The national report as one document: every block from the record, and only what every reader may see."""

import json
from datetime import UTC, datetime

import pytest

from advocacy.reports.national import build
from advocacy.reports.national.document import Block, Document
from legislation.models import Official
from tests.cast import Cast
from tests.factories.log import alma_reyes
from tests.factories.months import FEBRUARY, story_of_february

NOW = datetime(2027, 3, 8, 15, tzinfo=UTC)


@pytest.fixture
def reyes(cast: Cast, clock) -> Official:
    clock.move_to(datetime(2027, 3, 1, 15, tzinfo=UTC))
    official = alma_reyes()
    story_of_february(cast, official)
    clock.move_to(NOW)
    return official


def february() -> Document:
    return build.monthly(FEBRUARY, now=NOW)


def column(block: Block, code: str) -> dict[str, object]:
    """The cells of a column by what stands first in their row."""
    place = [one.code for one in block.columns].index(code)
    return {str(row[0]): row[place] for row in block.rows}


def test_the_blocks_stand_in_their_order_and_survive_json(cast: Cast, reyes: Official):
    document = february()

    assert [block.code for block in document.blocks] == [
        "headline", "policy", "next_30_days", "map", "by_month", "issues", "chapters", "outcomes", "ladder",
        "help_wanted", "risks", "overdue_items", "stories", "thanks", "notes", "definitions",
    ]  # fmt: skip
    kept = json.loads(json.dumps(document.as_json()))
    assert Document.from_json(kept).as_json() == kept
