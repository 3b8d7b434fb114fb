"""The admin: the door of national staff. To everybody else it is a sign-in page that lets nobody in.

Each line names a model and what staff may do with its rows besides looking at them. Where a row has rules of its
own, `_RULES` names them: staff meet no draft of others here either.
"""

from tests.access import oracle
from tests.access.oracle import Rule
from tests.access.page import ADMIN, METHODS, OPEN, Page
from tests.access.world import Actor, Thing

_LOOK, _ADD, _CHANGE, _DELETE, _IMPORT = "look", "add", "change", "delete", "import"
MODELS: dict[str, set[str]] = {
    "accounts.user": {_CHANGE},
    "audit.entry": {_LOOK},
    "legislation.jurisdiction": {_ADD, _CHANGE, _DELETE},
    "legislation.chamber": {_ADD, _CHANGE, _DELETE},
    "legislation.division": {_ADD, _CHANGE, _DELETE},
    "legislation.seat": {_ADD, _CHANGE, _DELETE},
    "legislation.official": {_ADD, _CHANGE, _IMPORT},
    "legislation.staffer": {_ADD, _CHANGE, _IMPORT},
    "legislation.committee": {_ADD, _CHANGE, _DELETE},
    "legislation.legislativesession": {_ADD, _CHANGE, _DELETE},
    "legislation.measure": {_ADD, _CHANGE, _DELETE},
    "legislation.hearing": {_ADD, _CHANGE},
    "legislation.commentperiod": {_ADD, _CHANGE, _DELETE},
    "legislation.rollcall": {_LOOK},
    "legislation.namematch": {_ADD, _CHANGE, _DELETE},
    "legislation.source": {_ADD, _CHANGE, _DELETE},
    "legislation.importrun": {_LOOK},
    "legislation.importchangeset": {_LOOK},
    "legislation.correction": {_LOOK},
    "legislation.factcheck": {_LOOK},
    "legislation.factreport": {_LOOK},
    "legislation.feed": {_CHANGE},
    "legislation.mapedition": {_ADD, _CHANGE},
    "members.invitation": {_ADD},
    "members.termsacceptance": {_LOOK},
    "members.roleassignment": {_ADD, _CHANGE, _IMPORT},
    "members.society": {_CHANGE},
    "members.region": {_ADD, _CHANGE, _DELETE},
    "members.chapter": {_ADD, _CHANGE, _IMPORT},
    "members.jurisdictionteam": {_ADD, _CHANGE, _DELETE},
    "taskforce.meetingseries": {_ADD, _CHANGE},
    "taskforce.meeting": {_LOOK},
    "positions.issue": {_ADD, _CHANGE, _DELETE},
    "positions.tracking": {_ADD, _CHANGE},
    "positions.position": {_CHANGE},
    "positions.testimony": {_CHANGE},
    "positions.outcome": set(),
    "positions.material": {_LOOK},
    "outbox.outboundmessage": {_LOOK},
    "outbox.suppression": {_ADD},
    "outbox.lane": {_ADD, _CHANGE, _DELETE},
    "outbox.installation": {_LOOK},
    "interactions.interaction": {_LOOK},
    "interactions.followup": {_CHANGE},
    "interactions.keycontact": {_ADD, _CHANGE, _DELETE},
    "interactions.officialstance": {_LOOK},
    "interactions.meetingrequest": {_LOOK},
    "interactions.donotcontact": {_LOOK},
    "coalitions.organisationcontact": {_LOOK},
    "coalitions.organisation": {_ADD, _CHANGE, _IMPORT},
    "coalitions.signonletter": {_LOOK},
    "research.researchactivity": {_LOOK},
    "research.finding": {_CHANGE},
    "research.analysis": {_CHANGE},
    "research.lesson": {_LOOK},
    "research.issuepage": {_ADD, _CHANGE},
    "coalitions.coalition": {_ADD, _CHANGE, _IMPORT},
    "coalitions.partnerposition": {_ADD, _CHANGE, _DELETE},
    "coalitions.grasstops": {_LOOK},
    "coalitions.touch": {_LOOK},
    "events.advocacyevent": {_CHANGE},
    "events.building": {_ADD, _CHANGE, _DELETE},
    "events.walk": {_ADD, _CHANGE, _DELETE},
    "events.checklistitem": {_LOOK},
    "events.registration": {_LOOK, _IMPORT},
    "events.team": {_LOOK},
    "events.appointment": {_LOOK},
    "events.recognition": {_ADD, _CHANGE, _DELETE},
    "api.apitoken": {_LOOK},
    "api.webhookendpoint": {_LOOK},
    "api.webhookdelivery": {_LOOK},
    "campaigns.occurrence": {_LOOK},
    "campaigns.rulesetting": {_CHANGE},
    "campaigns.contact": {_ADD, _CHANGE, _IMPORT},
    "campaigns.contactlist": {_ADD, _CHANGE, _DELETE},
    "campaigns.listentry": {_ADD, _DELETE},
    "campaigns.consent": {_LOOK},
    "campaigns.withdrawal": {_LOOK},
    "campaigns.campaign": {_ADD, _CHANGE},
    "campaigns.message": {_LOOK, _IMPORT},
    "campaigns.appeal": {_LOOK, _IMPORT},
    "campaigns.participation": {_LOOK},
    "campaigns.letter": {_LOOK},
    "campaigns.mailing": {_LOOK},
    "campaigns.recipient": {_LOOK},
}


def _stands_in_the_log(actor: Actor, record: Thing) -> bool:
    return oracle.log.reads(actor, record) or oracle.log.restores(actor, record)


_RULES: dict[str, tuple[str, Rule]] = {
    "interactions.interaction": ("interaction", _stands_in_the_log),
    "interactions.followup": ("followup", oracle.log.reads_followup),
    "interactions.meetingrequest": ("request", oracle.log.reads_request),
    "interactions.donotcontact": ("do-not-contact note", oracle.has_a_role),
    "members.invitation": ("invitation", oracle.people.handles_invitation),
    "accounts.user": ("person", oracle.people.knows),
    "members.chapter": ("chapter", oracle.has_a_role),
    "legislation.official": ("official", oracle.has_a_role),
    "legislation.staffer": ("staffer", oracle.has_a_role),
    "legislation.measure": ("measure", oracle.has_a_role),
    "legislation.committee": ("committee", oracle.has_a_role),
    "legislation.hearing": ("hearing", oracle.has_a_role),
    "legislation.jurisdiction": ("jurisdiction", oracle.has_a_role),
    "legislation.chamber": ("chamber", oracle.has_a_role),
    "interactions.keycontact": ("key contact", oracle.has_a_role),
    "members.jurisdictionteam": ("team", oracle.has_a_role),
    "taskforce.meeting": ("meeting", oracle.has_a_role),
    "legislation.factreport": ("report", oracle.record.reads_report),
    "positions.tracking": ("tracking", oracle.positions.reads_position),
    "positions.position": ("position", oracle.positions.reads_position),
    "positions.outcome": ("outcome", oracle.positions.reads_position),
    "positions.testimony": ("testimony", oracle.positions.reads_testimony),
    "positions.material": ("material", oracle.positions.reads_material),
    "coalitions.organisation": ("organisation", oracle.letters.works_with_partners),
    "coalitions.coalition": ("coalition", oracle.letters.reads_letter),
    "coalitions.grasstops": ("grasstops contact", oracle.partners.reads_grasstops),
    "coalitions.touch": ("touch", oracle.partners.reads_touch),
    "coalitions.signonletter": ("sign-on letter", oracle.letters.reads_letter),
    "research.researchactivity": ("research activity", oracle.research.reads_activity),
    "research.finding": ("finding", oracle.research.reads_activity),
    "research.analysis": ("analysis", oracle.research.reads_analysis),
    "research.lesson": ("lesson", oracle.has_a_role),
    "events.advocacyevent": ("advocacy day", oracle.events.knows_day),
    "events.registration": ("registration", oracle.events.runs_day),
    "events.checklistitem": ("step of a day", oracle.events.follows_day),
    "events.appointment": ("appointment", oracle.events.follows_day),
    "events.recognition": ("recognition", oracle.events.knows_recognition),
    "outbox.outboundmessage": ("letter", oracle.people.receives),
    "api.apitoken": ("API token", oracle.people.sees_token),
    "api.webhookendpoint": ("webhook", oracle.people.sees_token),
    "api.webhookdelivery": ("webhook delivery", oracle.people.sees_token),
}
_SHOWN_OR_DONE, _REFUSED = frozenset({200, 302}), frozenset({403})


def _may(allowed: set[str], act: str) -> frozenset[int]:
    return _SHOWN_OR_DONE if act in allowed else _REFUSED


def _pages_of(label: str, allowed: set[str]) -> list[Page]:
    base = f"admin:{label.replace('.', '_')}_"
    kind, rule = _RULES.get(label, ("", oracle.has_a_role))
    fixed = ({},) if kind else ({"object_id": "1"},)
    one = {
        "of": kind,
        "fixed": fixed,
        "may": rule,
        "wall": ADMIN,
        "shows_impressions": label == "audit.entry",
    }
    pages = [
        Page(base + "changelist", METHODS, wall=ADMIN, insiders=_SHOWN_OR_DONE),
        Page(base + "add", METHODS, wall=ADMIN, insiders=_may(allowed, _ADD)),
        Page(base + "change", METHODS, insiders=_SHOWN_OR_DONE | _REFUSED, **one),  # type: ignore[arg-type]
        Page(base + "history", METHODS, insiders=_SHOWN_OR_DONE | {404}, **one),  # type: ignore[arg-type]
        Page(base + "delete", METHODS, insiders=_may(allowed, _DELETE) | _REFUSED | {302}, **one),  # type: ignore[arg-type]
        Page(
            f"admin/{label.replace('.', '/')}/<path:object_id>/", METHODS, wall=ADMIN, insiders=_SHOWN_OR_DONE
        ),
    ]
    if _IMPORT in allowed:
        pages += [
            Page(base + "import", METHODS, wall=ADMIN, insiders=_SHOWN_OR_DONE),
            Page(base + "process_import", METHODS, wall=ADMIN, insiders=frozenset({200, 302, 405})),
        ]
    return pages


ADMIN_PAGES = [
    *(page for label, allowed in MODELS.items() for page in _pages_of(label, allowed)),
    *(
        Page(
            f"admin:legislation_importchangeset_{act}",
            METHODS,
            wall=ADMIN,
            fixed=({"pk": "1"},),
            insiders=frozenset({200, 302, 404}),
        )
        for act in ("approve", "reject", "undo")
    ),
    *(
        Page(
            f"admin:legislation_factreport_{act}",
            METHODS,
            wall=ADMIN,
            of="report",
            may=oracle.record.reads_report,
            insiders=frozenset({200, 302}),
        )
        for act in ("by_hand", "reject")
    ),
    *(
        Page(
            f"admin:outbox_{act}",
            METHODS,
            wall=ADMIN,
            fixed=({"pk": "1"},),
            insiders=frozenset({200, 302, 404}),
        )
        for act in (
            "outboundmessage_send_again",
            "outboundmessage_arrived",
            "outboundmessage_cancel",
            "suppression_lift",
        )
    ),
    *(
        Page(f"admin:outbox_installation_{act}", METHODS, wall=ADMIN, insiders=_SHOWN_OR_DONE)
        for act in ("arm", "stop")
    ),
    *(
        Page(
            f"admin:campaigns_campaign_{act}",
            METHODS,
            wall=ADMIN,
            fixed=(address,),
            insiders=frozenset({200, 302, 404}),
        )
        for act, address in (
            *(
                (act, {"pk": "1"})
                for act in ("decide", "preview", "words", "progress", "audience", "trial", "begin_like")
            ),
            ("move", {"pk": "1", "name": "submit"}),
        )
    ),
    Page("admin:campaigns_campaign_trouble", METHODS, wall=ADMIN, insiders=frozenset({200})),
    Page("admin:campaigns_campaign_begin_like_one", METHODS, wall=ADMIN, insiders=frozenset({302})),
    Page("admin:index", METHODS, wall=ADMIN, insiders=frozenset({200})),
    Page(
        "admin:app_list",
        METHODS,
        wall=ADMIN,
        fixed=({"app_label": "interactions"},),
        insiders=frozenset({200}),
    ),
    Page("admin:autocomplete", METHODS, wall=ADMIN, insiders=frozenset({200, 403, 404})),
    Page("admin:jsi18n", METHODS, wall=ADMIN, insiders=frozenset({200})),
    Page("admin:password_change", METHODS, wall=ADMIN, insiders=_SHOWN_OR_DONE),
    Page("admin:password_change_done", METHODS, wall=ADMIN, insiders=_SHOWN_OR_DONE),
    Page(
        "admin:view_on_site",
        METHODS,
        wall=ADMIN,
        fixed=({"content_type_id": "1", "object_id": "1"},),
        insiders=frozenset({302, 404}),
    ),
    Page(
        "admin:login",
        METHODS,
        wall=OPEN,
        outsiders=frozenset({200, 302}),
        insiders=frozenset({200, 302, 403}),
    ),
    Page(
        "admin:logout",
        METHODS,
        wall=OPEN,
        outsiders=frozenset({302, 405}),
        insiders=frozenset({200, 302, 403, 405}),
    ),
    Page("admin/(?P<url>.*)$", METHODS, wall=ADMIN, insiders=frozenset({302, 404})),
]
