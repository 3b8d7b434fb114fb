"""Pages that work on a phone without signal: who declares one, whose they are, and how a kept draft is answered.

An app declares its pages in an `offline_pages.py`, found at start-up:

    @offline_pages.register("log")
    def quick_log(user, now): return [OfflinePage(address, label, icon, lists)]

The phone keeps those pages and the lists of their pickers, and nothing else. What somebody saves there without signal
waits on the phone and is later sent to the address of its page, which answers drafts through `@takes_drafts`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Concatenate

from django.http import HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.utils.crypto import salted_hmac

from advocacy.accounts.models import User
from advocacy.accounts.requests import Parameters, SignedInRequest, View
from advocacy.kernel.registry import Registry

# A draft names the person it is from; a copy of a page is asked for without what belongs to this moment alone.
DRAFT_OF, COPY = "X-Offline-Draft-Of", "X-Offline-Copy"
Choice = tuple[int, str, str]


@dataclass(frozen=True)
class OfflinePage:
    """One address that the phone keeps for this person, with what its pickers may offer there.

    `lists` gives the choices by the address a picker asks for suggestions: a key, a name, what tells it from others.
    They come through `visible_to`, and they are few: a phone keeps them.
    """

    address: str
    label: str
    icon: str
    lists: Callable[[], Mapping[str, Sequence[Choice]]] = dict


# Each answers: which pages does this person take along, at this moment?
offline_pages: Registry[Callable[[User, datetime], Iterable[OfflinePage]]] = Registry()


def person_key(user: User) -> str:
    """A name for the person that tells a stranger nothing; what a phone keeps for them stands under it."""
    return salted_hmac("advocacy.offline.person", str(user.pk), algorithm="sha256").hexdigest()[:32]


def drafts_key(user: User) -> str:
    """256 bits that drafts on a phone are sealed with: only a session of theirs is told, so only they read them."""
    return salted_hmac("advocacy.offline.drafts", str(user.pk), algorithm="sha256").hexdigest()


def is_draft(request: SignedInRequest) -> bool:
    return request.method == "POST" and DRAFT_OF in request.headers


def refused(sentences: Sequence[str]) -> JsonResponse:
    """The draft cannot be taken as it is; it stays on the phone with these sentences beside it."""
    return JsonResponse({"errors": list(sentences)}, status=422)


def takes_drafts(
    view: Callable[Concatenate[SignedInRequest, Parameters], HttpResponseBase],
) -> View[Parameters]:
    """This page's form also comes from drafts kept on phones, by a script: where it would send on, it names the record.

    A draft from anybody but the person signed in is not taken: somebody else may have signed in since. The view answers
    a draft it cannot take with `refused`, and makes one record of however many copies by the form's own key.
    """

    @wraps(view)
    def answered(
        request: SignedInRequest, /, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponseBase:
        if not is_draft(request):
            return view(request, *args, **kwargs)
        if request.headers[DRAFT_OF] != person_key(request.user):
            return JsonResponse({"error": "somebody else"}, status=409)
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseRedirect):
            return JsonResponse({"record": response.url}, status=201)
        return response

    return answered
