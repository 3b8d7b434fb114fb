"""What does not hang in the gallery, and why."""

from advocacy.api.models import ApiToken, WebhookDelivery, WebhookEndpoint
from advocacy.outbox.models import Installation, Lane, Suppression
from campaigns.models import Consent, Contact, ContactList, ListEntry, Occurrence, RuleSetting, Withdrawal
from legislation.models import Feed, ImportChangeSet, ImportRun, NameMatch, RollCall
from members.models import TermsAcceptance

# Files, data for scripts, buttons without a page, and addresses that only send on.
NOT_PAGES = {
    "portal:health", "portal:demo_sign_in", "portal:service_worker", "portal:manifest", "portal:offline_pack",
    "portal:offline_session", "set_language", "interactions:similar", "interactions:month_file",
    "interactions:interaction_export", "legislation:official_suggest", "legislation:staffer_suggest",
    "legislation:measure_suggest", "legislation:committee_suggest", "members:person_suggest",
    "members:invitation_resend", "members:invitation_revoke", "members:representatives_ask", "members:place_remember",
    "members:place_forget", "legislation:fact_check", "legislation:fact_check_withdraw", "outbox:formatted",
    "outbox:service_events", "legislation:hearing_file", "gate:challenge",
    "api:openapi", "api:me", "api:officials", "api:official", "api:measures", "api:measure", "api:issues",
    "api:interactions", "api:interaction", "api:campaigns", "api:campaign", "api:actions", "api:action",
    "api:webhooks", "api:webhook", "api:osdi", "api:osdi_outreaches", "api:osdi_outreach", "api:osdi_campaigns",
    "api:osdi_campaign_outreaches",
    "api:token_revoke", "api:webhook_off", "api:delivery_again",
    "act:any_language", "act:send", "act:embed_send", "act:meter", "act:tell", "act:letters_pdf",
    "act:came", "act:reply", "campaigns:results_export", "campaigns:rows_export",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn", "mfa_reauthenticate_webauthn", "account_set_password", "admin:login", "admin:autocomplete",
    "events:brief_paper", "events:briefs", "events:results_export", "events:my_schedule_file", "events:schedules",
    "events:guest_schedule_file", "events:board_watch",
    "events:register_find", "events:public_find", "events:people_export",
    "coalitions:letter_paper", "coalitions:letter_export",
    "campaigns:campaign_export", "campaigns:sendlog_export", "campaigns:campaign_test",
    "campaigns:campaign_decide",
    "events:place", "events:team_add", "events:offices_all", "events:propose",
    "interactions:whip_export", "tracking:measure_suggest", "materials:material_suggest",
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
# The demo has no row of these, so only their lists hang.
NOT_IN_THE_DEMO = {
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
ON_A_JOURNEY = {
    "events:proposal",
    "events:warning_accept",
    "events:debrief",
    "mfa_authenticate",
    "account_confirm_login_code",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}
