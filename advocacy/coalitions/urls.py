from django.urls import include, path, re_path

from advocacy.coalitions.views import coalitions, grasstops, letters, organisations, partner, steps, touches

app_name = "coalitions"
letter_patterns = [
    path("", letters.letter_list, name="letter_list"),
    path("new/", letters.letter_new, name="letter_new"),
    path("<int:pk>/", letters.letter_detail, name="letter_detail"),
    path("<int:pk>/edit/", letters.letter_edit, name="letter_edit"),
    path("<int:pk>/decide/", letters.letter_decide, name="letter_decide"),
    path("<int:pk>/invite/", steps.letter_invite, name="letter_invite"),
    path("<int:pk>/letter.pdf", letters.letter_paper, name="letter_paper"),
    re_path(
        r"^(?P<pk>\d{1,18})/signatories\.(?P<file_format>csv|xlsx)$",
        letters.letter_export,
        name="letter_export",
    ),
    re_path(r"^(?P<pk>\d{1,18})/(?P<step>lock|send|close)/$", steps.letter_step, name="letter_step"),
    path("answers/<int:pk>/late/", steps.invitation_late, name="invitation_late"),
]
organisation_patterns = [
    path("", organisations.organisation_list, name="organisation_list"),
    path("new/", organisations.organisation_new, name="organisation_new"),
    path("<int:pk>/", organisations.organisation_detail, name="organisation_detail"),
    path("<int:pk>/edit/", organisations.organisation_edit, name="organisation_edit"),
    path("<int:pk>/people/new/", organisations.contact_add, name="contact_add"),
]
coalition_patterns = [
    path("", coalitions.coalition_list, name="coalition_list"),
    path("new/", coalitions.coalition_new, name="coalition_new"),
    path("<int:pk>/", coalitions.coalition_detail, name="coalition_detail"),
    path("<int:pk>/edit/", coalitions.coalition_edit, name="coalition_edit"),
    path("<int:pk>/members/", coalitions.coalition_members, name="coalition_members"),
]
grasstops_patterns = [
    path("", grasstops.grasstops_list, name="grasstops_list"),
    path("new/", grasstops.grasstops_new, name="grasstops_new"),
    path("<int:pk>/", grasstops.grasstops_detail, name="grasstops_detail"),
    path("<int:pk>/edit/", grasstops.grasstops_edit, name="grasstops_edit"),
    path("<int:pk>/reach/", grasstops.grasstops_reach, name="grasstops_reach"),
]
urlpatterns = [
    path("letters/", include(letter_patterns)),
    path("organizations/", include(organisation_patterns)),
    path("coalitions/", include(coalition_patterns)),
    path("grasstops/", include(grasstops_patterns)),
    re_path(
        r"^(?P<kind>organizations|coalitions)/(?P<pk>\d{1,18})/positions/new/$",
        coalitions.position_add,
        name="position_add",
    ),
    path("touches/new/", touches.touch_log, name="touch_log"),
    path("touches/<int:pk>/", touches.touch_edit, name="touch_edit"),
    path("present/<int:pk>/", touches.presences, name="presences"),
    path("sign/<slug:language>/<str:token>/", partner.partner, name="partner"),
]
