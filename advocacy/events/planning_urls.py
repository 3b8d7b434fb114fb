"""Preparing an Advocacy Day: its life, its asks, its materials, its checklist, and recognitions."""

from django.urls import path, re_path

from advocacy.events.views import asks, checklist, days, materials, recognitions

urlpatterns = [
    path("new/", days.event_new, name="event_new"),
    path("<int:pk>/edit/", days.event_edit, name="event_edit"),
    path("<int:pk>/again/", days.event_copy, name="event_copy"),
    path("<int:pk>/asks/", asks.ask_list, name="ask_list"),
    path("<int:pk>/materials/", materials.material_list, name="material_list"),
    path("asks/<int:pk>/", asks.ask_edit, name="ask_edit"),
    path("<int:pk>/checklist/", checklist.checklist, name="checklist"),
    path("checklist/<int:pk>/", checklist.checklist_item, name="checklist_item"),
    path("recognitions/", recognitions.recognition_list, name="recognition_list"),
    path("recognitions/new/", recognitions.recognition_new, name="recognition_new"),
    path("recognitions/<int:pk>/", recognitions.recognition_edit, name="recognition_edit"),
    re_path(
        r"^(?P<pk>\d{1,18})/(?P<move>announce|take-back|open|freeze|reopen|cancel|wrap-up|close|open-again)/$",
        days.event_move,
        name="event_move",
    ),
]
