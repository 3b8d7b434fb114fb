"""The Canadian half of the demo's world. Ridings are invented; their legislatures are not."""

from advocacy.portal.demo.places import Bill, House, Place
from legislation.models import ChamberCode
from legislation.sources import places
from legislation.sources.places import CANADIAN_PARTS, HOUSE_OF_COMMONS, provincial_titles

_LABEL = "{chamber}, {district}"

PARLIAMENT = Place(
    government=places.CANADA,
    houses=(
        House(
            ChamberCode.LOWER,
            HOUSE_OF_COMMONS,
            (
                "Burrard Harbour", "Juan Perez Sound", "Mont-Clair", "Rivière-aux-Pins–Laval", "Vieux-Moulin",
                "Credit Valley East", "Lakehead North",
            ),
            parties=("Liberal", "Conservative", "New Democratic", "Bloc Québécois"),
            label=_LABEL,
            committees=(("Health", "Santé"), ("Industry and Technology", "Industrie et technologie")),
        ),
    ),
    session="45-1",
    bills=(
        Bill(
            "C-412",
            "An Act respecting connected care and the portability of health records",
            "Connected care",
            title_fr="Loi concernant les soins connectés et la portabilité des dossiers de santé",
        ),
        Bill(
            "S-233",
            "An Act respecting artificial intelligence in medical devices",
            "AI in devices",
            title_fr="Loi concernant l’intelligence artificielle dans les instruments médicaux",
        ),
    ),
    towns=(("Ottawa", "613"),),
)  # fmt: skip

BRITISH_COLUMBIA = Place(
    government=CANADIAN_PARTS["bc"],
    houses=(
        House(
            ChamberCode.LEGISLATURE,
            provincial_titles("bc"),
            (
                "Alder Creek", "Burrard Heights", "Cariboo Forks", "Coal Harbour East", "Fraser Bend",
                "Garibaldi South", "Island Narrows", "Kootenay Lakes", "Nechako Valley", "Okanagan Ridge",
                "Point Atkinson", "Saanich Shore", "Skeena Mouth", "Trout Lake",
            ),
            parties=("New Democratic", "Conservative", "Green"),
            label=_LABEL,
            committees=(("Health", "Santé"), ("Finance and Government Services", "Finances")),
        ),
    ),
    session="43-2",
    bills=(
        Bill("Bill 38", "Health Data Stewardship Act", "Data stewardship"),
        Bill("Bill 52", "Virtual Care Standards Act", "Virtual care"),
    ),
    towns=(("Vancouver", "604"), ("Victoria", "250"), ("Prince George", "250")),
)  # fmt: skip

QUEBEC = Place(
    government=CANADIAN_PARTS["qc"],
    houses=(
        House(
            ChamberCode.LEGISLATURE,
            provincial_titles("qc"),
            (
                "Anse-aux-Érables", "Belle-Rivière", "Côte-du-Moulin", "Deux-Clochers", "Faubourg-Sud",
                "Haut-Verger", "Île-aux-Hérons", "Lac-Sauvage", "Mont-Clair", "Pointe-au-Phare",
                "Rang-Saint-Ignace", "Rivière-aux-Pins", "Val-Doré", "Vieux-Moulin",
            ),
            parties=("Coalition Avenir Québec", "Parti libéral", "Parti québécois", "Québec solidaire"),
            label=_LABEL,
            committees=(
                ("Health and Social Services", "Santé et services sociaux"),
                ("Public Finance", "Finances publiques"),
            ),
            vacant=("Val-Doré",),
        ),
    ),
    session="44-1",
    bills=(
        Bill(
            "Bill 47",
            "An Act to support telehealth in remote regions",
            "Telehealth in the regions",
            title_fr="Loi visant à soutenir la télésanté dans les régions éloignées",
        ),
        Bill(
            "Bill 61",
            "An Act respecting the sharing of clinical information between institutions",
            "Sharing of clinical information",
            title_fr="Loi sur le partage des renseignements cliniques entre établissements",
        ),
    ),
    towns=(("Montréal", "514"), ("Québec", "418"), ("Sherbrooke", "819")),
)  # fmt: skip

ONTARIO = Place(
    government=CANADIAN_PARTS["on"],
    houses=(
        House(
            ChamberCode.LEGISLATURE,
            provincial_titles("on"),
            (
                "Bay of Quinte Shores", "Credit Valley", "Don Mills Ravine", "Georgian Ridge", "Humber Mouth",
                "Lakehead Northshore", "Mississippi Mills", "Niagara Escarpment", "Ottawa Lowertown",
                "Rouge Forest", "Thames Centre West", "Trillium Hills",
            ),
            parties=("Progressive Conservative", "New Democratic", "Liberal"),
            label=_LABEL,
            committees=(("Social Policy", "Politique sociale"),),
        ),
    ),
    session="44-1",
    bills=(Bill("Bill 118", "Patient Record Portability Act", "Record portability"),),
    towns=(("Toronto", "416"), ("Ottawa", "613"), ("London", "519")),
)  # fmt: skip
