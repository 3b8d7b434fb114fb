"""The access table, people: chapters and teams, coverage, colleagues, invitations, one's own profile."""

from functools import partial
from typing import Any

from legislation.lookup.answer import Answer, EditionUsed, Found, Method
from legislation.models import Division
from members.actions import saved_places
from members.models import Role, RoleAssignment
from members.terms import TERM_KEYS
from tests.access import oracle
from tests.access.page import ANY_FORMAT, OPEN, POSTING, SIGNED_IN, WRITING, Listing, Page, type_ahead
from tests.access.planting import A_DISTRICT
from tests.access.world import Actor, Thing, World
from tests.cast import TODAY
from tests.factories.people import state

_PEOPLE = r'href="/people/(\d+)/"'


def _to_a_volunteer(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    if thing is None:
        return {}
    followup = next(one for one in world.of_kind("followup") if one.label == f"{thing.chapter} alone")
    outgoing = world.actors[followup.owner].user
    roles = RoleAssignment.objects.filter(chapter=world.places[thing.chapter].chapter, role=Role.VOLUNTEER)
    incoming = roles.filter(ends_on=None, person__is_active=True).order_by("pk").last()
    assert outgoing is not None
    assert incoming is not None
    return {"outgoing": outgoing.pk, "incoming": incoming.person_id}


def _renamed(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"full_name": "Somebody Else"}


def _invitation(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    own = min(actor.advocate_of | actor.president_of, default="A")
    chapter = world.places[own].chapter.pk
    return {
        "email": "somebody.new@example.org",
        "full_name": "Somebody New",
        "role": "member",
        "chapter": chapter,
    }


def _all_terms(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return dict.fromkeys(TERM_KEYS, "on")


def _zip_code(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    return {"text": "77004"}


def _districts_to_remember(world: World, actor: Actor, thing: Thing | None) -> dict[str, Any]:
    """What the page of a look-up with one district would send for this person."""
    texas = state("tx", "Texas")
    lower_131 = Division.objects.get(ocd_id=A_DISTRICT)
    found = Found(EditionUsed("tx-lower", "Texas House"), texas.pk, "lower", lower_131.pk)
    answer = Answer(query="", country="US", method=Method.MANUAL, day=TODAY, found=[found])
    sealed = saved_places.ticket(answer, by=actor.user) if actor.user else ""
    return {"ticket": sealed, "basis": "home", "remember": "on"}


invitation = partial(
    Page,
    methods=POSTING,
    of="invitation",
    may=oracle.people.handles_invitation,
    acts=oracle.people.may_invite_again,
)
PEOPLE_PAGES = [
    Page("members:chapter_list"),
    Page("members:chapter_detail", of="chapter"),
    Page("interactions:chapter_coverage", of="chapter"),
    Page("interactions:team_coverage", of="team"),
    Page(
        "interactions:chapter_hand_over",
        WRITING,
        of="chapter",
        may=oracle.log.hands_over,
        post=_to_a_volunteer,
    ),
    Page(
        "interactions:chapter_coverage_export",
        of="chapter",
        fixed=ANY_FORMAT,
        exports=True,
        leaves_trace=True,
    ),
    Page("interactions:team_coverage_export", of="team", fixed=ANY_FORMAT, exports=True, leaves_trace=True),
    Page("members:team_detail", of="team"),
    Page("members:representatives", WRITING, acts=oracle.nobody, post=_zip_code),
    Page("members:representatives_ask", WRITING, shown=302, done=200, acts=oracle.nobody, post=_zip_code),
    Page(
        "members:place_remember", POSTING, post=_districts_to_remember, note="One's own; nobody else sees it."
    ),
    Page("members:place_forget", POSTING, acts=oracle.nobody, note="Nobody in this world has one."),
    Page("members:person_list", lists=Listing("person", oracle.people.opens_profile_of, _PEOPLE)),
    Page("members:person_suggest", query="q=example", lists=type_ahead("person", oracle.people.finds)),
    Page("members:person_detail", of="person", may=oracle.people.opens_profile_of),
    Page("members:profile", WRITING, wall=SIGNED_IN, post=_renamed, note="One's own; also without a role."),
    Page("members:terms", WRITING, wall=SIGNED_IN, post=_all_terms),
    Page(
        "members:invitation_list",
        may=oracle.people.invites,
        lists=Listing(
            "invitation", oracle.people.handles_invitation, r'"/people/invitations/(\d+)/withdraw/"'
        ),
    ),
    Page("members:invitation_create", WRITING, may=oracle.people.invites, post=_invitation),
    invitation("members:invitation_resend"),
    invitation("members:invitation_revoke"),
    Page(
        "members:invitation_accept",
        WRITING,
        wall=OPEN,
        shown=410,
        done=410,
        acts=oracle.nobody,
        fixed=({"token": "no-such-token"},),
        note="The token is the key: who holds one sees the offer, tried in test_side_doors.",
    ),
]
