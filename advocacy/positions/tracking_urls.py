from django.urls import path

from advocacy.positions.views import alerts, measures, outcomes, suggest, sweep, tracking

app_name = "tracking"
urlpatterns = [
    path("", tracking.tracking_board, name="board"),
    path("board.csv", tracking.board_export, name="board_export"),
    path("suggest/", suggest.measure_suggest, name="measure_suggest"),
    path("alerts/", alerts.alert_list, name="alert_list"),
    path("alerts/when/", alerts.alert_cadence, name="alert_cadence"),
    path("new/", measures.measure_add, name="measure_add"),
    path("measure/<int:pk>/follow/", tracking.measure_follow, name="measure_follow"),
    path("measure/<int:pk>/relate/", measures.measure_relate, name="measure_relate"),
    path("relation/<int:pk>/remove/", measures.relation_remove, name="relation_remove"),
    path("sweep/", sweep.sweep_list, name="sweep_list"),
    path("sweep/<int:pk>/", sweep.sweep_detail, name="sweep"),
    path("sweep/<int:pk>/confirm/", sweep.sweep_confirm, name="sweep_confirm"),
    path("sweep/<int:pk>/take-back/", sweep.sweep_take_back, name="sweep_take_back"),
    path("outcomes/", outcomes.outcome_list, name="outcome_list"),
    path("<int:pk>/outcome/", outcomes.outcome_record, name="outcome_record"),
    path("<int:pk>/", tracking.tracking_detail, name="tracking_detail"),
    path("<int:pk>/edit/", tracking.tracking_edit, name="tracking_edit"),
    path("<int:pk>/note/", tracking.tracking_note, name="tracking_note"),
    path("<int:pk>/watch/", tracking.tracking_watch, name="tracking_watch"),
    path("<int:pk>/archive/", tracking.tracking_archive, name="tracking_archive"),
    path("<int:pk>/restore/", tracking.tracking_restore, name="tracking_restore"),
]
