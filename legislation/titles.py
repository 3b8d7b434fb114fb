"""What officials are called: the title beside a name, the form of address, and the greeting of a letter.

A rule of the field in two languages, so a letter can be written in the language of the office whatever
language the portal speaks. The public record does not say anybody's gender; so French names both forms.
"""

from dataclasses import dataclass
from datetime import date

from legislation.models import ChamberCode, Country, Official, Tenure
from legislation.models.public_record import in_language

_MEMBER_OF_PARLIAMENT = "Madame la députée ou Monsieur le député"
_TO_ANYBODY = "Madame, Monsieur"


@dataclass(frozen=True)
class Wording:
    """A title in one language: `short` beside a name, `full` in a sentence, `greeting` to open a letter.

    `{family}` and `{name}` in a greeting are filled in. Some titles follow the name: Wren Castellan, MP.
    """

    short: str
    full: str
    greeting: str
    follows: bool = False


@dataclass(frozen=True)
class Title:
    english: Wording
    french: Wording

    def in_(self, language: str | None) -> Wording:
        return self.french if (language or "").startswith("fr") else self.english


@dataclass(frozen=True)
class Address:
    """How to write to somebody: the name on the envelope, and the greeting."""

    line: str
    greeting: str


def _spoken(short: str, full: str, french_short: str, french_full: str, greeting: str = _TO_ANYBODY) -> Title:
    """A title that stands before the name in English: Rep. Alma Reyes, Dear Representative Reyes."""
    return Title(
        Wording(short, full, f"Dear {full} {{family}}"),
        Wording(french_short or french_full, french_full, greeting, follows=not french_short),
    )


def _after_the_name(letters: str, french_full: str) -> Title:
    """A Canadian member: Wren Castellan, MP. Nobody is greeted with these letters."""
    return Title(
        Wording(letters, letters, "Dear {name}", follows=True),
        Wording(french_full, french_full, _MEMBER_OF_PARLIAMENT, follows=True),
    )


_OF_A_MEMBER = {
    "Senator": _spoken(
        "Sen.", "Senator", "Sén.", "sénateur ou sénatrice", "Madame la sénatrice ou Monsieur le sénateur"
    ),
    "Representative": _spoken(
        "Rep.",
        "Representative",
        "Rép.",
        "représentant(e)",
        "Madame la représentante ou Monsieur le représentant",
    ),
    "Delegate": _spoken(
        "Del.", "Delegate", "Dél.", "délégué(e)", "Madame la déléguée ou Monsieur le délégué"
    ),
    "Assembly Member": _spoken("Assembly Member", "Assembly Member", "", "membre de l’Assemblée"),
    "Councilmember": _spoken("Councilmember", "Councilmember", "", "membre du Conseil"),
    "Mayor": _spoken("Mayor", "Mayor", "", "maire ou mairesse", "Madame la mairesse ou Monsieur le maire"),
    "MP": _after_the_name("MP", "député(e)"),
    "MNA": _after_the_name("MNA", "député(e)"),
    "MHA": _after_the_name("MHA", "député(e)"),
    "MPP": _after_the_name("MPP", "député(e) provincial(e)"),
    "MLA": _after_the_name("MLA", "député(e)"),
}
# The seats of an executive have no common title; each is named by its office.
_OF_AN_OFFICE = {
    "president": _spoken(
        "President",
        "President",
        "",
        "président(e) des États-Unis",
        "Madame la présidente ou Monsieur le président",
    ),
    "vice president": _spoken("Vice President", "Vice President", "", "vice-président(e) des États-Unis"),
    "governor": _spoken(
        "Gov.", "Governor", "", "gouverneur(e)", "Madame la gouverneure ou Monsieur le gouverneur"
    ),
    "lt_governor": _spoken("Lt. Gov.", "Lieutenant Governor", "", "lieutenant(e)-gouverneur(e)"),
    "secretary of state": _spoken("Secretary", "Secretary", "", "secrétaire d’État"),
    "attorney general": _spoken("Attorney General", "Attorney General", "", "procureur(e) général(e)"),
    "auditor": _spoken("Auditor", "Auditor", "", "vérificateur ou vérificatrice"),
    "treasurer": _spoken("Treasurer", "Treasurer", "", "trésorier ou trésorière"),
    "mayor": _OF_A_MEMBER["Mayor"],
}
_NO_TITLE = Title(Wording("", "", "Dear {name}"), Wording("", "", _TO_ANYBODY))


def title_of(tenure: Tenure | None) -> Title:
    """What the holder of a seat is called; nothing, where nobody has said."""
    if tenure is None:
        return _NO_TITLE
    chamber = tenure.seat.chamber
    if chamber.code in (ChamberCode.EXECUTIVE, ChamberCode.LOCAL):
        named = _OF_AN_OFFICE.get(tenure.seat.district.lower())
        if named:
            return named
    return _OF_A_MEMBER.get(chamber.member_title) or _as_the_chamber_says(tenure)


def _as_the_chamber_says(tenure: Tenure) -> Title:
    chamber = tenure.seat.chamber
    if not chamber.member_title:
        return _NO_TITLE
    french = chamber.member_title_fr or chamber.member_title
    follows = chamber.jurisdiction.country == Country.CANADA
    greeting = "Dear {name}" if follows else f"Dear {chamber.member_title} {{family}}"
    return Title(
        Wording(chamber.member_title, chamber.member_title, greeting, follows),
        Wording(french, french, _TO_ANYBODY, follows=True),
    )


def seat_held(official: Official, day: date) -> Tenure | None:
    """The seat a person is named after: of those held on `day`, the newest. No query after `with_seats()`."""
    return next(iter(official.tenures_in_force(day)), None)


def titled(official: Official, day: date, language: str | None) -> str:
    """The name with its title: `Rep. Alma Reyes`, `Wren Castellan, MP`; the bare name out of office."""
    wording = title_of(seat_held(official, day)).in_(language)
    if not wording.short:
        return official.name
    return f"{official.name}, {wording.short}" if wording.follows else f"{wording.short} {official.name}"


def called(official: Official, day: date, language: str | None) -> str:
    """As one speaks of them: `Sen. Holt`; the whole name where no title stands before it."""
    wording = title_of(seat_held(official, day)).in_(language)
    if not wording.short or wording.follows:
        return titled(official, day, language)
    return f"{wording.short} {official.family_name or official.name.rpartition(' ')[2]}"


def address(official: Official, day: date, language: str | None) -> Address:
    """`The Honorable Alma Reyes`, `Dear Representative Reyes`. A form of address on record goes first."""
    tenure = seat_held(official, day)
    wording = title_of(tenure).in_(language)
    family = official.family_name or official.name.rpartition(" ")[2]
    return Address(
        line=official.form_of_address or _line(official, tenure, wording, language),
        greeting=wording.greeting.format(name=official.name, family=family),
    )


def _line(official: Official, tenure: Tenure | None, wording: Wording, language: str | None) -> str:
    if _is_honorable(official, tenure):
        return f"{_honorable(official, tenure, language)} {official.name}"
    return f"{official.name}, {wording.short}" if wording.short else official.name


def _is_honorable(official: Official, tenure: Tenure | None) -> bool:
    """In the United States everybody elected, for life; in Canada senators, but not members as such."""
    if tenure is None:
        return any(_is_american(once) for once in official.tenures.all())
    return _is_american(tenure) or (
        tenure.seat.chamber.code == ChamberCode.UPPER
        and tenure.seat.chamber.jurisdiction.country == Country.CANADA
    )


def _is_american(tenure: Tenure) -> bool:
    return tenure.seat.chamber.jurisdiction.country == Country.UNITED_STATES


def _honorable(official: Official, tenure: Tenure | None, language: str | None) -> str:
    english = "The Honorable" if tenure is None or _is_american(tenure) else "The Honourable"
    return in_language(language, english, "L’honorable")


def initials(official: Official) -> str:
    """Two letters for the round picture beside a name."""
    given = official.given_name or official.name
    family = official.family_name or official.name.rpartition(" ")[2]
    return f"{given[:1]}{family[:1]}".upper()
