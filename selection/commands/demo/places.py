"""Where the demo takes place: areas that are on no map, and rooms to meet in."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """An area's name, and the letters that its groups' references begin with."""

    name: str
    code: str


AREAS = tuple(
    Place(name=name, code=code)
    for name, code in (
        ("North", "NTH"),
        ("South", "STH"),
        ("East", "EST"),
        ("West", "WST"),
        ("Central", "CEN"),
        ("Coast and Estuary", "COA"),
        ("Dales and Moors", "DAL"),
        ("Fens and Levels", "FEN"),
        ("Forest and Vale", "FOR"),
        ("Harbour Towns", "HAR"),
        ("Heath and Downs", "HEA"),
        ("Lakes and Fells", "LAK"),
        ("Marches", "MAR"),
        ("Mill Valleys", "MIL"),
        ("Peaks", "PEA"),
        ("Riverside", "RIV"),
    )
)

VENUES = (
    "Canal Street office",
    "Cloth Hall, second floor",
    "Friary Lane centre",
    "Gasworks Road office",
    "Harness Yard",
    "Linden House",
    "Old Tannery, group rooms",
    "Quayside office",
    "Station Approach, room 4",
    "Weaver Court",
)


def areas_for(staff: int) -> tuple[Place, ...]:
    """Return the areas of a service of that size: three for the smallest, all of them from 2,000 staff on."""
    return AREAS[: min(len(AREAS), 3 + staff // 150)]
