"""The API, where a token is the key and no session, and the pages where people make tokens and webhooks.

Whoever the browser is, without a token the API turns everybody away alike; what tokens open is tried in tests/api.
"""

from functools import partial
from typing import Any

from tests.access import oracle
from tests.access.page import OPEN, POSTING, READING, WRITING, Page
from tests.access.world import Actor, Thing, World


def _address(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"url": "https://hooks.example.org/mine", "events": ["measure.changed"]}


_KEYLESS = partial(Page, wall=OPEN, shown=401, done=401, acts=oracle.nobody, note="The token is the key.")

API_PAGES = [
    *(
        _KEYLESS(f"api:{name}", READING)
        for name in (
            "me", "officials", "measures", "issues", "campaigns", "actions", "osdi", "osdi_outreaches",
            "osdi_campaigns",
        )
    ),
    *(_KEYLESS(f"api:{name}", WRITING) for name in ("interactions", "webhooks")),
    *(
        _KEYLESS(f"api:{name}", READING, fixed=({"pk": "1"},))
        for name in ("official", "measure", "interaction", "campaign", "action", "osdi_outreach",
            "osdi_campaign_outreaches",
        )
    ),
    _KEYLESS("api:webhook", ("DELETE",), fixed=({"public_id": "00000000-0000-4000-8000-000000000000"},)),
    Page("api:openapi", wall=OPEN, note="Public: it says what there is, and nothing of what is in it."),
    Page("api:reference", wall=OPEN, note="The same for people."),
    Page(
        "api:token_list",
        WRITING,
        acts=oracle.nobody,
        note="One's own. Making one first asks again who it is; the new secret is shown once, on the answer.",
    ),
    Page("api:token_revoke", POSTING, of="API token", may=oracle.people.owns_token),
    Page("api:webhook_list", WRITING, post=_address, done=200, note="One's own; the secret is shown once."),
    Page("api:webhook_detail", of="webhook", may=oracle.people.sees_token),
    Page("api:webhook_off", POSTING, of="webhook", may=oracle.people.sees_token),
    Page("api:delivery_again", POSTING, of="webhook delivery", may=oracle.people.sees_token),
]  # fmt: skip
