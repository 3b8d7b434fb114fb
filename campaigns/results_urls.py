"""What came of a campaign: numbers, the rows behind them, and replies."""

from django.urls import path, re_path

from campaigns.views import results

app_name = "results"
urlpatterns = [
    path("<int:pk>/results/", results.results, name="results"),
    re_path(
        r"^(?P<pk>\d{1,18})/results\.(?P<file_format>csv|xlsx)$", results.results_file, name="results_file"
    ),
    path("<int:pk>/results/rows/", results.rows, name="rows"),
    re_path(
        r"^(?P<pk>\d{1,18})/results/rows\.(?P<file_format>csv|xlsx)$", results.rows_file, name="rows_file"
    ),
    path("letters/<int:pk>/", results.letter, name="letter"),
]
