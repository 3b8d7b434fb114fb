"""The access table, what belongs to no app: the first page, the search, the language."""

from tests.access import oracle
from tests.access.page import METHODS, OPEN, POSTING, Page

PORTAL_PAGES = [
    Page("portal:home"),
    Page("portal:search", query="q=alma"),
    Page("portal:health", wall=OPEN, note="For whoever watches over the portal: tells nothing else."),
    Page("portal:service_worker", wall=OPEN, note="A script, the same for everybody."),
    Page("portal:manifest", wall=OPEN, note="The portal's name and icons."),
    Page("portal:offline"),
    Page("portal:offline_pack"),
    Page("portal:offline_session"),
    Page(
        "portal:demo_sign_in",
        POSTING,
        wall=OPEN,
        may=oracle.nobody,
        note="Outside the demo this address does not exist.",
    ),
    Page(
        "set_language",
        METHODS,
        wall=OPEN,
        shown=302,
        acts=oracle.nobody,
        post=lambda world, actor, thing: {"language": "fr", "next": "/"},
        note="Django's own; keeps a cookie.",
    ),
]
