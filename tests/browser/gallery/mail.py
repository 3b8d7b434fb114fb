"""The mailbox, one's own mail, and the links to end it."""

from advocacy.accounts.models import User
from advocacy.outbox import stop_links
from advocacy.outbox.models import KeptMessage, OutboundMessage
from tests.browser.gallery.exhibit import VISITOR, Exhibit, first


def _stop_link(stream: str) -> str:
    dana = User.objects.get(email__startswith="dana")
    return stop_links.token_for(dana.pk, dana.email, stream, dana.language)


_KEPT = first(KeptMessage)
MAIL = [
    Exhibit("outbox:list", VISITOR),
    Exhibit("outbox:detail", VISITOR, find=_KEPT),
    Exhibit("outbox:mine_list"),
    Exhibit("outbox:preferences"),
    Exhibit("outbox:unsubscribe", VISITOR, find=lambda user: _stop_link("duty"), note="of a duty"),
    Exhibit("outbox:unsubscribe", VISITOR, find=lambda user: _stop_link("campaign"), note="of a campaign"),
    Exhibit("outbox:unsubscribe", VISITOR, find=lambda user: "not-a-token", note="a broken link"),
    Exhibit("outbox:unsubscribe_one_click", VISITOR, find=lambda user: _stop_link("campaign")),
    Exhibit(
        "outbox:mine_detail",
        "jordan",
        find=lambda user: OutboundMessage.objects.sent_to(user).latest("pk").pk,
    ),
]
