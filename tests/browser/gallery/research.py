"""Research, the peer library and the policy center."""

from advocacy.positions.models import Issue
from advocacy.research.models import Analysis, Finding, Lesson, Quote, ResearchActivity
from tests.browser.gallery.exhibit import VISITOR, Exhibit, first

_KEPT = first(ResearchActivity, participants=17)
_FEW = first(ResearchActivity, participants=4)

RESEARCH = [
    Exhibit("research:activity_list"),
    Exhibit("research:activity_list", "elise", note="in French"),
    Exhibit("research:activity_detail", find=_KEPT),
    Exhibit("research:activity_detail", find=_FEW, note="four people"),
    Exhibit("research:activity_new"),
    Exhibit("research:activity_edit", find=_KEPT),
    Exhibit("research:part_add", find=lambda user: (_KEPT(user), "finding")),
    Exhibit("research:part_edit", find=lambda user: ("quote", first(Quote)(user))),
    Exhibit("research:finding_detail", find=first(Finding)),
    Exhibit("research:analysis_list"),
    Exhibit("research:analysis_new"),
    Exhibit("research:analysis_detail", find=first(Analysis, status="published")),
    Exhibit("research:analysis_detail", "jordan", find=first(Analysis, status="review"), note="to review"),
    Exhibit("research:analysis_edit", find=first(Analysis, status="draft")),
    Exhibit("research:lesson_list"),
    Exhibit("research:lesson_new"),
    Exhibit("research:lesson_detail", find=first(Lesson)),
    Exhibit("research:lesson_edit", find=first(Lesson)),
    Exhibit("research:issue_list"),
    Exhibit("research:issue_detail", find=first(Issue, page__is_public=True)),
    Exhibit("policy:issue", VISITOR, find=lambda user: ("connected-health", "fr")),
]
