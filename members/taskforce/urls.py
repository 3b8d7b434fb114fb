from django.urls import path

from members.taskforce.views import action_items, answers, calendars, meetings, minutes

app_name = "taskforce"

urlpatterns = [
    path("", meetings.meeting_list, name="meeting_list"),
    path("new/", meetings.meeting_new, name="meeting_new"),
    path("<int:pk>/", meetings.meeting_detail, name="meeting_detail"),
    path("<int:pk>/change/", meetings.meeting_change, name="meeting_change"),
    path("<int:pk>/cancel/", meetings.meeting_cancel, name="meeting_cancel"),
    path("<int:pk>/invite/", meetings.meeting_invite, name="meeting_invite"),
    path("<int:pk>/propose/", meetings.item_propose, name="item_propose"),
    path("<int:pk>/answer/", answers.answer_here, name="answer_here"),
    path("<int:pk>/check-in/", answers.check_in, name="check_in"),
    path("<int:pk>/attendance/", minutes.attendance, name="attendance"),
    path("<int:pk>/minutes/publish/", minutes.publish, name="publish"),
    path("<int:pk>/minutes/correct/", minutes.correct, name="correct"),
    path("items/<int:pk>/minutes/", minutes.item_minutes, name="item_minutes"),
    path("action-items/", action_items.action_list, name="action_list"),
    path("action-items/<int:pk>/", action_items.action_detail, name="action_detail"),
    path("answer/<str:token>/", answers.answer, name="answer"),
    path("calendars/", calendars.calendar_list, name="calendar_list"),
    path("calendars/<int:pk>/revoke/", calendars.calendar_revoke, name="calendar_revoke"),
    path("calendar/<str:token>.ics", calendars.calendar, name="calendar"),
]
