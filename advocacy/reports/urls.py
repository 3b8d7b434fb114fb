from django.urls import path

from advocacy.reports.views import files, national, numbers, outcomes, reports

app_name = "reports"
urlpatterns = [
    path("", reports.report_list, name="report_list"),
    path("definitions/", reports.definitions, name="definitions"),
    path("national/", national.national_month, name="national_month"),
    path("national/<str:period>/", national.national, name="national"),
    path("national/<str:period>/<slug:block>.csv", national.national_table, name="national_table"),
    path("national/<str:period>/report.<str:ending>", files.national_file, name="national_file"),
    path("national/<str:period>/outcomes/", outcomes.national_outcomes, name="national_outcomes"),
    path("<int:pk>/outcomes/", outcomes.chapter_outcomes, name="chapter_outcomes"),
    path("annual/<str:year>/", files.annual, name="annual"),
    path("annual/<str:year>/report.<str:ending>", files.annual_file, name="annual_file"),
    path("<int:pk>/", reports.report_detail, name="report_detail"),
    path("<int:pk>/edit/", reports.report_edit, name="report_edit"),
    path("<int:pk>/decide/", reports.report_decide, name="report_decide"),
    path("<int:pk>/rows/<slug:metric>/", numbers.metric_rows, name="metric_rows"),
    path("months/<str:period>/lock/", numbers.period_lock, name="period_lock"),
    path("months/<str:period>/v<int:version>.csv", numbers.issued_file, name="issued_file"),
]
