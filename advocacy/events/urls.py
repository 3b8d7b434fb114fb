from django.urls import include, path

from advocacy.events.views import events

app_name = "events"
urlpatterns = [
    path("", events.event_list, name="event_list"),
    path("<int:pk>/", events.event_detail, name="event_detail"),
    path("", include("advocacy.events.planning_urls")),
    path("", include("advocacy.events.registration_urls")),
    path("", include("advocacy.events.schedule_urls")),
    path("", include("advocacy.events.day_urls")),
]
