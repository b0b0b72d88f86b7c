"""Time zones that a learner can choose."""

import zoneinfo
from collections.abc import Mapping, Sequence
from functools import cache

UTC = "UTC"
NOT_PLACES = {"Etc", "SystemV", "US"}  # older names of zones that are listed by their place


@cache
def all_zones() -> frozenset[str]:
    """Return the names of all time zones."""
    return frozenset(zoneinfo.available_timezones())


def known_zone(name: str | None) -> str:
    """Return the name of a time zone if there is such a one, else UTC."""
    return name if name in all_zones() and name is not None else UTC


def zones_by_region(own: str) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return the zones to choose from, by region, as value and label; `own` is always one."""
    places = [name for name in all_zones() if "/" in name and name.split("/")[0] not in NOT_PLACES]
    regions: dict[str, list[tuple[str, str]]] = {"": [(UTC, UTC)]}
    if own != UTC and own not in places:
        regions[""].append((own, own))
    for name in sorted(places):
        region, place = name.split("/", 1)
        regions.setdefault(region, []).append((name, place.replace("_", " ")))
    return regions
