from django.urls import include, path, re_path

from advocacy.interactions.views import (
    coverage,
    exports,
    followups,
    hand_over,
    key_contacts,
    log,
    proofs,
    quiet,
    records,
    requests,
    stances,
    surveys,
    ties,
    whip,
    write,
)

app_name = "interactions"
log_patterns = [
    path("", records.interaction_list, name="interaction_list"),
    path("new/", log.interaction_log, name="interaction_log"),
    path("similar/", log.similar, name="similar"),
    path("drafts/", records.draft_list, name="draft_list"),
    path("drafts/<int:pk>/discard/", records.draft_discard, name="draft_discard"),
    path("deleted/", records.deleted_list, name="deleted_list"),
    path("month/", exports.month_export, name="month_export"),
    re_path(r"^month\.(?P<file_format>csv|xlsx)$", exports.month_file, name="month_file"),
    re_path(r"^export\.(?P<file_format>csv|xlsx)$", exports.interaction_export, name="interaction_export"),
    path("<int:pk>/", records.interaction_detail, name="interaction_detail"),
    path("<int:pk>/edit/", log.interaction_edit, name="interaction_edit"),
    path("<int:pk>/join/", records.interaction_join, name="interaction_join"),
    path("<int:pk>/history/", records.interaction_history, name="interaction_history"),
    path("<int:pk>/delete/", records.interaction_delete, name="interaction_delete"),
    path("<int:pk>/restore/", records.interaction_restore, name="interaction_restore"),
    path("coverage/<slug:slug>/", coverage.chapter_coverage, name="chapter_coverage"),
    path("coverage/teams/<int:pk>/", coverage.team_coverage, name="team_coverage"),
    re_path(
        r"^coverage/(?P<slug>[-\w]+)/seats\.(?P<file_format>csv|xlsx)$",
        coverage.chapter_export,
        name="chapter_coverage_export",
    ),
    re_path(
        r"^coverage/teams/(?P<pk>\d+)/seats\.(?P<file_format>csv|xlsx)$",
        coverage.team_export,
        name="team_coverage_export",
    ),
    path(
        "coverage/<slug:slug>/officials/<int:official_pk>/", key_contacts.seat_contacts, name="seat_contacts"
    ),
    path("whom-do-you-know/", surveys.own_survey, name="survey"),
    path("whom-do-you-know/review/", surveys.survey_review, name="survey_review"),
    path("whom-do-you-know/review/<int:pk>/", surveys.survey_answer_decide, name="survey_answer_decide"),
    path("hand-over/<slug:slug>/", hand_over.chapter_hand_over, name="chapter_hand_over"),
    path("key-contacts/<int:pk>/end/", key_contacts.key_contact_end, name="key_contact_end"),
    path("key-contacts/<int:pk>/answer/", key_contacts.key_contact_answer, name="key_contact_answer"),
    path("follow-ups/", followups.followup_list, name="followup_list"),
    path("follow-ups/<int:pk>/", followups.followup_detail, name="followup_detail"),
    path("follow-ups/<int:pk>/done/", followups.followup_complete, name="followup_complete"),
    path("follow-ups/<int:pk>/cancel/", followups.followup_cancel, name="followup_cancel"),
    path("follow-ups/<int:pk>/reopen/", followups.followup_reopen, name="followup_reopen"),
    path("requests/", requests.request_list, name="request_list"),
    path("requests/<int:pk>/", requests.request_detail, name="request_detail"),
    path("proofs/<int:pk>/", proofs.proof_decide, name="proof_decide"),
    path("officials/<int:official_pk>/keep-in-touch/", ties.keep_in_touch, name="keep_in_touch"),
    path("officials/<int:official_pk>/let-go/", ties.let_go, name="let_go"),
]
# What is done from an official's or a measure's page stands under that page's address; they are a lower room's.
office_patterns = [
    path("<int:official_pk>/write/", write.write, name="write"),
    path("<int:official_pk>/do-not-contact/", quiet.do_not_contact_ask, name="do_not_contact_ask"),
    path("do-not-contact/<int:pk>/lift/", quiet.do_not_contact_lift, name="do_not_contact_lift"),
    path("<int:official_pk>/stances/", stances.stance_history, name="stance_history"),
    path("measures/<int:pk>/whip/", whip.whip_count, name="whip_count"),
    path("measures/<int:pk>/whip/count.csv", whip.whip_export, name="whip_export"),
    path("measures/<int:pk>/whip/votes-needed/", whip.votes_needed, name="votes_needed"),
    path("measures/<int:pk>/whip/<int:official_pk>/", whip.stance_note, name="stance_note"),
]
urlpatterns = [path("log/", include(log_patterns)), path("officials/", include(office_patterns))]
