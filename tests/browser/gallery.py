"""Every page of the portal, hung up for inspection: its address, and who looks at it.

The world is the demo's: as many rows as in real use, in both languages, and nothing real. An address without an
exhibit fails `test_every_address_is_looked_at`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import site
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from advocacy.accounts.models import User
from advocacy.api.models import ApiToken, WebhookDelivery, WebhookEndpoint, WebhookEvent
from advocacy.coalitions import links as sign_on_links
from advocacy.coalitions.models import Organisation, SignOnInvitation, SignOnLetter
from advocacy.interactions.models import (
    DoNotContact,
    FollowUp,
    Interaction,
    KeyContact,
    MeetingRequest,
    Proof,
    State,
    SurveyAnswer,
)
from advocacy.kernel.periods import Month
from advocacy.outbox import stop_links
from advocacy.outbox.models import (
    Installation,
    KeptMessage,
    Lane,
    OutboundMessage,
    Suppression,
    fingerprint_of,
)
from advocacy.positions.models import Position, Testimony, Tracking
from advocacy.positions.outcomes import recordable_by
from advocacy.reports.models import ChapterReport, PeriodLock
from campaigns.actions import contacts
from campaigns.contact_links import preference_token, renewal_token
from campaigns.models import (
    AddressProof,
    Campaign,
    Consent,
    Contact,
    ContactList,
    Letter,
    ListEntry,
    Occurrence,
    RuleSetting,
    Status,
    TargetRule,
    Withdrawal,
)
from legislation import freshness
from legislation.models import (
    Committee,
    FactReport,
    Feed,
    Hearing,
    HearingStatus,
    ImportChangeSet,
    ImportRun,
    Jurisdiction,
    LeaverDecision,
    LegislativeSession,
    Measure,
    NameMatch,
    Official,
    RollCall,
    Staffer,
)
from members.actions.invitations import token_of
from members.models import Chapter, Invitation, JurisdictionTeam, TermsAcceptance
from members.taskforce import links
from members.taskforce.models import ActionItem, AgendaItem, Meeting, MeetingInvitation
from tests.factories.acting import public_campaign, receipt_for, wrote_to

VISITOR, VERA = "", "vera"
# Files, data for scripts, buttons without a page, and addresses that only send on.
NOT_PAGES = {
    "portal:health", "portal:demo_sign_in", "set_language", "interactions:similar", "interactions:month_file",
    "interactions:interaction_export", "legislation:official_suggest", "legislation:staffer_suggest",
    "legislation:measure_suggest", "legislation:committee_suggest", "members:person_suggest",
    "members:invitation_resend", "members:invitation_revoke", "members:representatives_ask", "members:place_remember",
    "members:place_forget", "legislation:fact_check", "legislation:fact_check_withdraw", "outbox:formatted",
    "outbox:service_events", "legislation:hearing_file", "gate:challenge",
    "api:openapi", "api:me", "api:officials", "api:official", "api:measures", "api:measure", "api:issues",
    "api:interactions", "api:interaction", "api:campaigns", "api:campaign", "api:actions", "api:action",
    "api:webhooks", "api:webhook", "api:osdi", "api:osdi_outreaches", "api:osdi_outreach", "api:osdi_campaigns",
    "api:token_revoke", "api:webhook_off", "api:delivery_again",
    "act:any_language", "act:send", "act:embed_send", "act:meter", "act:tell", "act:letters_pdf",
    "act:came", "act:reply", "campaigns:results_export", "campaigns:rows_export",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn", "mfa_reauthenticate_webauthn", "account_set_password", "admin:login", "admin:autocomplete",
    "coalitions:letter_paper", "coalitions:letter_export",
    "campaigns:campaign_export", "campaigns:sendlog_export", "campaigns:rule_remove", "campaigns:campaign_test",
    "campaigns:campaign_decide",
    "interactions:whip_export", "tracking:measure_suggest",
    "interactions:chapter_coverage_export", "interactions:team_coverage_export",
    "taskforce:answer_here", "taskforce:check_in", "taskforce:calendar_revoke", "taskforce:calendar",
    "reports:issued_file", "reports:national_month", "reports:national_table", "reports:national_file",
    "reports:annual_file",
    "legislation:saved_search_save", "legislation:saved_search_open", "legislation:saved_search_rename",
    "legislation:saved_search_delete", "legislation:saved_search_open_feed", "legislation:saved_search_close_feed",
    "legislation:saved_search_feed", "legislation:saved_search_alert",
    "tracking:board_export", "tracking:tracking_watch", "tracking:tracking_archive", "tracking:tracking_restore",
    "tracking:relation_remove", "tracking:sweep_confirm", "tracking:sweep_take_back",
    "admin:jsi18n", "admin:view_on_site", "admin:password_change", "admin:password_change_done",
}  # fmt: skip
NOT_IN_THE_DEMO = {
    Consent,
    Contact,
    ContactList,
    ApiToken,
    ApiToken,
    Consent,
    Contact,
    ContactList,
    Feed,
    ImportChangeSet,
    ImportRun,
    Installation,
    Lane,
    ListEntry,
    NameMatch,
    Occurrence,
    RollCall,
    RuleSetting,
    Suppression,
    TermsAcceptance,
    Withdrawal,
    WebhookDelivery,
    WebhookEndpoint,
}
# Pages in the middle of a journey, which test_accessibility.py makes.
ON_A_JOURNEY = {"mfa_authenticate", "account_confirm_login_code", "mfa_edit_webauthn", "mfa_remove_webauthn"}


@dataclass(frozen=True)
class Exhibit:
    """One page: its address by name, who looks at it, and what stands in the address."""

    name: str
    who: str = "dana"
    find: Callable[[User], Any] = lambda user: ()
    query: str = ""
    note: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.name, self.who, self.note) if part)

    def address(self, user: User | None) -> str:
        found = self.find(user)  # type: ignore[arg-type]  # what visitors see is found without them
        arguments = found if isinstance(found, tuple) else (found,)
        return reverse(self.name, args=arguments) + self.query


def _first(model: Any, **conditions: Any) -> Callable[[User], Any]:
    return lambda user: model.objects.filter(**conditions).order_by("pk").values_list("pk", flat=True).first()


def _record(**conditions: Any) -> Callable[[User], Any]:
    """The newest record of this kind that the person may correct: with asks, follow-ups and impressions."""
    rows = Interaction.objects.editable_by
    return lambda user: rows(user).filter(state=State.LOGGED, **conditions).order_by("-pk").first().pk


def _draft(user: User) -> int:
    return Interaction.objects.drafts_of(user).order_by("pk").first().pk


def _deleted(user: User) -> int:
    return Interaction.objects.deleted_and_restorable_by(user).order_by("pk").first().pk


def _followup(status: str) -> Callable[[User], int]:
    rows = FollowUp.objects.editable_by
    return lambda user: rows(user).filter(status=status).order_by("pk").first().pk


def _colleagues_record(user: User) -> int:
    """A shared record in which this person did not take part."""
    rows = Interaction.objects.visible_to(user).filter(state=State.LOGGED, confidentiality="shared")
    return rows.exclude(participants__person=user).order_by("-pk").first().pk


def _official(user: User) -> int:
    tie = KeyContact.objects.filter(person=user, ends_on=None).order_by("pk").first()
    return tie.official_id if tie else Official.objects.order_by("pk").first().pk


def _request(state: str) -> Callable[[User], int]:
    rows = MeetingRequest.objects.visible_to
    return lambda user: rows(user).filter(state=state).order_by("pk").first().pk


def _left_alone(user: User) -> int:
    return DoNotContact.objects.order_by("pk").first().official_id


def _answer(user: User) -> int:
    return SurveyAnswer.objects.reviewable_by(user).order_by("pk").first().pk


def _tie(user: User) -> int:
    return KeyContact.objects.filter(person=user, ends_on=None).order_by("pk").first().pk


def _asking_tie(user: User) -> int:
    today = timezone.localdate()
    return KeyContact.objects.decidable_by(user).asking(today).order_by("pk").first().pk


def _doubtful(user: User) -> int:
    return freshness.stale(Official.objects.all(), timezone.localdate()).order_by("pk").first().pk


def _stop_link(stream: str) -> str:
    dana = User.objects.get(email__startswith="dana")
    return stop_links.token_for(dana.pk, dana.email, stream)


def _proof_link(language: str, *, is_proven: bool = False) -> tuple[str, str]:
    """A link that somebody got who took part: the demo keeps only digests of such links."""
    now, token = timezone.now(), f"gallery-{is_proven}"
    contact, _is_new = Contact.objects.get_or_create(
        email="supporter@example.org", defaults={"full_name": "Ines Okafor", "added_at": now}
    )
    known = {
        "contact": contact,
        "address": fingerprint_of(contact.email),
        "purpose": "address",
        "language": language,
    }
    AddressProof.objects.update_or_create(
        token_digest=hashlib.sha256(token.encode()).hexdigest(),
        defaults=known | {"sent_at": now, "proven_at": now if is_proven else None},
    )
    return language, token


def _contact() -> Contact:
    """Dana, as those who write to supporters know her."""
    dana = User.objects.get(email__startswith="dana")
    contacts.for_members(Chapter.objects.filter(roles__person=dana), now=timezone.now())
    return Contact.objects.get(user=dana)


def _renewal_link() -> str:
    return renewal_token(_contact(), None, timezone.localdate())


def _act(slug: str, language: str = "en", *, status: Status = Status.LIVE) -> tuple[str, str]:
    """A campaign with a page for everybody, beside those of the demo."""
    people = {one.email.partition("@")[0].partition(".")[0]: one for one in User.objects.all()}
    public_campaign(people["dana"], people["jordan"], f"gallery-{slug}", status)
    return f"gallery-{slug}", language


def _receipt() -> str:
    slug, _language = _act("open")
    return receipt_for(wrote_to(Campaign.objects.get(slug=slug), "supporter@example.org"))


def _answered_letter(user: User) -> int:
    _receipt()
    return Letter.objects.order_by("pk").values_list("pk", flat=True).last()


def _answered_campaign(user: User) -> int:
    return Letter.objects.get(pk=_answered_letter(user)).participation.campaign_id


def _open_report(user: User) -> int:
    return FactReport.objects.open().order_by("pk").first().pk


def _leaver_decision(user: User) -> int:
    return LeaverDecision.objects.open().visible_to(user, timezone.localdate()).order_by("pk").first().pk


def _meeting(status: str) -> Callable[[User], int]:
    return _first(Meeting, status=status)


def _webhook(user: User) -> int:
    """One that was told something, and something else that waits."""
    webhook = WebhookEndpoint.objects.create(
        owner=user,
        url="https://hooks.example.org/portal",
        events=["interaction.logged"],
        created_at=timezone.now(),
    )
    for state, next_at in (("delivered", None), ("waiting", timezone.now())):
        event = WebhookEvent.objects.create(kind="interaction.logged", subject=1, at=timezone.now())
        WebhookDelivery.objects.create(
            endpoint=webhook, event=event, payload="{}", state=state, next_at=next_at, last_code=200
        )
    return webhook.pk


def _action_item(user: User) -> int:
    return ActionItem.objects.owned_by(user).unfinished().order_by("pk").first().pk


def _answer_token(user: User) -> str:
    invitation = MeetingInvitation.objects.silent().select_related("meeting", "person").order_by("pk").first()
    return links.token_of(invitation.meeting, invitation.person)


def _chapter_report(state: str) -> Callable[[User], int]:
    rows = ChapterReport.objects.visible_to
    return lambda user: rows(user).filter(state=state).order_by("period", "pk").last().pk


def _running_month(user: User) -> Month:
    return Month.of(user.today(timezone.now()))


def _locked_month(user: User) -> str:
    return PeriodLock.objects.visible_to(user).order_by("pk").first().period


_spoken_on = _first(Measure, number="SB 84")


def _followed(user: User) -> int:
    """In a tier, not in the archive."""
    rows = Tracking.objects.editable_by(user).tracked(user.today(timezone.now()))
    return rows.order_by("pk").first().pk


def _ended(user: User) -> int:
    """Followed, and its end is known."""
    return recordable_by(user, user.today(timezone.now())).order_by("pk").first().pk


def _untriaged(user: User) -> int:
    return Tracking.objects.visible_to(user).untriaged(user.today(timezone.now())).order_by("pk").first().pk


def _letter_of_ours(user: User) -> int:
    """Open, signed by us, with answers."""
    rows = SignOnLetter.objects.editable_by(user).filter(lead=None).running(timezone.now())
    return rows.order_by("pk").first().pk


def _letter_to_decide(user: User) -> int:
    return SignOnLetter.objects.decidable_by(user).undecided().order_by("pk").first().pk


def _letter_over(user: User) -> int:
    rows = SignOnLetter.objects.editable_by(user).shown_as("locked", timezone.now())
    return rows.order_by("pk").first().pk


def _late_invitation(user: User) -> int:
    over = SignOnLetter.objects.shown_as("locked", timezone.now())
    return SignOnInvitation.objects.silent().filter(letter__in=over).order_by("pk").first().pk


def _partner_link(answer: str, status: str) -> Callable[[User], Any]:
    def find(user: User) -> tuple[str, str]:
        rows = SignOnInvitation.objects.filter(answer=answer, letter__status=status)
        invitation = rows.select_related("contact").order_by("pk").first()
        return invitation.contact.language, sign_on_links.token_of(invitation)

    return find


_KEPT = _first(KeptMessage)
# The pages people live in: looked at in light and dark, on a phone and on a laptop.
MAIN = [
    Exhibit("portal:home"),
    Exhibit("interactions:interaction_list"),
    Exhibit("interactions:interaction_log"),
    Exhibit("interactions:interaction_detail", find=_record(asks__isnull=False, impression__isnull=False)),
    Exhibit("interactions:followup_list"),
    Exhibit("legislation:official_list"),
    Exhibit("legislation:official_detail", find=_official),
    Exhibit("members:chapter_detail", find=lambda user: "gulf-prairie"),
    Exhibit("account_login", VISITOR),
]
PORTAL = [
    Exhibit("portal:home", "elise", note="in French"),
    Exhibit("portal:home", "sam"),
    Exhibit("portal:home", "angela"),
    Exhibit("portal:home", "jordan"),
    Exhibit("portal:search"),
    Exhibit("portal:search", query="?q=health"),
    Exhibit("portal:search", query="?q=qqqq", note="nothing found"),
]
LOG = [
    Exhibit("interactions:interaction_list", query="?q=health&kind=phone_call", note="filtered"),
    Exhibit("interactions:interaction_list", query="?q=qqqq", note="nothing found"),
    Exhibit("interactions:interaction_list", query="?since=tomorrow", note="a filter nobody can read"),
    Exhibit("interactions:interaction_log", "elise", note="in French"),
    Exhibit("interactions:interaction_log", "sam", note="who does not log"),
    Exhibit("interactions:draft_list"),
    Exhibit("interactions:draft_discard", find=_draft),
    Exhibit("interactions:deleted_list", "jordan"),
    Exhibit("interactions:month_export"),
    Exhibit("interactions:chapter_coverage", find=lambda user: "gulf-prairie"),
    Exhibit(
        "interactions:chapter_coverage",
        find=lambda user: "gulf-prairie",
        query="?standing=strong",
        note="filtered",
    ),
    Exhibit(
        "interactions:chapter_coverage",
        find=lambda user: "gulf-prairie",
        query="?map=lower&sort=-seat",
        note="another layer of the map",
    ),
    Exhibit("interactions:chapter_coverage", "elise", find=lambda user: "saint-laurent", note="in French"),
    Exhibit("interactions:team_coverage", find=_first(JurisdictionTeam)),
    Exhibit("interactions:interaction_edit", find=_record(asks__isnull=False, impression__isnull=False)),
    Exhibit("interactions:interaction_edit", find=_draft, note="a draft"),
    Exhibit("interactions:interaction_join", find=_colleagues_record),
    Exhibit("interactions:interaction_history", find=_record()),
    Exhibit("interactions:interaction_delete", find=_record()),
    Exhibit("interactions:interaction_restore", "jordan", find=_deleted),
    Exhibit("interactions:followup_list", query="?show=done&whose=all", note="done"),
    Exhibit("interactions:followup_detail", find=_followup("open")),
    Exhibit("interactions:followup_detail", find=_followup("done"), note="done"),
    Exhibit("interactions:followup_complete", find=_followup("open")),
    Exhibit("interactions:followup_cancel", find=_followup("open")),
    Exhibit("interactions:followup_reopen", find=_followup("done")),
    Exhibit("interactions:request_list", query="?whose=chapters"),
    Exhibit("interactions:request_list", "elise", note="in French"),
    Exhibit("interactions:request_list", query="?state=withdrawn", note="nothing found"),
    Exhibit("interactions:request_detail", find=_request("confirmed")),
    Exhibit("interactions:request_detail", find=_request("no_reply"), note="given up"),
    Exhibit("interactions:write", find=_official, query="?what=meeting"),
    Exhibit("interactions:write", "elise", find=_official, query="?what=site_visit", note="in French"),
    Exhibit("interactions:write", "sam", find=_official, query="?what=call", note="a script"),
    Exhibit("interactions:write", find=_left_alone, note="to be left alone"),
    Exhibit("interactions:do_not_contact_ask", find=_official),
    Exhibit("interactions:do_not_contact_lift", "jordan", find=_first(DoNotContact)),
    Exhibit("interactions:keep_in_touch", find=_official),
    Exhibit("interactions:let_go", find=_official),
    Exhibit("interactions:seat_contacts", find=lambda user: ("gulf-prairie", _official(user))),
    Exhibit("interactions:key_contact_end", find=_tie),
    Exhibit("interactions:survey"),
    Exhibit("interactions:survey", "sam"),
    Exhibit("interactions:survey_review"),
    Exhibit("interactions:survey_answer_decide", find=_answer),
    Exhibit("interactions:chapter_hand_over", find=lambda user: "gulf-prairie"),
    Exhibit("interactions:key_contact_answer", find=_asking_tie),
]
_MONTHS = [
    Exhibit("reports:report_list", "angela"),
    Exhibit("reports:report_list", "angela", query="?period=2001-01", note="no reports"),
    Exhibit("reports:report_list", "elise", note="in French"),
    Exhibit("reports:definitions"),
    Exhibit("reports:national", "angela", find=_running_month, note="a running month"),
    Exhibit("reports:national", find=_locked_month, query="?sort=-interactions", note="issued, sorted"),
    Exhibit("reports:national", "elise", find=_locked_month, note="in French"),
    Exhibit("reports:national_outcomes", "angela", find=_locked_month),
    Exhibit("reports:chapter_outcomes", find=_chapter_report("open")),
    Exhibit("reports:report_detail", find=_chapter_report("open")),
    Exhibit("reports:report_detail", "angela", find=_chapter_report("accepted"), note="accepted"),
    Exhibit("reports:report_detail", "elise", find=_chapter_report("submitted"), note="in French"),
    Exhibit("reports:report_edit", find=_chapter_report("open")),
    Exhibit("reports:report_decide", "angela", find=_chapter_report("open")),
    Exhibit("reports:metric_rows", find=lambda user: (_chapter_report("accepted")(user), "meaningful")),
    Exhibit("reports:annual", "angela", find=lambda user: "2026-27"),
    Exhibit("reports:annual", "elise", find=lambda user: "2026-27", note="in French"),
    Exhibit("reports:period_lock", "angela", find=_locked_month, note="to restate"),
]
RECORD = [
    Exhibit("legislation:official_list", query="?q=qqqq", note="nothing found"),
    Exhibit("legislation:official_list", query="?age=stale", note="may be out of date"),
    Exhibit("legislation:official_detail", find=_doubtful, note="may be out of date"),
    Exhibit("legislation:report_new", find=_official, query="?block=contact"),
    Exhibit("legislation:report_list"),
    Exhibit("legislation:report_list", "jordan", note="nothing reported"),
    Exhibit("legislation:staffer_add", find=_official),
    Exhibit("legislation:staffer_edit", "jordan", find=_first(Staffer)),
    Exhibit("legislation:leaver_list"),
    Exhibit("legislation:leaver_list", "elise", note="nothing to decide"),
    Exhibit("legislation:leaver_decide", find=_leaver_decision),
    Exhibit("legislation:jurisdiction_list"),
    Exhibit("legislation:jurisdiction_detail", find=_first(Jurisdiction, abbreviation="TX")),
    Exhibit("legislation:committee_detail", find=_first(Committee, memberships__isnull=False)),
    Exhibit("legislation:measure_list"),
    Exhibit("legislation:measure_list", query="?q=health&sort=newest", note="with filters to save"),
    Exhibit("legislation:measure_detail", find=_first(Measure)),
    Exhibit(
        "legislation:measure_detail", find=_first(Measure, hearings__isnull=False), note="with a hearing"
    ),
    Exhibit(
        "legislation:measure_detail",
        find=_first(Measure, comment_period__isnull=False),
        note="with comments that close",
    ),
    Exhibit("legislation:hearing_list"),
    Exhibit("legislation:hearing_list", "elise", note="by the clock of Montreal"),
    Exhibit("legislation:hearing_list", query="?when=earlier&committee=1", note="a filter in force"),
    Exhibit("legislation:hearing_detail", find=_first(Hearing, status=HearingStatus.MOVED), note="moved"),
    Exhibit("legislation:hearing_detail", "elise", find=_first(Hearing, status=HearingStatus.SCHEDULED)),
    Exhibit("legislation:hearing_detail", find=_first(Hearing, status=HearingStatus.CANCELLED), note="off"),
]


def _with_members(user: User) -> tuple[int, int]:
    """A measure that was voted on, and one of those who did."""
    roll_call = RollCall.objects.filter(votes__official__isnull=False).order_by("pk").first()
    return roll_call.measure_id, roll_call.votes.order_by("pk").first().official_id


def _proof(user: User) -> int:
    return Proof.objects.order_by("pk").first().pk


STANCES = [
    Exhibit("interactions:whip_count", find=_first(Measure, roll_calls__isnull=False)),
    Exhibit(
        "interactions:whip_count",
        "elise",
        find=_first(Measure, roll_calls__isnull=False),
        query="?since=2020-01-01&q=qqqq",
        note="in French, nobody found",
    ),
    Exhibit("interactions:stance_note", find=_with_members),
    Exhibit("interactions:votes_needed", "jordan", find=_first(Measure, roll_calls__isnull=False)),
    Exhibit("interactions:stance_history", find=lambda user: _with_members(user)[1]),
    Exhibit("interactions:stance_history", find=_official, query="?on=1990-01-01", note="nothing known"),
    Exhibit("interactions:proof_decide", "jordan", find=_proof),
]
POSITIONS = [
    Exhibit("positions:position_list"),
    Exhibit("positions:position_list", "sam", note="nothing waits"),
    Exhibit("positions:position_list", "elise", note="in French"),
    Exhibit("positions:position_detail", find=_first(Position, status="proposed")),
    Exhibit("positions:position_detail", find=_first(Position, status="approved", chapter__isnull=False)),
    Exhibit("positions:position_decide", "luis", find=_first(Position, status="proposed")),
    Exhibit("positions:position_withdraw", find=_first(Position, status="proposed")),
    Exhibit("positions:position_propose", find=_first(Measure, number="SB 902")),
    Exhibit(
        "positions:position_propose", "angela", find=_first(Measure, number="SB 902"), note="for the society"
    ),
    Exhibit("legislation:measure_detail", find=_first(Measure, number="SB 84"), note="with testimony"),
    Exhibit("legislation:measure_detail", find=_first(Measure, number="HB 210"), note="with a proposal"),
    Exhibit("positions:testimony_register", find=lambda user: (_spoken_on(user), "gulf-prairie")),
    Exhibit("positions:testimony_edit", find=_first(Testimony, chapter__slug="gulf-prairie")),
    Exhibit("legislation:measure_detail", find=_first(Measure, roll_calls__isnull=False), note="with votes"),
    Exhibit("legislation:roll_call_detail", find=_first(RollCall)),
]
FOLLOWED = [
    Exhibit("tracking:board"),
    Exhibit("tracking:board", "elise", note="in French"),
    Exhibit("tracking:board", "angela", query="?whose=society", note="filtered"),
    Exhibit("tracking:board", query="?whose=mine&tier=4", note="nothing found"),
    Exhibit("tracking:sweep_list", "angela"),
    Exhibit("tracking:sweep", "angela", find=_first(LegislativeSession, identifier="89S")),
    Exhibit(
        "tracking:sweep", "jordan", find=_first(LegislativeSession, identifier="89S"), query="?show=confirmed"
    ),
    Exhibit("tracking:outcome_list"),
    Exhibit("tracking:outcome_record", "jordan", find=_ended),
    Exhibit("tracking:alert_list", note="nothing yet"),
    Exhibit("tracking:alert_cadence"),
    Exhibit("tracking:alert_cadence", "elise", note="in French"),
    Exhibit("tracking:tracking_detail", find=_followed),
    Exhibit("tracking:tracking_detail", "jordan", find=_untriaged, note="to triage"),
    Exhibit("tracking:tracking_edit", find=_followed),
    Exhibit("tracking:tracking_note", find=_followed),
    Exhibit("tracking:measure_add"),
    Exhibit("tracking:measure_add", "elise", note="in French"),
    Exhibit("tracking:measure_follow", "jordan", find=_first(Measure)),
    Exhibit("tracking:measure_relate", "jordan", find=_first(Measure)),
]
PEOPLE = [
    Exhibit("members:representatives"),
    Exhibit("members:representatives", query="?q=77004", note="a code nobody loaded"),
    Exhibit("members:representatives", query="?q=O1A", note="a code that cannot be"),
    Exhibit("members:chapter_list"),
    Exhibit("members:chapter_detail", "jordan", find=lambda user: "saint-laurent", note="for staff"),
    Exhibit("members:team_detail", find=_first(JurisdictionTeam)),
    Exhibit("members:person_list", "jordan"),
    Exhibit("members:person_detail", "jordan", find=_first(User, email__startswith="luis")),
    Exhibit("members:profile"),
    Exhibit("members:terms"),
    Exhibit("members:invitation_list", "jordan"),
    Exhibit("members:invitation_create", "jordan"),
    Exhibit(
        "members:invitation_accept", VISITOR, find=lambda user: token_of(Invitation.objects.latest("pk"))
    ),
    Exhibit("members:invitation_accept", VISITOR, find=lambda user: "not-a-token", note="a broken link"),
    Exhibit("taskforce:meeting_list"),
    Exhibit("taskforce:meeting_list", "elise", note="in French"),
    Exhibit("taskforce:meeting_new", "angela"),
    Exhibit("taskforce:meeting_detail", find=_meeting("planned"), note="ahead"),
    Exhibit("taskforce:meeting_detail", "angela", find=_meeting("held"), note="with minutes"),
    Exhibit("taskforce:meeting_change", "angela", find=_meeting("planned")),
    Exhibit("taskforce:meeting_cancel", "angela", find=_meeting("planned")),
    Exhibit("taskforce:meeting_invite", "angela", find=_meeting("planned")),
    Exhibit("taskforce:item_propose", find=_meeting("planned")),
    Exhibit("taskforce:attendance", "angela", find=_meeting("held")),
    Exhibit("taskforce:item_minutes", "angela", find=_first(AgendaItem, meeting__status="planned")),
    Exhibit("taskforce:publish", "angela", find=_meeting("planned")),
    Exhibit("taskforce:correct", "angela", find=_meeting("held")),
    Exhibit("taskforce:action_list"),
    Exhibit("taskforce:action_list", "sam", note="nothing to do"),
    Exhibit("taskforce:action_detail", find=_action_item),
    Exhibit("taskforce:answer", VISITOR, find=_answer_token),
    Exhibit("taskforce:answer", VISITOR, find=lambda user: "not-a-token", note="a broken link"),
    Exhibit("taskforce:calendar_list"),
    Exhibit("api:token_list"),
    Exhibit("api:webhook_list"),
    Exhibit("api:webhook_detail", find=_webhook),
    Exhibit("api:reference", VISITOR),
    Exhibit("outbox:list", VISITOR),
    Exhibit("outbox:detail", VISITOR, find=_KEPT),
    Exhibit("outbox:mine_list"),
    Exhibit("outbox:preferences"),
    Exhibit("outbox:unsubscribe", VISITOR, find=lambda user: _stop_link("duty"), note="of a duty"),
    Exhibit("outbox:unsubscribe", VISITOR, find=lambda user: _stop_link("campaign"), note="of a campaign"),
    Exhibit("outbox:unsubscribe", VISITOR, find=lambda user: "not-a-token", note="a broken link"),
    Exhibit("outbox:unsubscribe_one_click", VISITOR, find=lambda user: _stop_link("campaign")),
    Exhibit("contacts:preferences", VISITOR, find=lambda user: ("en", preference_token(_contact()))),
    Exhibit("contacts:preferences", VISITOR, find=lambda user: ("fr", "not-a-token"), note="a broken link"),
    Exhibit("contacts:renew", VISITOR, find=lambda user: ("fr", _renewal_link())),
    Exhibit("gate:confirm", VISITOR, find=lambda user: _proof_link("en")),
    Exhibit("gate:confirm", VISITOR, find=lambda user: _proof_link("fr"), note="in French"),
    Exhibit(
        "gate:confirm", VISITOR, find=lambda user: _proof_link("en", is_proven=True), note="done already"
    ),
    Exhibit("gate:confirm", VISITOR, find=lambda user: ("en", "not-a-token"), note="a broken link"),
    Exhibit("act:page", VISITOR, find=lambda user: _act("open")),
    Exhibit("act:page", VISITOR, find=lambda user: _act("open", "fr"), note="in French"),
    Exhibit("act:page", VISITOR, find=lambda user: _act("paused", status=Status.PAUSED), note="paused"),
    Exhibit("act:page", VISITOR, find=lambda user: _act("closed", status=Status.CLOSED), note="closed"),
    Exhibit("act:embed", VISITOR, find=lambda user: _act("open")),
    Exhibit("act:receipt", VISITOR, find=lambda user: _receipt()),
    Exhibit(
        "outbox:mine_detail",
        "jordan",
        find=lambda user: OutboundMessage.objects.sent_to(user).latest("pk").pk,
    ),
]
SIGN_IN = [
    *(
        Exhibit(name, VISITOR)
        for name in (
            "account_inactive", "account_signup", "account_reset_password", "account_reset_password_done",
            "account_reset_password_from_key_done", "account_email_verification_sent", "account_request_login_code",
        )
    ),
    Exhibit("account_confirm_email", VISITOR, find=lambda user: "not-a-key"),
    Exhibit("account_reset_password_from_key", VISITOR, find=lambda user: ("1", "not-a-key")),
    *(
        Exhibit(name, VERA)
        for name in (
            "account_logout", "account_reauthenticate", "account_email", "account_change_password", "mfa_index",
            "mfa_reauthenticate", "mfa_activate_totp", "mfa_list_webauthn", "mfa_add_webauthn", "usersessions_list",
        )
    ),
    *(
        Exhibit(name, "second step")
        for name in (
            "mfa_index", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
        )
    ),
]  # fmt: skip


def _staff(name: str, **found: Any) -> Exhibit:
    return Exhibit(name, "jordan", **found)


def admin_pages() -> list[Exhibit]:
    """The list and the form of every model, and once each of the pages that are the same for all."""
    pages = [_staff("admin:index"), _staff("admin:app_list", find=lambda user: "members")]
    for model in site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(_staff(f"{base}_changelist"))
        if model not in NOT_IN_THE_DEMO:
            pages.append(_staff(f"{base}_change", find=_first(model)))
    chapter = _first(Chapter)
    pages += [
        _staff("admin:legislation_factreport_change", find=_open_report, note="waiting"),
        _staff("admin:legislation_factreport_by_hand", find=_open_report),
        _staff("admin:legislation_factreport_reject", find=_open_report),
        _staff("admin:outbox_suppression_add"),
        _staff("admin:outbox_installation_arm"),
        _staff("admin:outbox_installation_stop"),
        _staff("admin:campaigns_campaign_add"),
        _staff("admin:campaigns_campaign_change", find=_campaign(Status.DRAFT), note="a draft"),
        _staff("admin:campaigns_campaign_decide", find=_campaign(Status.IN_REVIEW)),
        _staff(
            "admin:campaigns_campaign_move",
            find=lambda user: (_campaign(Status.LIVE)(user), "close"),
        ),
        *(
            _staff(f"admin:campaigns_campaign_{act}", find=_campaign(Status.LIVE))
            for act in ("preview", "audience", "trial", "begin_like")
        ),
        _staff("admin:campaigns_campaign_trouble"),
        _staff("admin:campaigns_message_import"),
        _staff("admin:members_chapter_add"),
        _staff("admin:members_chapter_import"),
        _staff("admin:members_chapter_history", find=chapter),
        _staff("admin:members_chapter_delete", find=_first(Chapter, slug="sonoran-sky")),
    ]
    return [page for page in pages if _exists(page.name)]


def _exists(name: str) -> bool:
    for arguments in ((), (1,), (1, "close")):
        try:
            reverse(name, args=arguments)
        except NoReverseMatch:
            continue
        return True
    return False


def _campaign(status: str) -> Callable[[User], Any]:
    return _first(Campaign, status=status)


CAMPAIGNS = [
    Exhibit("campaigns:campaign_list"),
    Exhibit("campaigns:campaign_list", "elise", note="in French"),
    Exhibit("campaigns:campaign_list", query="?status=evaluated", note="nothing matches"),
    Exhibit("campaigns:campaign_begin", find=lambda user: (), note="from nothing"),
    Exhibit("campaigns:campaign_begin_like", find=_campaign("live")),
    Exhibit("campaigns:campaign_detail", find=_campaign("draft"), note="a draft"),
    Exhibit("campaigns:campaign_detail", find=_campaign("live"), note="live"),
    Exhibit("campaigns:campaign_texts", find=_campaign("draft")),
    Exhibit("campaigns:campaign_targets", find=_campaign("draft"), note="a draft"),
    Exhibit("campaigns:campaign_targets", find=_campaign("live"), note="live"),
    Exhibit("campaigns:campaign_audience", find=_campaign("draft")),
    Exhibit("campaigns:campaign_sendlog", find=_campaign("live")),
    Exhibit("campaigns:campaign_results", find=_campaign("live"), note="live"),
    Exhibit("campaigns:campaign_results", "jordan", find=_answered_campaign, note="answered"),
    Exhibit("campaigns:results_rows", "jordan", find=_answered_campaign),
    Exhibit(
        "campaigns:results_rows", "jordan", find=_answered_campaign, query="?step=invited", note="nobody"
    ),
    Exhibit("campaigns:letter_reply", "jordan", find=_answered_letter),
    Exhibit("campaigns:campaign_review", "elise", find=_campaign("in_review"), note="its author"),
    Exhibit("campaigns:campaign_review", "jordan", find=_campaign("in_review"), note="who decides"),
    Exhibit("campaigns:campaign_brief", find=_campaign("draft")),
    Exhibit("campaigns:campaign_asked", find=_campaign("draft")),
    Exhibit("campaigns:campaign_message", find=lambda user: (_campaign("draft")(user), "everyone")),
    Exhibit("campaigns:campaign_appeal", find=lambda user: (_campaign("draft")(user), "launch")),
    Exhibit("campaigns:rule_add", find=lambda user: (_campaign("draft")(user), "named")),
    Exhibit("campaigns:rule_edit", find=_first(TargetRule, campaign__status="draft")),
    Exhibit("campaigns:campaign_move", find=lambda user: (_campaign("draft")(user), "submit")),
    Exhibit("campaigns:campaign_move", find=lambda user: (_campaign("live")(user), "close"), note="close"),
]

COALITIONS = [
    Exhibit("coalitions:letter_list"),
    Exhibit("coalitions:letter_list", "elise", note="in French"),
    Exhibit("coalitions:letter_detail", find=_letter_of_ours),
    Exhibit("coalitions:letter_detail", "jordan", find=_letter_to_decide, note="waiting"),
    Exhibit("coalitions:letter_detail", "elise", find=_first(SignOnLetter, status="sent"), note="sent"),
    Exhibit("coalitions:letter_new"),
    Exhibit("coalitions:letter_edit", find=_letter_of_ours),
    Exhibit("coalitions:letter_decide", "jordan", find=_letter_to_decide),
    Exhibit("coalitions:letter_invite", find=_letter_of_ours),
    Exhibit("coalitions:letter_step", "luis", find=lambda user: (_letter_over(user), "send")),
    Exhibit("coalitions:invitation_late", "jordan", find=_late_invitation),
    Exhibit("coalitions:organisation_list"),
    Exhibit("coalitions:organisation_new"),
    Exhibit("coalitions:organisation_detail", find=_first(Organisation)),
    Exhibit("coalitions:organisation_edit", find=_first(Organisation)),
    Exhibit("coalitions:contact_add", find=_first(Organisation)),
    Exhibit("coalitions:partner", VISITOR, find=_partner_link("", "open")),
    Exhibit("coalitions:partner", VISITOR, find=_partner_link("sign", "sent"), note="sent, in French"),
    Exhibit("coalitions:partner", VISITOR, find=lambda user: ("en", "no-such-token"), note="no link"),
]

OWN_PAGES = (
    CAMPAIGNS
    + COALITIONS
    + MAIN
    + PORTAL
    + LOG
    + _MONTHS
    + RECORD
    + POSITIONS
    + STANCES
    + FOLLOWED
    + PEOPLE
    + SIGN_IN
)
