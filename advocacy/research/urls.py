from django.urls import path, re_path

from advocacy.research.views import activities, analyses, issues, lessons

app_name = "research"
_KIND = r"(?P<kind>quote|theme|group|finding)"
urlpatterns = [
    path("", activities.activity_list, name="activity_list"),
    path("new/", activities.activity_new, name="activity_new"),
    path("<int:pk>/", activities.activity_detail, name="activity_detail"),
    path("<int:pk>/edit/", activities.activity_edit, name="activity_edit"),
    re_path(rf"^(?P<pk>\d{{1,18}})/{_KIND}/new/$", activities.part_add, name="part_add"),
    re_path(rf"^{_KIND}/(?P<pk>\d{{1,18}})/edit/$", activities.part_edit, name="part_edit"),
    path("findings/<int:pk>/", activities.finding_detail, name="finding_detail"),
    path("analyses/", analyses.analysis_list, name="analysis_list"),
    path("analyses/new/", analyses.analysis_new, name="analysis_new"),
    path("analyses/<int:pk>/", analyses.analysis_detail, name="analysis_detail"),
    path("analyses/<int:pk>/edit/", analyses.analysis_edit, name="analysis_edit"),
    path("lessons/", lessons.lesson_list, name="lesson_list"),
    path("lessons/new/", lessons.lesson_new, name="lesson_new"),
    path("lessons/<int:pk>/", lessons.lesson_detail, name="lesson_detail"),
    path("lessons/<int:pk>/edit/", lessons.lesson_edit, name="lesson_edit"),
    path("issues/", issues.issue_list, name="issue_list"),
    path("issues/<int:pk>/", issues.issue_detail, name="issue_detail"),
]
