"""What people on our lists reach by the links in our mail: no sign-in, the token is the key."""

from tests.access import oracle
from tests.access.page import OPEN, WRITING, Page

CONTACT_PAGES = [
    Page(
        f"contacts:{name}",
        WRITING,
        wall=OPEN,
        shown=410,
        done=410,
        acts=oracle.nobody,
        fixed=({"language": "en", "token": "no-such-token"},),
        note="The token is the key: what a good one does is tried in tests/campaigns/test_contact_pages.py.",
    )
    for name in ("preferences", "renew")
]
