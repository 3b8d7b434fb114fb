"""What we write to an office, in English and in French: the drafts people start from, and what is filled in.

A draft is written in the language of the office, whatever language the portal speaks, so its words stand here and not
in the catalogues. What nobody knows is left out of the draft instead of standing in it empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from django.db import models
from django.utils import formats
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from advocacy.accounts.models import Language, User
from advocacy.kernel import merge_fields
from legislation import titles
from legislation.models import Official, Tenure
from members.models import Chapter
from members.models.saved_place import Basis
from members.saved_places import members_in_district, place_in_district

QUEBEC = "QC"


class Piece(models.TextChoices):
    """What can be written or said from an official's page."""

    MEETING = "meeting", _("Request a meeting")
    CALL = "call", _("Call script")
    MESSAGE = "message", _("Write")
    SITE_VISIT = "site_visit", _("Invite to a site visit")


# The closed list of merge fields, with what each stands for.
FIELDS = {
    "official": _("the official with title"),
    "salutation": _("the greeting"),
    "purpose": _("what it is about"),
    "chapter": _("the chapter"),
    "society": _("the society"),
    "sender": _("your name"),
    "members_in_district": _("how many members live or work in the district, where five or more do"),
    "constituent": _("that you live or work in the district, where you had that remembered"),
    "slot_1": _("the first proposed time"),
    "slot_2": _("the second proposed time"),
    "followup_day": _("the day on which you get in touch again"),
}


@dataclass(frozen=True)
class Draft:
    """A text to start from. `{constituents}` is where we say who of us lives there, if anything can be said."""

    subject: str
    body: str


@dataclass(frozen=True)
class Slot:
    """A time we propose; nothing where the person proposes none."""

    day: date | None = None
    hour: time | None = None

    def in_words(self, zone: str, language: str) -> str:
        """`Tuesday, February 23, 2027, 10 a.m. (Chicago time)`: whoever reads it elsewhere is not an hour off."""
        if self.day is None or self.hour is None:
            return ""
        city = zone.rpartition("/")[2].replace("_", " ")
        place = f"heure de {city}" if language == Language.FRENCH else f"{city} time"
        return f"{day_in_words(self.day, language, weekday=True)}, {_hour(self.hour, language)} ({place})"


def day_in_words(day: date, language: str, *, weekday: bool = False) -> str:
    """`February 23, 2027`, `23 février 2027`, `1er mars 2027`."""
    is_french = language == Language.FRENCH
    form = "jS F Y" if is_french else "F j, Y"
    if weekday:
        form = f"l {form}" if is_french else f"l, {form}"
    with override(language):
        return formats.date_format(day, form)


def _hour(moment: time, language: str) -> str:
    with override(language):
        return formats.time_format(moment, r"G \h i" if language == Language.FRENCH else "P")


_ENGLISH = {
    Piece.MEETING: Draft(
        "Meeting request from {{ chapter }}",
        """{{ salutation }},

I am writing on behalf of the {{ chapter }} chapter of {{ society }}.{constituents}

We would like to meet with you, or with the person on your staff who works on it, about {{ purpose }}. Half an hour is \
enough. Would one of these times suit you?

- {{ slot_1 }}
- {{ slot_2 }}

If another time is better, please name one. I will get in touch again on {{ followup_day }}.

With thanks for your service,

{{ sender }}
{{ chapter }}""",
    ),
    Piece.SITE_VISIT: Draft(
        "Invitation to a site visit",
        """{{ salutation }},

On behalf of the {{ chapter }} chapter of {{ society }}, I would like to invite you to see, where care is given, how \
health information is put to use.{constituents}

We would show you {{ purpose }}, and you could talk with the people who work with it. A visit takes about an hour. \
Would one of these times suit you?

- {{ slot_1 }}
- {{ slot_2 }}

If another time is better, please name one. I will get in touch again on {{ followup_day }}.

With thanks for your service,

{{ sender }}
{{ chapter }}""",
    ),
    Piece.MESSAGE: Draft(
        "A word from {{ chapter }}",
        """{{ salutation }},

I am writing on behalf of the {{ chapter }} chapter of {{ society }} about {{ purpose }}.{constituents}

We work with health information every day, and would gladly answer questions or bring you together with people who see \
what it does for patients.

With thanks for your service,

{{ sender }}
{{ chapter }}""",
    ),
    Piece.CALL: Draft(
        "Call to {{ official }}",
        """Hello, my name is {{ sender }}. I am calling for the {{ chapter }} chapter of {{ society }}.{constituents}

I am calling about {{ purpose }}. Could I speak with the person who works on it for {{ official }}?

If they are not there: May I leave a message, and when would be a good time to call again?

Before you hang up: the name and role of the person, the best number or e-mail address for a written follow-up, and \
thanks for their time.""",
    ),
}
_FRENCH = {
    Piece.MEETING: Draft(
        "Demande de rencontre : {{ chapter }}",
        """{{ salutation }},

Je vous écris au nom de la section {{ chapter }} de {{ society }}.{constituents}

Nous souhaiterions vous rencontrer, vous ou la personne de votre équipe qui suit ce dossier, au sujet suivant : \
{{ purpose }}. Une demi-heure suffirait. L’un de ces moments vous conviendrait-il ?

- {{ slot_1 }}
- {{ slot_2 }}

Si un autre moment vous convient mieux, n’hésitez pas à nous le proposer. Je communiquerai de nouveau avec votre \
bureau le {{ followup_day }}.

Avec nos remerciements,

{{ sender }}
{{ chapter }}""",
    ),
    Piece.SITE_VISIT: Draft(
        "Invitation à une visite",
        """{{ salutation }},

Au nom de la section {{ chapter }} de {{ society }}, j’ai le plaisir de vous inviter à voir, là où les soins sont \
donnés, comment l’information sur la santé est mise à profit.{constituents}

Nous vous présenterions ceci : {{ purpose }}, et vous pourriez échanger avec les personnes qui y travaillent. La \
visite dure environ une heure. L’un de ces moments vous conviendrait-il ?

- {{ slot_1 }}
- {{ slot_2 }}

Si un autre moment vous convient mieux, n’hésitez pas à nous le proposer. Je communiquerai de nouveau avec votre \
bureau le {{ followup_day }}.

Avec nos remerciements,

{{ sender }}
{{ chapter }}""",
    ),
    Piece.MESSAGE: Draft(
        "Un mot de la section {{ chapter }}",
        """{{ salutation }},

Je vous écris au nom de la section {{ chapter }} de {{ society }} au sujet suivant : {{ purpose }}.{constituents}

Nous travaillons chaque jour avec l’information sur la santé et répondrions volontiers à vos questions ; nous pouvons \
aussi vous mettre en relation avec des personnes qui en voient les effets pour les patients.

Avec nos remerciements,

{{ sender }}
{{ chapter }}""",
    ),
    Piece.CALL: Draft(
        "Appel : {{ official }}",
        """Bonjour, je m’appelle {{ sender }}. J’appelle au nom de la section {{ chapter }} de \
{{ society }}.{constituents}

J’appelle au sujet suivant : {{ purpose }}. Pourrais-je parler à la personne qui suit ce dossier pour {{ official }} ?

Si elle est absente : puis-je laisser un message, et quel serait le bon moment pour rappeler ?

Avant de raccrocher : le nom et la fonction de la personne, le meilleur numéro ou la meilleure adresse pour un suivi \
écrit, et des remerciements.""",
    ),
}
_DRAFTS = {Language.ENGLISH: _ENGLISH, Language.FRENCH: _FRENCH}
_MEMBERS = {
    Language.ENGLISH: " {{ members_in_district }} of our members live or work in the area you represent.",
    Language.FRENCH: (
        " {{ members_in_district }} de nos membres habitent ou travaillent dans le territoire que vous représentez."
    ),
}
_CONSTITUENT = {
    (Language.ENGLISH, Basis.HOME): "I live in the area you represent.",
    (Language.ENGLISH, Basis.WORK): "I work in the area you represent.",
    (Language.FRENCH, Basis.HOME): "J’habite le territoire que vous représentez.",
    (Language.FRENCH, Basis.WORK): "Je travaille dans le territoire que vous représentez.",
}


def language_of(tenure: Tenure | None) -> Language:
    """The language an office is first written to in: French in Quebec and in its federal ridings, English elsewhere."""
    if tenure is None:
        return Language.ENGLISH
    place = tenure.seat.chamber.jurisdiction
    division = tenure.seat.division
    lies_in = division.jurisdiction if division is not None else None
    is_french = QUEBEC in (place.abbreviation, lies_in.abbreviation if lies_in else "")
    return Language.FRENCH if is_french else Language.ENGLISH


def facts_of(
    official: Official, *, sender: User, chapter: Chapter | None, language: str, today: date
) -> dict[str, str]:
    """The values that need nothing but the record: who, to whom, for whom, and how many of us live there."""
    tenure = titles.seat_held(official, today)
    divisions = [tenure.seat.division_id] if tenure and tenure.seat.division_id else []
    count = members_in_district(divisions, today) if divisions else None
    place = place_in_district(sender, divisions, today) if divisions else None
    return {
        "official": titles.titled(official, today, language),
        "salutation": titles.address(official, today, language).greeting,
        "chapter": chapter.name if chapter else "",
        "society": chapter.society.short_name if chapter else "",
        "sender": str(sender),
        "members_in_district": str(count) if count is not None else "",
        "constituent": _CONSTITUENT[Language(language), Basis(place.basis)] if place else "",
    }


def draft(piece: Piece, language: str, facts: Mapping[str, str]) -> Draft:
    """The text to start from, without the sentences that nothing is known for."""
    found = _DRAFTS[Language(language)][piece]
    said = _MEMBERS[Language(language)] if facts["members_in_district"] else ""
    said += " {{ constituent }}" if facts["constituent"] else ""
    return Draft(found.subject, found.body.replace("{constituents}", said))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The letter as the office gets it. Raises `merge_fields.FieldProblem`."""
    return merge_fields.fill(text, values, known=FIELDS)
