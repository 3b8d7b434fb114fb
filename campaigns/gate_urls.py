"""Public addresses of the gate: language and key stand in them, because no cookie carries anything."""

from django.urls import path

from campaigns.views import gate

app_name = "gate"
urlpatterns = [
    path("challenge/", gate.challenge, name="challenge"),
    path("<slug:language>/<str:token>/", gate.confirm, name="confirm"),
]
