"""The judge: asks one thing as one person, compares the answer with table and oracle, and names what is wrong.

Both the matrix and the planted leaks use it: the matrix wants no violation, a planted leak wants one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.urls import NoReverseMatch, reverse

from tests.access import oracle
from tests.access.browsing import Answer, Browser, Form
from tests.access.canaries import words_in
from tests.access.fingerprint import changes_of_the_database
from tests.access.page import ADMIN, GET, OPEN, POST, ROLE, SECOND_STEP, Page
from tests.access.visits import Visit
from tests.access.world import RESTRICTED, Actor, Thing, World

NEVER_EXISTED = {
    "pk": 999_999_999,
    "official_pk": 999_999_999,
    "object_id": 999_999_999,
    "slug": "no-such-thing",
    "token": "no-such-token",
}
_COUNT = re.compile(r"(?<![\d.,\u202f\xa0])(\d+)\s(?:results?|résultats?)\b")
_KEY_IN_ADDRESS = {
    "interaction": re.compile(r"(?:/log/|/log/drafts/|join:)(\d+)\b"),
    "followup": re.compile(r"/log/follow-ups/(\d+)/"),
    "invitation": re.compile(r"/people/invitations/(\d+)/"),
    "message": re.compile(r"/mailbox/(\d+)/"),
    "letter": re.compile(r"/mail/(\d+)/"),
}
_OF_THE_MOMENT = re.compile(
    r'nonce(="|-)[\w+/=-]+|name="csrfmiddlewaretoken" value="\w*"|X-CSRFToken": "\w*"|value="\w{64}"'
    r"|\b[0-9a-f]{8}\b"  # the reference on an error page
)


@dataclass(frozen=True)
class Violation:
    visit: Visit
    what: str

    def __str__(self) -> str:
        return f"{self.visit}: {self.what}"


@dataclass(frozen=True)
class Expected:
    """Which statuses are right, where a redirect leads, and whether the visit is allowed at all."""

    statuses: frozenset[int]
    leads_to: tuple[str, ...] = ()
    is_allowed: bool = False
    looks_missing: bool = False


def expected(visit: Visit) -> Expected:
    """What DOMAIN.md and the table say, before anything is asked."""
    page, actor = visit.page, visit.actor
    if page.wall != OPEN and not actor.is_signed_in:
        doors = ("account_login", "admin:login") if page.wall == ADMIN else ("account_login",)
        return Expected(frozenset({302}), leads_to=tuple(map(reverse, doors)))
    if page.wall in (ROLE, ADMIN) and not actor.has_a_role:
        return Expected(frozenset({403}))
    if page.wall in (ROLE, SECOND_STEP, ADMIN) and actor.lacks_second_step:
        return Expected(frozenset({302}), leads_to=(reverse("mfa_index"),))
    if page.wall == ADMIN and not actor.is_staff:
        return Expected(frozenset({302, 403}), leads_to=(reverse("admin:login"),))
    if page.wall == ADMIN and page.of and not page.opens_to(actor, visit.thing, visit.method):
        return Expected(frozenset({302, 403, 404}))
    if page.insiders:
        return Expected((page.insiders if actor.is_signed_in else page.outsiders) | {405}, is_allowed=True)
    if visit.method not in page.methods:
        return Expected(frozenset({405}))
    if page.wall in (ROLE, SECOND_STEP) and not page.opens_to(actor, visit.thing, visit.method):
        return Expected(frozenset({page.denied}), looks_missing=page.denied == 404)
    if page.wall == OPEN and not page.may(actor, visit.thing) and page.may is not oracle.has_a_role:  # type: ignore[arg-type]
        return Expected(frozenset({page.denied}), looks_missing=True)
    return Expected(frozenset({page.done if visit.method == POST else page.shown}), is_allowed=True)


class Judge:
    """Keeps the sessions of the actors, forms seen once, and what a missing thing looks like."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.browser = Browser()
        self.asked = 0
        self._holders: dict[str, list[Thing]] = {}
        for thing in world.things:
            for word in thing.words:
                self._holders.setdefault(word, []).append(thing)
        self._seen: dict[tuple[str, str], set[int]] = {}
        self._missing: dict[tuple[str, str, str, int], str] = {}
        self._forms: dict[tuple[str, int, int, str], dict[str, Any] | None] = {}

    def violations(self, visits: Iterable[Visit]) -> list[Violation]:
        return [violation for visit in visits for violation in self.judge(visit)]

    def judge(self, visit: Visit) -> list[Violation]:
        """Everything that is wrong with the answer to this visit. The database is afterwards as it was before."""
        right = expected(visit)
        answer, changes = self.answer(visit)
        wrong = [
            *self._status(right, answer),
            *self._leaks(visit, right, answer),
            *self._writes(visit, right, answer, changes),
            *self._listed(visit, right, answer),
            *self._unlike_missing(visit, right, answer),
        ]
        return [Violation(visit, what) for what in wrong]

    def answer(self, visit: Visit) -> tuple[Answer, list[str]]:
        """The answer, and the statements that changed anything; whatever changed is taken back."""
        with transaction.atomic():
            answered = self.ask(visit)
            transaction.set_rollback(True)
        return answered

    # --- Asking -------------------------------------------------------------------------------------------------

    def ask(self, visit: Visit) -> tuple[Answer, list[str]]:
        data = visit.data
        if visit.method == POST and data is None and POST in visit.page.methods:
            data = self.data_for(visit)
        address = self.address(visit)
        self.asked += 1
        if visit.page.insiders:
            cache.clear()  # sign-in pages count their visitors; here one machine asks for everybody
        with changes_of_the_database() as changes:
            cookies = self.world.cookies.get(visit.actor.name, {})
            answer = self.browser.ask(visit.method, address, cookies=cookies, data=data)
        return answer, changes

    def address(self, visit: Visit) -> str:
        page = visit.page
        if "/" in page.name:
            return "/" + page.name.replace("<path:object_id>", "1").replace("(?P<url>.*)$", "no/such/page")
        kwargs: dict[str, Any] = dict(page.fixed[visit.fixed])
        query = page.query if visit.query is None else visit.query
        if page.of:
            # Of all but one page the thing fills one place in the address; a member's stance on a measure fills two.
            for places in (*((parameter,) for parameter in NEVER_EXISTED), ("pk", "official_pk")):
                values = visit.thing.value_for if visit.thing else NEVER_EXISTED.__getitem__
                try:
                    path = reverse(page.name, kwargs=kwargs | {name: values(name) for name in places})
                except NoReverseMatch:
                    continue
                return f"{path}?{query}" if query else path
        return reverse(page.name, kwargs=kwargs) + (f"?{query}" if query else "")

    def data_for(self, visit: Visit) -> dict[str, Any]:
        """What the page's own form would send, so that a refusal is never just a bad form."""
        page, thing = visit.page, visit.thing
        sender = visit.actor
        if not expected(visit).is_allowed:
            sender = self._somebody_allowed(page, thing) or visit.actor
        form = self._form_of(page, sender, thing, visit.fixed)
        return form | page.post(self.world, sender, thing)

    def _somebody_allowed(self, page: Page, thing: Thing | None) -> Actor | None:
        return next(
            (
                actor
                for actor in self.world.actors.values()
                if actor.is_signed_in and expected(Visit(page, actor, POST, thing)).is_allowed
            ),
            None,
        )

    def _form_of(self, page: Page, sender: Actor, thing: Thing | None, fixed: int) -> dict[str, Any]:
        if GET not in page.methods:
            return {}
        key = (page.name, thing.pk if thing else 0, fixed, sender.name)
        if key not in self._forms:
            answer, _ = self.answer(Visit(page, sender, GET, thing, fixed))
            form = _main_form(answer.forms(), self.address(Visit(page, sender, GET, thing, fixed)))
            self._forms[key] = form.filled() if form else None
        return self._forms[key] or {}

    # --- Judging ------------------------------------------------------------------------------------------------

    def _status(self, right: Expected, answer: Answer) -> Iterator[str]:
        if answer.status not in right.statuses:
            wanted = " or ".join(str(status) for status in sorted(right.statuses))
            yield f"answered {answer.status} instead of {wanted} {answer.error} {answer.location}".strip()
        elif right.leads_to and answer.status == 302 and not answer.location.startswith(right.leads_to):
            yield f"sends to {answer.location} instead of {right.leads_to[0]}"
        if answer.location.startswith(("http:", "https:", "//")):
            yield f"leads out of the portal, to {answer.location}"

    def _leaks(self, visit: Visit, right: Expected, answer: Answer) -> Iterator[str]:
        texts = list(answer.texts())
        for word in sorted(words_in(texts)):
            holders = self._holders.get(word, [])
            if holders and not any(self._may_stand_on(visit, right, thing) for thing in holders):
                yield f"shows {self.world.fields[word]} of {holders[0]}"
        if not right.is_allowed or answer.is_workbook:
            return
        for kind, pattern in _KEY_IN_ADDRESS.items():
            linked = {int(key) for text in texts for key in pattern.findall(text)}
            hidden = linked - self._seen_by(visit.actor, kind) if linked else linked
            known = {thing.pk: thing for thing in self.world.of_kind(kind)} if hidden else {}
            yield from (f"links to {known[key]}" for key in sorted(hidden & known.keys()))

    def _seen_by(self, actor: Actor, kind: str) -> set[int]:
        key = (actor.name, kind)
        if key not in self._seen:
            self._seen[key] = oracle.seen(self.world, actor, kind, oracle.may_see)
        return self._seen[key]

    def _may_stand_on(self, visit: Visit, right: Expected, thing: Thing) -> bool:
        if not right.is_allowed or not oracle.may_see(visit.actor, thing):
            return False
        if thing.kind == "impression" and not visit.page.shows_impressions:
            return False
        if thing.kind == "kept back" and not visit.page.shows_kept_back:
            return False
        record = thing.of or thing
        return not (visit.page.exports and record.level == RESTRICTED)

    def _writes(self, visit: Visit, right: Expected, answer: Answer, changes: list[str]) -> Iterator[str]:
        """A look changes nothing but the access log, a refusal nothing at all, and a success something."""
        if visit.page.insiders and right.is_allowed:
            return
        changed = [sql for sql in changes if "django_session" not in sql]
        if visit.method == POST and right.is_allowed:
            acts = visit.page.acts is None or visit.page.acts(visit.actor, visit.thing)  # type: ignore[arg-type]
            if acts and not changed:
                yield "said yes and changed nothing"
            elif not acts and changed:
                yield f"changed the database: {changed[0]}"
            return
        if right.is_allowed and visit.page.leaves_trace:
            changed = [sql for sql in changed if "audit_entry" not in sql]
        if changed:
            yield f"changed the database: {changed[0]}"

    def _listed(self, visit: Visit, right: Expected, answer: Answer) -> Iterator[str]:
        listing = visit.page.lists
        if listing is None or not right.is_allowed or visit.method != GET or visit.query is not None:
            return
        if answer.status != visit.page.shown:
            return
        wanted = listing.keys(self.world, visit.actor)
        number = min(len(wanted), listing.at_most)
        if listing.where == "rows":
            found = answer.rows()
            if found != number:
                yield f"has {found} rows instead of {number}"
            return
        keys = _values(answer) if listing.where == "json" else _keys(listing.where, answer)
        if len(keys) != number or not keys <= wanted:
            surplus, lacking = len(keys - wanted), len(wanted - keys)
            yield f"lists {len(keys)} instead of {number}: {surplus} too many, {lacking} missing"
        for shown in _COUNT.findall(answer.text):
            if int(shown) != len(wanted):
                yield f"says {shown} results where the person may see {len(wanted)}"

    def _unlike_missing(self, visit: Visit, right: Expected, answer: Answer) -> Iterator[str]:
        """Denied looks exactly like missing."""
        if (
            not right.looks_missing
            or not visit.page.of
            or visit.thing is None
            or visit.method not in (GET, POST)
        ):
            return
        key = (visit.page.name, visit.actor.name, visit.method, visit.fixed)
        if key not in self._missing:
            nothing = Visit(visit.page, visit.actor, visit.method, None, visit.fixed, data=visit.data or {})
            self._missing[key] = self._shape(nothing, self.answer(nothing)[0])
        shape, missing = self._shape(visit, answer), self._missing[key]
        if shape != missing:
            differing = next((line for line in shape.split("\n") if line not in missing), shape)
            yield f"looks different from something that never existed: {differing.strip()[:120]}"

    def _shape(self, visit: Visit, answer: Answer) -> str:
        """The answer without what differs between any two answers."""
        path = self.address(visit).partition("?")[0]
        headers = {
            name: value
            for name, value in answer.headers.items()
            if name not in ("Content-Length", "Content-Security-Policy", "Set-Cookie")
        }
        return f"{answer.status} {sorted(headers)} {_OF_THE_MOMENT.sub('', answer.text.replace(path, ''))}"


def _main_form(forms: list[Form], address: str) -> Form | None:
    path = address.partition("?")[0]
    posting = [form for form in forms if form.method == "post"]
    own = [form for form in posting if form.action.partition("?")[0] in ("", ".", path)]
    return max(own, key=lambda form: len(form.values), default=None)


def _values(answer: Answer) -> set[int]:
    return {result["value"] for result in answer.json()["results"]}


def _keys(pattern: str, answer: Answer) -> set[int]:
    return {int(key) for key in re.findall(pattern, answer.text)}


def in_words(wrong: list[Violation], most: int = 25) -> str:
    """The violations as a failing test prints them."""
    lines = [str(violation) for violation in wrong[:most]]
    return "\n".join([f"{len(wrong)} violations", *lines])
