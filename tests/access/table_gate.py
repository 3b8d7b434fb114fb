"""The gate of public forms: open to everybody, and no door to anything."""

from tests.access import oracle
from tests.access.page import OPEN, WRITING, Page

GATE_PAGES = [
    Page(
        "gate:challenge",
        wall=OPEN,
        note="A puzzle for the script of a public form: tells nothing, keeps nothing.",
    ),
    Page(
        "gate:confirm",
        WRITING,
        wall=OPEN,
        shown=410,
        done=410,
        acts=oracle.nobody,
        fixed=({"language": "en", "token": "no-such-token"},),
        note="The token is the key: what a good one does is tried in tests/campaigns/test_gate_proofs.py.",
    ),
]
