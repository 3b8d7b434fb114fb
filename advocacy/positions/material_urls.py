from django.urls import path

from advocacy.positions.views import materials, suggest

app_name = "materials"
urlpatterns = [
    path("", materials.material_list, name="material_list"),
    path("suggest/", suggest.material_suggest, name="material_suggest"),
    path("new/", materials.material_new, name="material_new"),
    path("<int:pk>/", materials.material_detail, name="material_detail"),
    path("<int:pk>/edit/", materials.material_edit, name="material_edit"),
]
