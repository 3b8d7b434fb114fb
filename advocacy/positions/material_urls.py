from django.urls import path

from advocacy.positions.views import materials

app_name = "materials"
urlpatterns = [
    path("", materials.material_list, name="material_list"),
    path("new/", materials.material_new, name="material_new"),
    path("<int:pk>/", materials.material_detail, name="material_detail"),
    path("<int:pk>/edit/", materials.material_edit, name="material_edit"),
]
