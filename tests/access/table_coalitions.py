"""The access table of partners and sign-on letters."""

from typing import Any

from advocacy.coalitions.models import Grasstops, OrganisationContact, SignOnLetter
from tests.access import oracle
from tests.access.page import ANY_FORMAT, OPEN, WRITING, Listing, Page
from tests.access.world import Actor, Thing, World

_LETTERS = r'class="row-link" href="/coalitions/letters/(\d+)/"'
_ORGANISATIONS = r'class="row-link" href="/coalitions/organizations/(\d+)/"'
_COALITIONS = r'class="row-link" href="/coalitions/coalitions/(\d+)/"'
_GRASSTOPS = r'class="row-link" href="/coalitions/grasstops/(\d+)/"'


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


def _alliance(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """One that we lead, as the form sends it."""
    own = thing.chapter if thing else min(actor.logs_for & world.places.keys(), default="")
    chapter = world.places[own].chapter.pk if own else ""
    return {
        "name": f"Alliance {actor}",
        "chapter": chapter,
        "role": "lead",
        "lead": "",
        "joined_on": "2027-02-01",
    }


def _member(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"organisation": next(world.of_kind("organisation")).pk}


def _opinion(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """Each actor's on a day of their own, so that each is recorded."""
    day = 1 + list(world.actors).index(actor.name) % 28
    measure = next(world.of_kind("measure")).pk
    return {"measure": [measure], "position": "oppose", "said_on": f"2026-12-{day:02}", "source": "A letter"}


def _rhythm(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """For whoever logs, the first person of a chapter of theirs who is not a contact of it yet."""
    key = thing.chapter if thing else min(actor.logs_for & world.places.keys(), default="A")
    chapter = world.places[key].chapter
    known = Grasstops.objects.filter(chapter=chapter).values("contact")
    free = OrganisationContact.objects.exclude(pk__in=known).order_by("pk").first()
    return {
        "contact": free.pk if free else "",
        "chapter": chapter.pk,
        "meetings_a_year": "3",
        "light_touches_a_year": "1",
        "confidentiality": thing.level if thing else "chapter",
    }


def _map(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"officials": [next(world.of_kind("official")).pk], "basis": "school", "strength": "4"}


def _call(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    home = min(actor.logs_for & world.places.keys(), default="A")
    subject = f"organisation-{next(world.of_kind('organisation')).pk}"
    said = {"chapter": world.places[home].chapter.pk, "subject": subject, "kind": "call"}
    return said | {"occurred_on": "2027-02-08", "confidentiality": "chapter"}


def _correction(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"occurred_on": "2027-02-07"}


def _was_there(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"who": f"organisation-{next(world.of_kind('organisation')).pk}"}


_PARTNER_PAGES = [
    Page(
        "coalitions:coalition_list",
        may=oracle.letters.works_with_partners,
        lists=Listing("coalition", oracle.letters.reads_letter, _COALITIONS),
    ),
    Page("coalitions:coalition_new", WRITING, may=oracle.letters.brings_letters_in, post=_alliance),
    Page("coalitions:coalition_detail", of="coalition", may=oracle.letters.reads_letter),
    Page("coalitions:coalition_edit", WRITING, of="coalition", may=oracle.letters.keeps_letter),
    Page(
        "coalitions:coalition_members", WRITING, of="coalition", may=oracle.letters.keeps_letter, post=_member
    ),
    Page(
        "coalitions:position_add",
        WRITING,
        of="coalition",
        fixed=({"kind": "coalitions"},),
        may=oracle.letters.keeps_letter,
        post=_opinion,
    ),
    Page(
        "coalitions:grasstops_list",
        may=oracle.letters.works_with_partners,
        lists=Listing("grasstops contact", oracle.partners.reads_grasstops, _GRASSTOPS),
    ),
    Page("coalitions:grasstops_new", WRITING, may=oracle.log.logs, post=_rhythm),
    Page(
        "coalitions:grasstops_detail",
        of="grasstops contact",
        may=oracle.partners.reads_grasstops,
        leaves_trace=True,
    ),
    Page(
        "coalitions:grasstops_edit",
        WRITING,
        of="grasstops contact",
        may=oracle.partners.keeps_grasstops,
        post=_rhythm,
    ),
    Page(
        "coalitions:grasstops_reach",
        WRITING,
        of="grasstops contact",
        may=oracle.partners.keeps_grasstops,
        post=_map,
    ),
    Page("coalitions:touch_log", WRITING, may=oracle.log.logs, post=_call),
    Page("coalitions:touch_edit", WRITING, of="touch", may=oracle.partners.corrects_touch, post=_correction),
    Page(
        "coalitions:presences",
        WRITING,
        of="interaction",
        may=oracle.partners.names_partners_at,
        post=_was_there,
    ),
]
COALITION_PAGES = [
    *_PARTNER_PAGES,
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
