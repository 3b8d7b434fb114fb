"""The public action page: whoever is signed in is a stranger there, and a campaign that was not launched is missing."""

from tests.access import oracle
from tests.access.page import OPEN, READING, WRITING, Page

_NOTE = "What a launched campaign shows, and to whom a receipt opens, is tried in tests/campaigns/test_action_page.py."
_CAMPAIGN = ({"slug": "no-such-campaign", "language": "en"},)
_RECEIPT = ({"token": "no-such-token"},)

ACT_PAGES = [
    Page(
        "act:any_language",
        READING,
        wall=OPEN,
        may=oracle.nobody,
        fixed=({"slug": "no-such-campaign"},),
        note=_NOTE,
    ),
    *(
        Page(f"act:{name}", WRITING, wall=OPEN, may=oracle.nobody, fixed=_CAMPAIGN, note=_NOTE)
        for name in ("page", "send", "embed", "embed_send", "meter", "came")
    ),
    *(
        Page(f"act:{name}", methods, wall=OPEN, may=oracle.nobody, fixed=_RECEIPT, note=_NOTE)
        for name, methods in (
            ("receipt", READING),
            ("letters_pdf", READING),
            ("tell", WRITING),
            ("reply", WRITING),
        )
    ),
]
