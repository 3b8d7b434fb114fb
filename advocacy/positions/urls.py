from django.urls import path

from advocacy.positions.views import proposals, testimony

app_name = "positions"
urlpatterns = [
    path("", proposals.position_list, name="position_list"),
    path("<int:pk>/", proposals.position_detail, name="position_detail"),
    path("<int:pk>/decide/", proposals.position_decide, name="position_decide"),
    path("<int:pk>/withdraw/", proposals.position_withdraw, name="position_withdraw"),
    path("on/<int:pk>/propose/", proposals.position_propose, name="position_propose"),
    path(
        "on/<int:pk>/testimony/<slug:holder>/",
        testimony.testimony_register,
        name="testimony_register",
    ),
    path("testimony/<int:pk>/", testimony.testimony_edit, name="testimony_edit"),
]
