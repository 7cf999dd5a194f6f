"""Pictures of what is known of an entry."""

from __future__ import annotations

from django import template

from ..charts.scheme import Group, Name, Place, Scheme, make_scheme
from ..models import Blauwdruk, Partij

register = template.Library()
PLACES = {
    Partij.Rol.OPDRACHTGEVER: Place.GIVES,
    Partij.Rol.SUBSIDIEGEVER: Place.GIVES,
    Partij.Rol.OPDRACHTNEMER: Place.DOES,
    Partij.Rol.UITVOERDER: Place.DOES,
}


@register.simple_tag
def scheme_of(blauwdruk: Blauwdruk) -> Scheme | None:
    """Who works with whom, by role; None when there is nothing to draw."""
    by_role: dict[str, list[Name]] = {}
    for partij in blauwdruk.partijen.all():
        by_role.setdefault(partij.rol, []).append(Name(partij.organisatie.naam, partij.cruciaal))
    return make_scheme([_group(rol, by_role[rol]) for rol in Partij.Rol if rol in by_role])


def _group(rol: Partij.Rol, names: list[Name]) -> Group:
    role = "Andere rol" if rol is Partij.Rol.ANDERS else rol.label
    return Group(role, PLACES.get(rol, Place.TAKES_PART), names)
