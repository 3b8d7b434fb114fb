"""Who comes: oneself, without an account, and the list for those who run the day."""

from django.urls import path, re_path

from advocacy.events.views import people, public, registering

urlpatterns = [
    path("<int:pk>/register/", registering.register, name="register"),
    path("<int:pk>/register/find/", registering.register_find, name="register_find"),
    path("<int:pk>/people/", people.people, name="people"),
    re_path(
        r"^(?P<pk>\d{1,18})/people\.(?P<file_format>csv|xlsx)$", people.people_export, name="people_export"
    ),
    path("<int:pk>/people/add/", people.person_add, name="person_add"),
    path("people/<int:pk>/", people.person_edit, name="person_edit"),
    path("come/<uuid:key>/<slug:language>/", public.public, name="public"),
    path("come/<uuid:key>/<slug:language>/find/", public.public_find, name="public_find"),
    path("mine/<slug:language>/<str:token>/", public.my_place, name="my_place"),
]
