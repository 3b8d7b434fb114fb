"""Whose word counts on a profile: chapter advocates, for their chapter, and national staff."""

from advocacy.accounts.models import User
from legislation.checkers import fact_checkers
from members.access import reach_of
from members.models import Chapter


class _Advocates:
    def may_check(self, user: User) -> bool:
        reach = reach_of(user)
        return reach.is_staff or bool(reach.advocate_of)

    def checks_for(self, user: User) -> str:
        reach = reach_of(user)
        primary = reach.primary_chapter_id
        chapters = [primary] if primary in reach.advocate_of else sorted(reach.advocate_of)[:1]
        return "".join(Chapter.objects.filter(pk__in=chapters).values_list("name", flat=True))


fact_checkers.register("chapters")(_Advocates())
