"""The units of this course, and the words that people type for them.

A table is enough here: a unit library would bring a parser of expressions with it.
"""

import math
import re

# dimension: {unit as printed: (factor to the first unit of the row, words that mean it)}
# In the words a hyphen stands for a space: "million-years" is typed as "million years".
DIMENSIONS = {
    "a plain number": {
        "1": (1, "times x × fold -fold sigma sigmas σ standard-deviations"),
        "%": (0.01, "percent per-cent pct"),
        "permil": (0.001, "‰ per-mille"),
    },
    "percentage points, a difference of two shares": {"pp": (1, "percentage-points points")},
    "time": {
        "s": (1, "sec second seconds"),
        "min": (60, "minute minutes mins"),
        "h": (3600, "hr hrs hour hours"),
        "d": (86400, "day days"),
        "week": (604800, "weeks wk"),
        "month": (2629800, "months"),  # a twelfth of the year below
        "year": (31557600, "yr yrs years a"),
        "ka": (31557600e3, "kyr thousand-years"),
        "Ma": (31557600e6, "myr my mya million-years"),
        "Ga": (31557600e9, "gyr gy bya billion-years"),
        "ms": (1e-3, "millisecond milliseconds"),
    },  # Julian year
    "length": {
        "m": (1, "metre metres meter meters"),
        "km": (1e3, "kilometre kilometres kilometer kilometers"),
        "cm": (0.01, "centimetre centimetres centimeter centimeters"),
        "mm": (1e-3, "millimetre millimetres millimeter millimeters"),
        "au": (149597870700, "astronomical-units astronomical-unit"),
    },
    "speed": {"m/s": (1, "mps"), "km/s": (1e3, "kps"), "km/h": (1 / 3.6, "kmh kph")},
    "mass": {
        "kg": (1, "kgs kilo kilos kilogram kilograms"),
        "g": (1e-3, "gram grams"),
        "mg": (1e-6, "milligram milligrams"),
        "t": (1e3, "tonne tonnes ton tons metric-tons metric-ton"),
    },
    "angle": {
        "deg": (1, "° degree degrees"),
        "rad": (180 / math.pi, "radian radians"),
        "arcmin": (1 / 60, "′ '"),
        "arcsec": (1 / 3600, "″"),
    },
    "area": {
        "km2": (1, "km^2 square-kilometres square-kilometers"),
        "m2": (1e-6, "m^2 square-metres square-meters"),
    },
    "energy": {
        "J": (1, "joule joules"),
        "kJ": (1e3, ""),
        "MJ": (1e6, ""),
        "GJ": (1e9, ""),
        "TJ": (1e12, ""),
        "PJ": (1e15, ""),
    },
    "power": {"W": (1, "watt watts"), "kW": (1e3, "kilowatt kilowatts"), "MW": (1e6, "")},
    "frequency": {"Hz": (1, "hertz"), "kHz": (1e3, ""), "MHz": (1e6, ""), "GHz": (1e9, "")},
    "data": {"bit": (1, "bits"), "kbit": (1e3, ""), "Mbit": (1e6, ""), "Gbit": (1e9, "")},
    "data rate": {"bit/s": (1, "bps"), "kbit/s": (1e3, "kbps"), "Mbit/s": (1e6, "mbps")},
    "temperature": {"K": (1, "kelvin")},
    "temperature in degrees Celsius": {"degC": (1, "°C celsius")},
    "acceleration": {"m/s2": (1, "m/s^2")},
    "volume": {
        "L": (1, "l litre litres liter liters"),
        "m3": (1e3, "m^3 cubic-metres cubic-meters"),
    },
    "money in US dollars": {
        "USD": (1, "$ dollar dollars"),
        "million USD": (1e6, "musd"),
        "billion USD": (1e9, ""),
    },
    "money in euros": {"EUR": (1, "€ euro euros"), "million EUR": (1e6, "meur")},
    "magnitude": {"mag": (1, "magnitude magnitudes")},
}
COUNTED = {
    "orbits": "orbit revolutions revolution",
    "countries": "country states state",
    "people": "person persons",
    "crew-hours": "crew-hour",
    "experiments": "experiment",
    "projects": "project",
    "missions": "mission",
    "satellites": "satellite",
    "objects": "object",
    "launches": "launch",
    "capitals": "capital cities city",
    "passes": "pass",
    "images": "image",
    "members": "member",
    "partners": "partner",
    "stations": "station",
    "samples": "sample",
    "events": "event",
    "payloads": "payload",
    "towns": "town",
    "signatures": "signature",
}
DIMENSIONS |= {f"a number of {unit}": {unit: (1, words)} for unit, words in COUNTED.items()}
UNITS = {
    word: (dimension, unit, factor)
    for dimension, row in DIMENSIONS.items()
    for unit, (factor, words) in row.items()
    for word in [unit, *words.split()]
}
LOWER = {}
for (
    _word
) in UNITS:  # capitals do not matter where they leave no doubt: MJ and mJ stay apart, KM is km
    LOWER.setdefault(_word.casefold(), []).append(_word)


class InputError(ValueError):
    """Something typed that is not an answer: it costs no attempt."""


def known(unit):
    """Return whether `unit` is one of the table."""
    return unit in UNITS


def convert(value, unit, to):
    """Return `value` given in `unit` as a number of `to`; raise InputError when they measure
    different things.
    """
    (here, _, factor), (there, _, other) = UNITS[unit], UNITS[to]
    if here != there:
        raise InputError(f"{unit!r} is a unit of {here}; accepted: {accepted(to)}")
    return value if factor == other else value * factor / other


def dimension(unit):
    """Return what a unit measures, in words."""
    return UNITS[unit][0]


def ratio(unit, other):
    """Return how many of `other` make one `unit`."""
    return UNITS[unit][2] / UNITS[other][2]


def accepted(unit):
    """Return the units that may stand beside a number asked for in `unit`, as words."""
    row = DIMENSIONS[UNITS[unit][0]]
    return ", ".join("a number alone" if name == "1" else name for name in row)


# --- what people type ------------------------------------------------------------------------


def find(word, unit):
    """Return the unit that a typed word means where `unit` is asked for, or None for an unknown
    word.

    "m" beside minutes would be metres: where a word has two meanings, the asked dimension decides.
    """
    found = _candidates(word) or _candidates(_quotient(word))
    same = [c for c in found if dimension(c) == dimension(unit)]
    return (same or found or [None])[0]


def _candidates(word):
    hyphened = "-".join(word.replace("-", " ").split())
    for one in (word, hyphened):
        if one != "1" and one in UNITS:  # "0.12 1" is no way of writing 0.12
            return [UNITS[one][1]]
    names = LOWER.get(word.casefold()) or LOWER.get(hyphened.casefold()) or []
    return [UNITS[name][1] for name in names if name != "1"]


PER = re.compile(r" (?:per|an?|each) | ?/ ?")
NEGATIVE_POWER = re.compile(r"[ ·*]([a-z]+)\^?-([12])$")


def _quotient(word):
    """Return "metres a second", "m per s", "m s^-1" as "m/s"; the word itself where it is none."""
    word = PER.sub("/", word)
    word = NEGATIVE_POWER.sub(lambda m: f"/{m[1]}^{m[2]}", word).replace("^1", "")
    parts = [_candidates(part)[:1] for part in word.split("/")]
    return "/".join(p[0] for p in parts) if len(parts) == 2 and all(parts) else word


def convert_typed(value, word, unit):
    """Return a value with a typed unit as a number of `unit`; raise InputError when they do not
    fit.

    Where things are counted, the word beside the number may be any of those that are counted.
    """
    found = find(word, unit)
    if found is None:
        raise InputError(f"{word!r} is not a unit that is known here; accepted: {accepted(unit)}.")
    if found in COUNTED and (unit in COUNTED or unit == "1"):
        return value
    if dimension(found) != dimension(unit):
        raise InputError(f"{word!r} is a unit of {dimension(found)}; accepted: {accepted(unit)}")
    return convert(value, found, unit)
