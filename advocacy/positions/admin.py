"""Staff's door to the issues."""

from django.contrib import admin
from django.http import HttpRequest

from advocacy.positions.models import Issue
from advocacy.positions.models import IssueQuerySet as Issues


@admin.register(Issue)
class IssueAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # Django's class takes no parameter at run time
    """Issues are retired, not deleted: contacts refer to them."""

    list_display = ("title_en", "title_fr", "is_retired")
    list_filter = ("is_retired",)
    search_fields = ("title_en", "title_fr")

    def get_queryset(self, request: HttpRequest) -> Issues:
        return Issues(Issue).visible_to(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Issue | None = None) -> bool:
        return False
