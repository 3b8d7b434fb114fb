"""The public pages of the policy center: no sign-in, no cookie; issue and language stand in the address."""

from django.urls import path

from advocacy.research.views import issues

app_name = "policy"
urlpatterns = [path("<slug:slug>/<slug:language>/", issues.public_issue, name="issue")]
