"""The access table of Advocacy Days."""

from tests.access import oracle
from tests.access.page import Listing, Page

_DAYS = r'class="row-link" href="/advocacy-days/(\d+)/"'

EVENT_PAGES = [
    Page("events:event_list", lists=Listing("advocacy day", oracle.events.knows_day, _DAYS)),
    Page("events:event_detail", of="advocacy day", may=oracle.events.knows_day),
    Page("events:schedule", of="advocacy day", may=oracle.events.follows_day),
]
