"""Every page of the portal, hung up for inspection: its address, and who looks at it.

The world is the demo's: as many rows as in real use, in both languages, and nothing real. A room for each part of the
portal; an address without an exhibit fails `test_every_address_is_looked_at`.
"""

from tests.browser.gallery.admin import admin_pages
from tests.browser.gallery.campaigns import CAMPAIGNS
from tests.browser.gallery.coalitions import COALITIONS
from tests.browser.gallery.events import EVENTS
from tests.browser.gallery.exhibit import VERA, VISITOR, Exhibit
from tests.browser.gallery.left_out import NOT_PAGES, ON_A_JOURNEY
from tests.browser.gallery.log import LOG
from tests.browser.gallery.mail import MAIL
from tests.browser.gallery.main import MAIN
from tests.browser.gallery.members import MEMBERS
from tests.browser.gallery.portal import API, PORTAL
from tests.browser.gallery.positions import FOLLOWED, POSITIONS
from tests.browser.gallery.record import RECORD
from tests.browser.gallery.reports import REPORTS
from tests.browser.gallery.research import RESEARCH
from tests.browser.gallery.sign_in import SIGN_IN
from tests.browser.gallery.stances import STANCES
from tests.browser.gallery.supporters import SUPPORTERS

__all__ = ["MAIN", "NOT_PAGES", "ON_A_JOURNEY", "OWN_PAGES", "VERA", "VISITOR", "Exhibit", "admin_pages"]

OWN_PAGES = [
    *MAIN,
    *PORTAL,
    *API,
    *LOG,
    *STANCES,
    *RECORD,
    *POSITIONS,
    *FOLLOWED,
    *REPORTS,
    *MEMBERS,
    *MAIL,
    *COALITIONS,
    *RESEARCH,
    *CAMPAIGNS,
    *EVENTS,
    *SUPPORTERS,
    *SIGN_IN,
]
