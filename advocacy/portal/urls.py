from django.urls import path

from advocacy.portal import offline_views, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search_page, name="search"),
    path("health/", views.health, name="health"),
    path("demo/sign-in/", views.demo_sign_in, name="demo_sign_in"),
    path("sw.js", offline_views.service_worker, name="service_worker"),
    path("site.webmanifest", offline_views.manifest, name="manifest"),
    path("offline/", offline_views.offline, name="offline"),
    path("offline/pack.json", offline_views.offline_pack, name="offline_pack"),
    path("offline/session.json", offline_views.offline_session, name="offline_session"),
]
