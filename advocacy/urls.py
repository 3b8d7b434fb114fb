"""Every address of the portal. Each needs an entry in the access table of `tests/access`."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

admin.site.site_header = admin.site.site_title = "Chapter Advocacy Portal"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # allauth's documented way

urlpatterns = [
    # Strangers come in thousands, so their pages are found first.
    path("act/", include("campaigns.act_urls")),
    path("policy/", include("advocacy.research.policy_urls")),
    path("confirm/", include("campaigns.gate_urls")),
    path("contact/", include("campaigns.contact_urls")),
    path("", include("advocacy.portal.urls")),
    path("officials/", include("legislation.urls")),
    path("", include("advocacy.interactions.urls")),
    path("campaigns/", include("campaigns.urls")),
    path("positions/", include("advocacy.positions.urls")),
    path("materials/", include("advocacy.positions.material_urls")),
    path("measures/", include("advocacy.positions.tracking_urls")),
    path("coalitions/", include("advocacy.coalitions.urls")),
    path("advocacy-days/", include("advocacy.events.urls")),
    path("research/", include("advocacy.research.urls")),
    path("meetings/", include("members.taskforce.urls")),
    path("reports/", include("advocacy.reports.urls")),
    path("", include("members.urls")),
    path("", include("advocacy.outbox.urls")),
    path("", include("advocacy.api.urls")),
    path("account/", include("allauth.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("admin/", admin.site.urls),
]

handler400 = "advocacy.portal.errors.bad_request"
handler403 = "advocacy.portal.errors.permission_denied"
handler404 = "advocacy.portal.errors.not_found"
handler500 = "advocacy.portal.errors.server_error"
