"""Addresses for people on our lists. They need no sign-in; the token in them is the key."""

from django.urls import path

from campaigns.views import preferences, renewal

app_name = "contacts"
urlpatterns = [
    path("<str:language>/<str:token>/", preferences.preferences, name="preferences"),
    path("<str:language>/<str:token>/renew/", renewal.renew, name="renew"),
]
