"""The pages people live in: looked at in light and dark, on a phone and on a laptop."""

from tests.browser.gallery.exhibit import VISITOR, Exhibit
from tests.browser.gallery.log import record
from tests.browser.gallery.record import official

MAIN = [
    Exhibit("portal:home"),
    Exhibit("interactions:interaction_list"),
    Exhibit("interactions:interaction_log"),
    Exhibit("interactions:interaction_detail", find=record(asks__isnull=False, impression__isnull=False)),
    Exhibit("interactions:followup_list"),
    Exhibit("legislation:official_list"),
    Exhibit("legislation:official_detail", find=official),
    Exhibit("members:chapter_detail", find=lambda user: "gulf-prairie"),
    Exhibit("account_login", VISITOR),
]
