"""Teams and appointments."""

from django.urls import path

from advocacy.events.views import schedule

urlpatterns = [
    path("<int:pk>/schedule/", schedule.schedule, name="schedule"),
]
