"""The access table of partner organisations and sign-on letters."""

from typing import Any

from advocacy.coalitions.models import SignOnLetter
from tests.access import oracle
from tests.access.page import ANY_FORMAT, OPEN, WRITING, Listing, Page
from tests.access.world import Actor, Thing, World

_LETTERS = r'class="row-link" href="/coalitions/letters/(\d+)/"'
_ORGANISATIONS = r'class="row-link" href="/coalitions/organizations/(\d+)/"'


def _text(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """A complete letter, as the form sends it."""
    own = thing.chapter if thing else min(actor.logs_for & world.places.keys(), default="")
    chapter = world.places[own].chapter.pk if own else ""
    owner = SignOnLetter.objects.get(pk=thing.pk).owner_id if thing else actor.user.pk if actor.user else ""
    return {
        "chapter": chapter,
        "title": "Telehealth",
        "text": "Extend it.",
        "agency": "Department of Health",
        "owner": owner,
        "received_on": "2027-02-08",
        "zone": "America/New_York",
        "soft_deadline_at": "2027-02-16T17:00",
        "hard_deadline_at": "2027-02-19T17:00",
    }


def _no(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"decision": "decline", "reason": "Too broad."}


def _everybody(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"contacts": [next(world.of_kind("contact to invite")).pk]}


def _sent(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"sent_on": "2027-02-09"}


def _outcome(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"outcome": "Extended."}


def _late(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"answer": "decline", "reason": "No.", "late_reason": "By phone."}


def _partner(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"name": "Harbor Patients", "kind": "patients", "status": "active"}


def _person(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"name": "Lee Park", "email": "lee@example.org", "language": "en", "zone": "America/New_York"}


COALITION_PAGES = [
    Page(
        "coalitions:letter_list",
        may=oracle.letters.works_with_partners,
        lists=Listing("sign-on letter", oracle.letters.reads_letter, _LETTERS),
    ),
    Page("coalitions:letter_new", WRITING, may=oracle.letters.brings_letters_in, post=_text),
    Page("coalitions:letter_detail", of="sign-on letter", may=oracle.letters.reads_letter),
    Page("coalitions:letter_edit", WRITING, of="open letter", may=oracle.letters.keeps_letter, post=_text),
    Page("coalitions:letter_decide", WRITING, of="open letter", may=oracle.letters.decides_letter, post=_no),
    Page(
        "coalitions:letter_invite",
        WRITING,
        of="signed letter",
        may=oracle.letters.keeps_letter,
        post=_everybody,
    ),
    Page("coalitions:letter_paper", of="sign-on letter", may=oracle.letters.reads_letter),
    Page(
        "coalitions:letter_export",
        of="sign-on letter",
        may=oracle.letters.reads_letter,
        fixed=ANY_FORMAT,
        exports=True,
        leaves_trace=True,
    ),
    Page(
        "coalitions:letter_step",
        WRITING,
        of="locked letter",
        fixed=({"step": "send"}, {"step": "close"}),
        may=oracle.letters.keeps_letter,
        post=lambda world, actor, thing: _sent(world, actor, thing) | _outcome(world, actor, thing),
        note="Locking is tried in tests/coalitions: once the world has locked a letter there is nothing to lock.",
    ),
    Page("coalitions:invitation_late", WRITING, of="late invitation", may=oracle.only_staff, post=_late),
    Page(
        "coalitions:organisation_list",
        may=oracle.letters.works_with_partners,
        lists=Listing("organisation", oracle.letters.works_with_partners, _ORGANISATIONS),
    ),
    Page("coalitions:organisation_new", WRITING, may=oracle.letters.keeps_partners, post=_partner),
    Page("coalitions:organisation_detail", of="organisation", may=oracle.letters.works_with_partners),
    Page(
        "coalitions:organisation_edit",
        WRITING,
        of="organisation",
        may=oracle.letters.keeps_partners,
        post=_partner,
    ),
    Page(
        "coalitions:contact_add", WRITING, of="organisation", may=oracle.letters.keeps_partners, post=_person
    ),
    Page(
        "coalitions:partner",
        WRITING,
        wall=OPEN,
        shown=410,
        done=410,
        acts=oracle.nobody,
        fixed=({"language": "en", "token": "no-such-token"},),
        note="The token is the key to one organisation's answer, tried in test_partner_page.",
    ),
]
