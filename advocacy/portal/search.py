"""Search across the portal. Each kind answers through its own door, `visible_to`."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from advocacy.accounts.models import User
from advocacy.coalitions.models import Coalition, Grasstops, Organisation, SignOnLetter
from advocacy.events.models import AdvocacyEvent
from advocacy.interactions.models import Interaction
from advocacy.kernel.folding import fold, terms
from advocacy.research.models import Analysis, Finding, Lesson, ResearchActivity
from legislation.measure_ranking import best
from legislation.models import Measure, Official
from legislation.models.official import OfficialQuerySet
from legislation.titles import titled
from members.access import people_visible_to
from members.models import Chapter
from members.models.chapter import ChapterQuerySet

SHOWN = 8


@dataclass(frozen=True)
class Hit:
    label: str
    url: str
    hint: str


@dataclass(frozen=True)
class Group:
    """The first hits of one kind; `more_url` leads to the full list where there are more and there is a list."""

    title: str
    icon: str
    hits: list[Hit]
    more_url: str


def across(user: User, text: str, today: date) -> list[Group]:
    """The groups with at least one hit, in the order people look for them."""
    if not terms(text):
        return []
    groups = [
        _officials(user, text, today),
        _interactions(user, text),
        _people(user, text),
        _chapters(user, text),
        _measures(user, text),
        _advocacy_days(user, text),
        _organisations(user, text),
        _coalitions(user, text),
        _grasstops(user, text),
        _letters(user, text),
        _activities(user, text),
        _findings(user, text),
        _analyses(user, text),
        _lessons(user, text),
    ]
    return [group for group in groups if group.hits]


def _group(title: str, icon: str, hits: list[Hit], list_name: str, text: str) -> Group:
    more_url = ""
    if len(hits) > SHOWN:
        more_url = f"{reverse(list_name)}?{urlencode({'q': text})}"
    return Group(title, icon, hits[:SHOWN], more_url)


def _officials(user: User, text: str, today: date) -> Group:
    found = OfficialQuerySet(Official).visible_to(user).search(text, today).with_seats()
    hits = [
        Hit(titled(official, today, get_language()), official.get_absolute_url(), _seats(official, today))
        for official in found[: SHOWN + 1]
    ]
    return _group(_("Officials"), "building-library", hits, "legislation:official_list", text)


def _seats(official: Official, today: date) -> str:
    seats = ", ".join(str(tenure.seat) for tenure in official.tenures_in_force(today))
    return seats or _("Not in office now")


def _interactions(user: User, text: str) -> Group:
    found = Interaction.objects.visible_to(user).search(text).select_related("chapter")
    rows = found.prefetch_related("offices__official", "offices__committee").order_by("-occurred_on", "-pk")
    hits = [
        Hit(" · ".join([str(row), *map(str, row.offices.all())]), row.get_absolute_url(), row.summary)
        for row in rows[: SHOWN + 1]
    ]
    return _group(_("Interactions"), "chat-bubble-left-right", hits, "interactions:interaction_list", text)


def _people(user: User, text: str) -> Group:
    found = people_visible_to(user).search(text).order_by("full_name", "pk")
    hits = [
        Hit(str(person), reverse("members:person_detail", args=[person.pk]), person.email)
        for person in found[: SHOWN + 1]
    ]
    return _group(_("People"), "users", hits, "members:person_list", text)


def _chapters(user: User, text: str) -> Group:
    """Chapters are few: they are read whole and compared without accents here."""
    chapters = ChapterQuerySet(Chapter).visible_to(user).select_related("region")
    wanted = terms(text)
    hits = [
        Hit(str(chapter), chapter.get_absolute_url(), str(chapter.region))
        for chapter in chapters
        if all(word in fold(f"{chapter.name} {chapter.name_fr}") for word in wanted)
    ]
    return _group(_("Chapters"), "map", hits, "members:chapter_list", text)


def _measures(user: User, text: str) -> Group:
    visible = Measure.objects.visible_to(user)
    keys = list(best(visible, text, SHOWN + 1).ranks)
    found = visible.select_related("session").in_bulk(keys)
    hits = [
        Hit(str(found[key]), found[key].get_absolute_url(), found[key].title) for key in keys if key in found
    ]
    return _group(_("Measures"), "document-text", hits, "legislation:measure_list", text)


def _advocacy_days(user: User, text: str) -> Group:
    found = AdvocacyEvent.objects.visible_to(user).search(text).order_by("-held_on", "-pk")
    hits = [
        Hit(str(row), row.get_absolute_url(), date_format(row.held_on, "DATE_FORMAT"))
        for row in found[: SHOWN + 1]
    ]
    return _group(_("Advocacy Days"), "flag", hits, "events:event_list", text)


def _organisations(user: User, text: str) -> Group:
    found = Organisation.objects.visible_to(user).search(text)
    hits = [Hit(str(row), row.get_absolute_url(), row.get_kind_display()) for row in found[: SHOWN + 1]]
    return _group(_("Organizations"), "building-office", hits, "coalitions:organisation_list", text)


def _coalitions(user: User, text: str) -> Group:
    found = Coalition.objects.visible_to(user).search(text)
    hits = [Hit(str(row), row.get_absolute_url(), row.get_role_display()) for row in found[: SHOWN + 1]]
    return _group(_("Coalitions"), "user-group", hits, "coalitions:coalition_list", text)


def _grasstops(user: User, text: str) -> Group:
    """By name and organisation: notes and what was said are not searched."""
    found = Grasstops.objects.visible_to(user).search(text).select_related("contact__organisation")
    hits = [
        Hit(str(row), row.get_absolute_url(), str(row.contact.organisation)) for row in found[: SHOWN + 1]
    ]
    return _group(_("Grasstops contacts"), "bolt", hits, "coalitions:grasstops_list", text)


def _letters(user: User, text: str) -> Group:
    found = SignOnLetter.objects.visible_to(user).search(text).select_related("chapter", "lead")
    hits = [Hit(str(row), row.get_absolute_url(), str(row.lead or row.holder)) for row in found[: SHOWN + 1]]
    return _group(_("Sign-on letters"), "pencil-square", hits, "coalitions:letter_list", text)


def _activities(user: User, text: str) -> Group:
    """By their question and summary: what participants said is not searched."""
    found = ResearchActivity.objects.visible_to(user).search(text).select_related("chapter")
    hits = [Hit(str(row), row.get_absolute_url(), str(row.chapter)) for row in found[: SHOWN + 1]]
    return _group(_("Research"), "light-bulb", hits, "research:activity_list", text)


def _findings(user: User, text: str) -> Group:
    """The sentence alone: of a public one the activity may not be readable. They have no list of their own."""
    found = Finding.objects.visible_to(user).search(text)
    hits = [Hit(str(row), row.get_absolute_url(), "") for row in found[:SHOWN]]
    return _group(_("Findings"), "light-bulb", hits, "", text)


def _analyses(user: User, text: str) -> Group:
    found = Analysis.objects.visible_to(user).current().search(text)
    hits = [Hit(str(row), row.get_absolute_url(), row.get_kind_display()) for row in found[: SHOWN + 1]]
    return _group(_("Analyses"), "document-magnifying-glass", hits, "research:analysis_list", text)


def _lessons(user: User, text: str) -> Group:
    found = Lesson.objects.visible_to(user).search(text).select_related("chapter")
    hits = [Hit(str(row), row.get_absolute_url(), str(row.chapter)) for row in found[: SHOWN + 1]]
    return _group(_("What worked"), "book-open", hits, "research:lesson_list", text)
