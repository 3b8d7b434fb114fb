"""Links that open something without a sign-in: they prove that whoever follows them reads the mail they came in."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

_LINK = re.compile(r"https?://[^\s<>\"“”«»]+")
_NOT_OF_THE_LINK = ".,;:!?)]’'"
HIDDEN = "…"


def hidden_in(text: str) -> str:
    """The text for anybody but its reader: each link to this portal without what makes it a key.

    That is the `token` in its address, by which name every such address calls it, and all that follows a question
    mark. The host is not asked for: a portal that has moved still honours the keys of its old mail.
    """
    return _LINK.sub(lambda found: _without_key(found[0]), text)


def _without_key(link: str) -> str:
    address = link.rstrip(_NOT_OF_THE_LINK)
    rest = link[len(address) :]
    parts = urlsplit(address)
    try:
        token = str(resolve(parts.path or "/").kwargs.get("token", ""))
    except Resolver404:
        # Of somebody else, or of ours and unknown: what nobody can tell is no key is not shown.
        is_ours = parts.netloc == urlsplit(settings.PORTAL_URL).netloc
        return f"{parts.scheme}://{parts.netloc}/{HIDDEN}{rest}" if is_ours else link
    path = parts.path.replace(token, HIDDEN) if token else parts.path
    return f"{parts.scheme}://{parts.netloc}{path}{'?' + HIDDEN if parts.query else ''}{rest}"
