from django.urls import path

from legislation.views import (
    facts,
    hearings,
    jurisdictions,
    leavers,
    measures,
    officials,
    saved_searches,
    staffers,
    suggest,
)

app_name = "legislation"
urlpatterns = [
    path("", officials.official_list, name="official_list"),
    path("<int:pk>/", officials.official_detail, name="official_detail"),
    path("suggest/", suggest.official_suggest, name="official_suggest"),
    path("<int:official_pk>/staffers/new/", staffers.staffer_add, name="staffer_add"),
    path("<int:official_pk>/checks/", facts.fact_check, name="fact_check"),
    path("<int:official_pk>/checks/withdraw/", facts.fact_check_withdraw, name="fact_check_withdraw"),
    path("<int:official_pk>/report/", facts.report_new, name="report_new"),
    path("reports/", facts.report_list, name="report_list"),
    path("leavers/", leavers.leaver_list, name="leaver_list"),
    path("leavers/<int:pk>/", leavers.leaver_decide, name="leaver_decide"),
    path("staffers/suggest/", suggest.staffer_suggest, name="staffer_suggest"),
    path("staffers/<int:pk>/edit/", staffers.staffer_edit, name="staffer_edit"),
    path("jurisdictions/", jurisdictions.jurisdiction_list, name="jurisdiction_list"),
    path("jurisdictions/<int:pk>/", jurisdictions.jurisdiction_detail, name="jurisdiction_detail"),
    path("committees/<int:pk>/", jurisdictions.committee_detail, name="committee_detail"),
    path("committees/suggest/", suggest.committee_suggest, name="committee_suggest"),
    path("measures/", measures.measure_list, name="measure_list"),
    path("measures/<int:pk>/", measures.measure_detail, name="measure_detail"),
    path("measures/votes/<int:pk>/", measures.roll_call_detail, name="roll_call_detail"),
    path("measures/searches/", saved_searches.saved_search_save, name="saved_search_save"),
    path("measures/searches/<int:pk>/open/", saved_searches.saved_search_open, name="saved_search_open"),
    path(
        "measures/searches/<int:pk>/rename/", saved_searches.saved_search_rename, name="saved_search_rename"
    ),
    path("measures/searches/<int:pk>/alert/", saved_searches.saved_search_alert, name="saved_search_alert"),
    path(
        "measures/searches/<int:pk>/delete/", saved_searches.saved_search_delete, name="saved_search_delete"
    ),
    path(
        "measures/searches/<int:pk>/feed/",
        saved_searches.saved_search_open_feed,
        name="saved_search_open_feed",
    ),
    path(
        "measures/searches/<int:pk>/feed/revoke/",
        saved_searches.saved_search_close_feed,
        name="saved_search_close_feed",
    ),
    path("measures/searches/<str:token>.atom", saved_searches.saved_search_feed, name="saved_search_feed"),
    path("measures/suggest/", suggest.measure_suggest, name="measure_suggest"),
    path("hearings/", hearings.hearing_list, name="hearing_list"),
    path("hearings/<int:pk>/", hearings.hearing_detail, name="hearing_detail"),
    path("hearings/<int:pk>/hearing.ics", hearings.hearing_file, name="hearing_file"),
]
