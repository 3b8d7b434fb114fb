from django.urls import path

from advocacy.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search_page, name="search"),
    path("health/", views.health, name="health"),
    path("demo/sign-in/", views.demo_sign_in, name="demo_sign_in"),
]
