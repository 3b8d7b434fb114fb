"""The mailbox of this machine, and each person's own mail: both open without a role, never past the second step."""

from tests.access import oracle
from tests.access.page import OPEN, SECOND_STEP, WRITING, Listing, Page

MAIL_PAGES = [
    Page(
        "outbox:list",
        wall=SECOND_STEP,
        may=oracle.people.opens_mailbox,
        lists=Listing("message", oracle.people.receives, r'href="/mailbox/(\d+)/"'),
    ),
    Page("outbox:detail", of="message", wall=SECOND_STEP, may=oracle.people.receives),
    Page("outbox:formatted", of="message", wall=SECOND_STEP, may=oracle.people.receives),
    Page(
        "outbox:mine_list",
        wall=SECOND_STEP,
        may=oracle.people.opens_mailbox,
        lists=Listing("letter", oracle.people.was_written_to, r'href="/mail/(\d+)/"'),
    ),
    Page("outbox:mine_detail", of="letter", wall=SECOND_STEP, may=oracle.people.was_written_to),
    Page(
        "outbox:preferences",
        WRITING,
        wall=SECOND_STEP,
        may=oracle.people.opens_mailbox,
        post=lambda world, actor, thing: {"act": "off:campaign"},
    ),
    *(
        Page(
            f"outbox:{name}",
            WRITING,
            wall=OPEN,
            shown=410,
            done=410,
            acts=oracle.nobody,
            fixed=({"token": "no-such-token"},),
            note="The token is the key: what a good one does is tried in tests/outbox.",
        )
        for name in ("unsubscribe", "unsubscribe_one_click")
    ),
    Page(
        "outbox:service_events",
        WRITING,
        wall=OPEN,
        may=oracle.nobody,
        fixed=({"service": "postmark"},),
        note="Without a service set up this address does not exist.",
    ),
]
