"""The access table: every address of the portal, and who may do what there.

Read it as documentation. A line names the page, its methods, the kind of thing in its address, and the rule of
`oracle` that opens it. Whoever the rule does not open it to gets what a missing thing gets: 404. Nobody without a
session gets past the sign-in page, nobody without a role past the page that says so, and staff and leads without a
second factor go to set one up, unless the line says otherwise (`wall`).
"""

from tests.access.page import Page
from tests.access.table_account import ACCOUNT_PAGES
from tests.access.table_act import ACT_PAGES
from tests.access.table_admin import ADMIN_PAGES
from tests.access.table_api import API_PAGES
from tests.access.table_campaigns import CAMPAIGN_PAGES
from tests.access.table_coalitions import COALITION_PAGES
from tests.access.table_contacts import CONTACT_PAGES
from tests.access.table_events import EVENT_PAGES
from tests.access.table_gate import GATE_PAGES
from tests.access.table_log import LOG_PAGES
from tests.access.table_mail import MAIL_PAGES
from tests.access.table_measures import MEASURE_PAGES
from tests.access.table_meetings import MEETING_PAGES
from tests.access.table_people import PEOPLE_PAGES
from tests.access.table_portal import PORTAL_PAGES
from tests.access.table_positions import POSITION_PAGES
from tests.access.table_record import RECORD_PAGES
from tests.access.table_reports import MONTH_PAGES
from tests.access.table_research import RESEARCH_PAGES
from tests.access.table_stances import STANCE_PAGES
from tests.access.table_tracking import TRACKING_PAGES

OWN_PAGES = [
    *PORTAL_PAGES,
    *LOG_PAGES,
    *RECORD_PAGES,
    *MEASURE_PAGES,
    *PEOPLE_PAGES,
    *MEETING_PAGES,
    *API_PAGES,
    *MONTH_PAGES,
    *POSITION_PAGES,
    *COALITION_PAGES,
    *RESEARCH_PAGES,
    *CAMPAIGN_PAGES,
    *EVENT_PAGES,
    *TRACKING_PAGES,
    *STANCE_PAGES,
    *MAIL_PAGES,
    *GATE_PAGES,
    *CONTACT_PAGES,
    *ACT_PAGES,
]
TABLE: dict[str, Page] = {page.name: page for page in OWN_PAGES + ACCOUNT_PAGES + ADMIN_PAGES}
