"""Names for invented people, each used once."""

from collections import Counter
from random import Random


def _words(text: str) -> list[str]:
    return text.split()


_GIVEN = _words(
    """
    Adaeze Adela Amara Anders Anneke Ansel Arturo Asha Aurelio Beatriz Benedict Bertha Bridget
    Callum Carmela Cedric Chidi Clementine Corinne Cyrus Dagny Darius Delphine Desmond Dorothea
    Eamon Edith Efren Eleni Elspeth Emeka Esperanza Estelle Farah Felix Fergus Fiona Gideon Giles
    Greta Gwendolyn Hamza Harriet Hector Henrik Hollis Ilse Imogen Ingrid Isidro Ivo Jamila Jarvis
    Josefina Judith Kamala Keziah Kwame Lars Latisha Leopold Linnea Lucinda Lydia Mabel Magnus
    Maribel Marcus Matilda Meera Milos Mireya Nadia Nigel Nkechi Noemi Octavia Odessa Olaf Orla
    Osvaldo Perpetua Petra Phineas Quentin Rafaela Ramona Reuben Rosalind Rufus Salome Sanjay Selma
    Sigrid Solomon Tabitha Tariq Thaddeus Theodora Tobias Ursula Valeria Verity Vikram Wendell
    Wilhelmina Winston Xiomara Yolanda Yusuf Zelda Zora
    """
)
_FAMILY = _words(
    """
    Abernethy Achterberg Adebayo Agbaje Alcott Amundsen Anquetil Arbuckle Ashdown Baptista Barrowman
    Belisle Birdsong Blackwater Bojorquez Brannigan Brightwell Cabrera-Lund Calloway Castellan
    Chaudry Copperfield Corrigan Cresswell Dahlberg Dasgupta Delacroix Dunmore Eastwick Eberhart
    Ekwueme Ellsworth Escamilla Fairbairn Falkner Featherstone Fjelstad Galbreath Gallatin
    Garrity-Wells Goldfinch Grenville Gunderson Hallorann Hargreave Hawksley Holloway-Reyes
    Huckabee-Stone Ibekwe Ironside Jaramillo Jessup Kaminski-Cole Kilpatrick Kingsbury Kovalenko
    Lachance Larkspur Lindqvist Locklear Lundgren MacAlister Mahoney-Diaz Marchbanks Mbeki
    Merriweather Montoya-Hill Nakashima Nethercott Northrup O'Shaughnessy Oduya Okonjo Ostrander
    Pemberton Pennywell Petrosyan Quackenbush Quillfeather Ramaswamy Ravensdale Redfeather
    Rosenthal-Kim Rutherglen Saavedra Sandoval-Pike Satterfield Shackleford Silverthorne Stavros
    Sundaram Swithin Tattersall Thibodeaux Thistlewood Torvald Tremayne Underhill Vandermeer
    Venkataraman Villalobos-Ray Wainwright Waterhouse Weatherby Whitlock Winterbourne Woolstencroft
    Yamaguchi-Ross Yarborough Zamarripa Zielinski
    """
)
_GIVEN_FRENCH = _words(
    """
    Aurélie Bérénice Camille Cédric Clémence Corentin Damien Édouard Éloïse Fabienne Félicité Gaëlle
    Geneviève Guylaine Hervé Honorine Jocelyn Laurence Léopold Lucienne Maëlle Marjolaine Mathurin
    Noémie Océane Ovila Pascal Philomène Raphaëlle Rémi Sébastien Solange Théodore Véronique Viateur
    Yvan Zoé
    """
)
_FAMILY_FRENCH = _words(
    """
    Archambault-Roy Beauchesne Boisclair Bonenfant Brisebois Chênevert Clairmont Deslauriers
    Desrosiers-Labbé Dufresne Duquette Frenette Grandmaison Grondin Jolicœur L'Heureux Lachapelle
    Laframboise Lamontagne-Viau Larivière Latulippe Lespérance Létourneau Longpré Malenfant
    Marchesseault Montpetit Painchaud Pellerin-Huot Quesnel Rocheleau Sansregret Souligny Surprenant
    Tranchemontagne Vadeboncœur Vaillancourt-Nolet
    """
)


class Names:
    """Draws names; nobody is called like somebody else here."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._used: set[str] = set()
        self._families: Counter[str] = Counter()

    def draw(self, *, french: bool = False) -> tuple[str, str]:
        """A given and a family name; a family name comes again only when all have had their turn."""
        given, family = (_GIVEN_FRENCH, _FAMILY_FRENCH) if french else (_GIVEN, _FAMILY)
        rarest = min(self._families[name] for name in family)
        last = self._random.choice([name for name in family if self._families[name] == rarest])
        self._families[last] += 1
        first = self._random.choice([name for name in given if f"{name} {last}" not in self._used])
        self._used.add(f"{first} {last}")
        return first, last
