"""Texts to begin with, in English and in French: what supporters send, and our mail to supporters.

A text is in the language of its reader, whatever language the portal speaks, so the words stand here and not in the
catalogues. An office sorts its mail by the number of the measure, our position and where the writer lives: subject and
first line carry all three.
"""

from typing import NamedTuple

from advocacy.accounts.models import Language
from campaigns.models import CampaignKind, Purpose, TargetGroup

# What every campaign begins with; the others are proposed when somebody opens them.
PROPOSED_AT_ONCE = (Purpose.LAUNCH,)


class Text(NamedTuple):
    """What supporters send; for a call, what they say. `prompt` asks for their own paragraph."""

    subject: str
    body: str
    prompt: str


class Mail(NamedTuple):
    subject: str
    body: str


_SUBJECT = {
    "en": "{{ measure }}: {{ position }} – from {{ constituency }}",
    "fr": "{{ measure }} : {{ position }} – de {{ constituency }}",
}
_SUBJECT_WITHOUT_MEASURE = {"en": "A word from {{ constituency }}", "fr": "Un mot de {{ constituency }}"}
_FIRST = {
    "en": "I live in {{ constituency }} and write about {{ measure }}. My position: {{ position }}.",
    "fr": "J’habite {{ constituency }} et je vous écris au sujet de {{ measure }}. Ma position : {{ position }}.",
}
_FIRST_WITHOUT_MEASURE = {
    "en": "I write to you from {{ constituency }}.",
    "fr": "Je vous écris de {{ constituency }}.",
}
_ASK = {"en": "What I ask of you: {{ ask }}.", "fr": "Ce que je vous demande : {{ ask }}."}
_SIGNED = {
    "en": "Thank you for reading this.\n\n{{ name }}\n{{ town }}",
    "fr": "Je vous remercie de votre attention.\n\n{{ name }}\n{{ town }}",
}
_PROMPT = {
    "en": "How does this touch your patients, your work or your family?",
    "fr": "En quoi cela touche-t-il vos patients, votre travail ou votre famille ?",
}
# What stands between the first line and the ask.
_MIDDLE = {
    CampaignKind.MEETING_REQUEST: {
        "en": "I would like to talk with you or your staff about it: fifteen minutes, here or by video.",
        "fr": "J’aimerais en parler avec vous ou votre équipe : quinze minutes, ici ou par vidéo.",
    },
    CampaignKind.COMMENT: {
        "en": "Please take this comment into your record.",
        "fr": "Je vous prie de verser ce commentaire au dossier.",
    },
    CampaignKind.PETITION: {
        "en": "I join everybody who signs this.",
        "fr": "Je me joins à toutes les personnes qui signent ce texte.",
    },
}
_CALL = {
    "en": (
        "Good day, this is {{ name }}, I live in {{ constituency }}. I am calling about {{ measure }}. "
        "My position: {{ position }}.\n\n"
        "Please tell {{ official }}: {{ ask }}.\n\n"
        "May I ask how {{ official }} stands on it?\n\n"
        "Thank you. If nobody answers, leave the same words and your phone number."
    ),
    "fr": (
        "Bonjour, ici {{ name }}, j’habite {{ constituency }}. J’appelle au sujet de {{ measure }}. "
        "Ma position : {{ position }}.\n\n"
        "Dites à {{ official }}, s’il vous plaît : {{ ask }}.\n\n"
        "Puis-je savoir ce que {{ official }} en pense ?\n\n"
        "Merci. Si personne ne répond, laissez ces mots et votre numéro de téléphone."
    ),
}
_CALL_WITHOUT_MEASURE = {
    "en": (
        "Good day, this is {{ name }}, I live in {{ constituency }}.\n\n"
        "Please tell {{ official }}: {{ ask }}.\n\nThank you."
    ),
    "fr": (
        "Bonjour, ici {{ name }}, j’habite {{ constituency }}.\n\n"
        "Dites à {{ official }}, s’il vous plaît : {{ ask }}.\n\nMerci."
    ),
}
_THANKS = {
    "en": (
        "I live in {{ constituency }} and thank you for standing with us on {{ measure }}.\n\n"
        "Please go on: {{ ask }}."
    ),
    "fr": (
        "J’habite {{ constituency }} et je vous remercie d’être à nos côtés sur {{ measure }}.\n\n"
        "Continuez, s’il vous plaît : {{ ask }}."
    ),
}


def message(kind: str, language: str, *, group: str = TargetGroup.EVERYONE, has_measure: bool = True) -> Text:
    """What a supporter sends to an office of this group; the thank-you for those who are committed."""
    code = _code(language)
    subject = (_SUBJECT if has_measure else _SUBJECT_WITHOUT_MEASURE)[code]
    if kind == CampaignKind.CALL:
        return Text(subject, (_CALL if has_measure else _CALL_WITHOUT_MEASURE)[code], "")
    if group == TargetGroup.COMMITTED and has_measure:
        return Text(subject, _letter(_THANKS[code], code), _PROMPT[code])
    first = (_FIRST if has_measure else _FIRST_WITHOUT_MEASURE)[code]
    middle = _MIDDLE.get(CampaignKind(kind), {}).get(code, "")
    return Text(subject, _letter("\n\n".join(filter(None, [first, middle, _ASK[code]])), code), _PROMPT[code])


def _letter(body: str, code: str) -> str:
    return f"{{{{ salutation }}}},\n\n{body}\n\n{_SIGNED[code]}"


_APPEALS = {
    (Purpose.LAUNCH, "en"): Mail(
        "{{ campaign }}: two minutes of yours",
        "{{ name }},\n\n{{ subject matter }}\n\nWhat we ask for: {{ ask }}. A letter in your own words counts for "
        "more than a hundred copies. It takes two minutes, until {{ closes }}:\n\n{{ link }}\n\n{{ society }}",
    ),
    (Purpose.LAUNCH, "fr"): Mail(
        "{{ campaign }} : deux minutes de votre temps",
        "{{ name }},\n\n{{ subject matter }}\n\nCe que nous demandons : {{ ask }}. Une lettre dans vos propres mots "
        "compte plus que cent copies. Deux minutes suffisent, jusqu’au {{ closes }} :\n\n{{ link }}\n\n{{ society }}",
    ),
    (Purpose.REMINDER, "en"): Mail(
        "{{ campaign }}: your voice is still missing",
        "{{ name }},\n\n{{ participants }} people have taken part so far. There is time until {{ closes }}:\n\n"
        "{{ link }}\n\n{{ society }}",
    ),
    (Purpose.REMINDER, "fr"): Mail(
        "{{ campaign }} : il manque encore votre voix",
        "{{ name }},\n\n{{ participants }} personnes ont déjà participé. Il reste du temps jusqu’au {{ closes }} :\n\n"
        "{{ link }}\n\n{{ society }}",
    ),
    (Purpose.LAST_DAY, "en"): Mail(
        "{{ campaign }}: the last day",
        "{{ name }},\n\ntoday it ends, and {{ participants }} people have taken part. You still can:\n\n{{ link }}\n\n"
        "{{ society }}",
    ),
    (Purpose.LAST_DAY, "fr"): Mail(
        "{{ campaign }} : dernier jour",
        "{{ name }},\n\nla campagne se termine aujourd’hui, et {{ participants }} personnes ont participé. "
        "Il est encore temps :\n\n{{ link }}\n\n{{ society }}",
    ),
    (Purpose.THANKS, "en"): Mail(
        "Thank you: {{ campaign }}",
        "{{ name }},\n\nyou and {{ participants }} people in all have taken part. Thank you. We tell you what comes "
        "of it; here it can be followed:\n\n{{ link }}\n\n{{ society }}",
    ),
    (Purpose.THANKS, "fr"): Mail(
        "Merci : {{ campaign }}",
        "{{ name }},\n\nvous êtes en tout {{ participants }} personnes à avoir participé. Merci. Nous vous dirons "
        "ce qu’il en est advenu ; suivez la campagne ici :\n\n{{ link }}\n\n{{ society }}",
    ),
    (Purpose.OUTCOME, "en"): Mail(
        "{{ campaign }}: what came of it",
        "{{ name }},\n\n{{ outcome }}\n\nThank you for your part in it. More here:\n\n{{ link }}\n\n{{ society }}",
    ),
    (Purpose.OUTCOME, "fr"): Mail(
        "{{ campaign }} : ce qu’il en est advenu",
        "{{ name }},\n\n{{ outcome }}\n\nMerci d’y avoir contribué. Plus de détails ici :\n\n{{ link }}\n\n"
        "{{ society }}",
    ),
}
# What the launch is about, where there is a measure and where there is none.
_MATTER = {
    ("en", True): "{{ measure }} is before our lawmakers. Our position: {{ position }}.",
    ("fr", True): "{{ measure }} est devant nos élus. Notre position : {{ position }}.",
    ("en", False): "{{ campaign }} needs your word.",
    ("fr", False): "{{ campaign }} a besoin de votre voix.",
}


def appeal(purpose: str, language: str, *, has_measure: bool = True) -> Mail:
    """Our mail to supporters for this purpose."""
    code = _code(language)
    mail = _APPEALS[Purpose(purpose), code]
    return mail._replace(body=mail.body.replace("{{ subject matter }}", _MATTER[code, has_measure]))


def ask(measure: str, language: str, *, is_against: bool) -> str:
    """What is asked of an official about the measure, in the infinitive."""
    if _code(language) == Language.FRENCH:
        return f"vous opposer à {measure}" if is_against else f"appuyer {measure}"
    return f"oppose {measure}" if is_against else f"support {measure}"


def _code(language: str) -> str:
    return "fr" if language == Language.FRENCH else "en"
