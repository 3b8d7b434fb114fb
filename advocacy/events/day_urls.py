"""The day itself: what people hold in their hands, the board, the door, and what came of it."""

from django.urls import path, re_path

from advocacy.events.views import board, brief, check_in, day, day_guest, results, survey

urlpatterns = [
    path("<int:pk>/mine/", day.my_schedule, name="my_schedule"),
    re_path(
        r"^(?P<pk>\d{1,18})/mine/schedule\.(?P<file_format>ics|pdf)$",
        day.my_schedule_file,
        name="my_schedule_file",
    ),
    path("<int:pk>/schedules.pdf", day.schedules, name="schedules"),
    path("appointments/<int:pk>/brief/", brief.brief, name="brief"),
    path("appointments/<int:pk>/brief.pdf", brief.brief_paper, name="brief_paper"),
    path("<int:pk>/briefs.pdf", brief.briefs, name="briefs"),
    path("<int:pk>/board/", board.board, name="board"),
    path("<int:pk>/check-in/", check_in.check_in, name="check_in"),
    path("<int:pk>/results/", results.results, name="results"),
    re_path(
        r"^(?P<pk>\d{1,18})/results\.(?P<file_format>csv|xlsx)$",
        results.results_export,
        name="results_export",
    ),
    path("<int:pk>/survey/", survey.survey, name="survey"),
    path("guest/survey/<slug:language>/<str:token>/", survey.guest_survey, name="guest_survey"),
    path("guest/board/<str:token>/", board.board_watch, name="board_watch"),
    path("guest/<slug:language>/<str:token>/", day_guest.guest_schedule, name="guest_schedule"),
    re_path(
        r"^guest/(?P<language>[a-z]{2})/(?P<token>[^/]+)/schedule\.(?P<file_format>ics|pdf)$",
        day_guest.guest_schedule_file,
        name="guest_schedule_file",
    ),
]
