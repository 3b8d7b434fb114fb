"""What a phone takes along for a person: their offline pages, the choices on them, and for how long."""

import hashlib
import json
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from advocacy.accounts.models import User
from advocacy.accounts.offline import COPY, OfflinePage, offline_pages, person_key
from members.access import reach_of
from members.middleware import LONGEST_SESSION

# Larger than any chapter needs; what would not fit is left out from the end of the longest list.
MOST_BYTES = 200_000


@cache
def version() -> str:
    """Changes with every file a page is drawn from, so that phones take new copies after a release."""
    digest = hashlib.sha256()
    for folder, ending in ((settings.BASE_DIR / "static", "*.*"), (settings.BASE_DIR / "templates", "*.*")):
        for path in sorted(Path(folder).rglob(ending)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def around_a_page(request: HttpRequest, user: User) -> dict[str, Any]:
    """What `base.html` tells the scripts: whose page this is, and which release drew it."""
    return {
        "offline_person": person_key(user),
        "offline_version": version(),
        "offline_addresses": addresses(),
        "is_offline_copy": COPY in request.headers,
    }


def pages_of(user: User, now: datetime) -> list[OfflinePage]:
    return [page for declared in offline_pages for page in declared(user, now)]


def pack(user: User, now: datetime) -> dict[str, Any]:
    """The pages and choices of exactly this person, through the same rules as every page."""
    pages = pages_of(user, now)
    lists = {path: [list(row) for row in rows] for page in pages for path, rows in page.lists().items()}
    return _small_enough(
        {
            "person": person_key(user),
            "version": version(),
            "language": user.language,
            "seconds": seconds_kept(user),
            "pages": [page.address for page in pages],
            "lists": lists,
        }
    )


def seconds_kept(user: User) -> int:
    """A phone that has not been online for as long as a session may last shows nothing any more."""
    if reach_of(user).needs_second_factor:
        return int(LONGEST_SESSION.total_seconds())
    return settings.SESSION_COOKIE_AGE


def _small_enough(taken: dict[str, Any]) -> dict[str, Any]:
    while len(json.dumps(taken)) > MOST_BYTES:
        longest = max(taken["lists"].values(), key=len)
        del longest[len(longest) // 2 :]
    return taken


def addresses() -> dict[str, str]:
    """Where the scripts find what they need; the worker and the pages are told the same."""
    names = {
        "start": "offline",
        "pack": "offline_pack",
        "session": "offline_session",
        "worker": "service_worker",
    }
    return {key: reverse(f"portal:{name}") for key, name in names.items()} | {
        "leave": reverse("account_logout"),
        "enter": reverse("account_login"),
    }
