"""Where advocates prepare and run campaigns, and where a second person decides about them."""

from django.urls import path

from campaigns.views import begin, editing, lists, moves, pages, results

app_name = "campaigns"
urlpatterns = [
    path("", lists.campaign_list, name="campaign_list"),
    path("campaigns.<str:file_format>", lists.campaign_export, name="campaign_export"),
    path("new/", begin.campaign_begin, name="campaign_begin"),
    path("<int:pk>/", pages.campaign_detail, name="campaign_detail"),
    path("<int:pk>/again/", begin.campaign_begin_like, name="campaign_begin_like"),
    path("<int:pk>/texts/", pages.campaign_texts, name="campaign_texts"),
    path("<int:pk>/targets/", pages.campaign_targets, name="campaign_targets"),
    path("<int:pk>/audience/", pages.campaign_audience, name="campaign_audience"),
    path("<int:pk>/send-log/", pages.campaign_sendlog, name="campaign_sendlog"),
    path("<int:pk>/send-log.csv", pages.sendlog_export, name="sendlog_export"),
    path("<int:pk>/brief/", editing.campaign_brief, name="campaign_brief"),
    path("<int:pk>/asked/", editing.campaign_asked, name="campaign_asked"),
    path("<int:pk>/message/<str:group>/", editing.campaign_message, name="campaign_message"),
    path("<int:pk>/mail/<str:purpose>/", editing.campaign_appeal, name="campaign_appeal"),
    path("<int:pk>/targets/add/<str:kind>/", editing.rule_add, name="rule_add"),
    path("rules/<int:pk>/", editing.rule_edit, name="rule_edit"),
    path("rules/<int:pk>/remove/", editing.rule_remove, name="rule_remove"),
    path("<int:pk>/test/", moves.campaign_test, name="campaign_test"),
    path("<int:pk>/review/", moves.campaign_review, name="campaign_review"),
    path("<int:pk>/review/decide/", moves.campaign_decide, name="campaign_decide"),
    path("<int:pk>/results/", results.campaign_results, name="campaign_results"),
    path("<int:pk>/results.<str:file_format>", results.results_export, name="results_export"),
    path("<int:pk>/results/rows/", results.results_rows, name="results_rows"),
    path("<int:pk>/results/rows.<str:file_format>", results.rows_export, name="rows_export"),
    path("letters/<int:pk>/", results.letter_reply, name="letter_reply"),
    path("<int:pk>/<str:move>/", moves.campaign_move, name="campaign_move"),
]
