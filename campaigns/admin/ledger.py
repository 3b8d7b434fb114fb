"""The ledger of consent in the admin: evidence, so it is only read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from advocacy.audit.admin import LookOnlyAdmin
from campaigns.models import Consent, Withdrawal
from campaigns.models.consent import LedgerRow


class NamesForWhom:
    """The column that says whose mail a line is about, with a heading in both languages."""

    @admin.display(description=_("for whom"), ordering="chapter")
    def for_whom(self, row: LedgerRow) -> str:
        return row.for_whom


@admin.register(Consent)
class ConsentAdmin(NamesForWhom, LookOnlyAdmin):
    list_display = ("contact", "kind", "basis", "for_whom", "basis_on", "expires_on", "source", "given_at")
    list_filter = ("kind", "basis", "source", "chapter")
    list_select_related = ("contact", "chapter")
    search_fields = ("contact__search_text", "source_detail")
    date_hierarchy = "given_at"


@admin.register(Withdrawal)
class WithdrawalAdmin(NamesForWhom, LookOnlyAdmin):
    list_display = ("contact", "for_whom", "how", "received_at", "effective_at", "recorded_by")
    list_filter = ("how", "chapter")
    list_select_related = ("contact", "chapter", "recorded_by")
    search_fields = ("contact__search_text", "detail")
    date_hierarchy = "effective_at"
