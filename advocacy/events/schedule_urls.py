"""Teams, appointments, proposals and publishing."""

from django.urls import path

from advocacy.events.views import debrief, publishing, schedule, schedule_offices

urlpatterns = [
    path("<int:pk>/schedule/", schedule.schedule, name="schedule"),
    path("<int:pk>/schedule/place/", schedule.place, name="place"),
    path("<int:pk>/schedule/teams/add/", schedule.team_add, name="team_add"),
    path("<int:pk>/schedule/offices/add/", schedule_offices.office_add, name="office_add"),
    path("<int:pk>/schedule/offices/all/", schedule_offices.offices_of_those_who_come, name="offices_all"),
    path("<int:pk>/schedule/buildings/add/", schedule_offices.building_add, name="building_add"),
    path("<int:pk>/schedule/propose/", publishing.propose, name="propose"),
    path("<int:pk>/schedule/proposal/", publishing.proposal, name="proposal"),
    path("<int:pk>/schedule/warning/", publishing.warning_accept, name="warning_accept"),
    path("<int:pk>/schedule/publish/", publishing.publish, name="publish"),
    path("teams/<int:pk>/", schedule.team_edit, name="team_edit"),
    path("members/<int:pk>/", schedule.member_edit, name="member_edit"),
    path("appointments/<int:pk>/edit/", schedule_offices.appointment_edit, name="appointment_edit"),
    path("appointments/<int:pk>/remove/", schedule_offices.appointment_remove, name="appointment_remove"),
    path("appointments/<int:pk>/debrief/", debrief.debrief, name="debrief"),
    path("buildings/<int:pk>/", schedule_offices.building_edit, name="building_edit"),
]
