"""Numbers and units as people type them: `13`, `13,0`, `1.3e1`, `13 days`. Text is only ever matched, never evaluated.

A table of the units of this course is enough here: a unit library would bring a parser of expressions with it.
"""

import math
import re

MAX_LENGTH = 60  # characters of a typed number with its unit

# dimension: {unit as printed: (factor to the first unit of the row, words that mean it)}
DIMENSIONS = {
    "a plain number": {"1": (1, ""), "%": (0.01, "percent per-cent"), "permil": (0.001, "‰")},
    "time": {
        "s": (1, "sec second seconds"),
        "min": (60, "minute minutes mins"),
        "h": (3600, "hr hrs hour hours"),
        "d": (86400, "day days"),
        "week": (604800, "weeks"),
        "month": (2629800, "months"),  # a twelfth of the year below
        "year": (31557600, "yr yrs years a"),
        "Ma": (31557600e6, "myr"),
        "ms": (1e-3, "millisecond milliseconds"),
    },  # Julian year
    "length": {
        "m": (1, "metre metres meter meters"),
        "km": (1e3, "kilometre kilometres kilometer kilometers"),
        "cm": (0.01, "centimetre centimetres centimeter centimeters"),
        "mm": (1e-3, "millimetre millimetres millimeter millimeters"),
        "au": (149597870700, "astronomical"),
    },
    "speed": {"m/s": (1, "mps"), "km/s": (1e3, "kps"), "km/h": (1 / 3.6, "kmh kph")},
    "mass": {
        "kg": (1, "kilogram kilograms"),
        "g": (1e-3, "gram grams"),
        "mg": (1e-6, "milligram milligrams"),
        "t": (1e3, "tonne tonnes"),
    },
    "angle": {
        "deg": (1, "° degree degrees"),
        "rad": (180 / math.pi, "radian radians"),
        "arcmin": (1 / 60, "′"),
        "arcsec": (1 / 3600, "″"),
    },
    "area": {"km2": (1, "km² km^2"), "m2": (1e-6, "m² m^2")},
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
    "acceleration": {"m/s2": (1, "m/s² m/s^2")},
    "volume": {"L": (1, "l litre litres liter liters"), "m3": (1e3, "m³ m^3")},
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

GROUP = r"(?:[   '’]\d{3})"
NUMBER = re.compile(
    rf"([+-]?)(\d{{1,3}}{GROUP}+|[\d.,]*\d[\d.,]*)({GROUP}*[.,]\d+)?(?:(?:\s*[x×*·]\s*10\s*(?:\^|\*\*)?|[eE])\s*([+-]?\d+))?"
)


class InputError(ValueError):
    """Something typed that is not an answer: it costs no attempt."""


def known(unit):
    """Return whether `unit` is one of the table."""
    return unit in UNITS


def convert(value, unit, to):
    """Return `value` given in `unit` as a number of `to`; raise InputError when they measure different things."""
    (here, _, factor), (there, _, other) = UNITS[unit], UNITS[to]
    if here != there:
        raise InputError(f"{unit!r} is a unit of {here}; accepted: {accepted(to)}")
    return value if factor == other else value * factor / other


def accepted(unit):
    """Return the units that may stand beside a number asked for in `unit`, as words."""
    row = DIMENSIONS[UNITS[unit][0]]
    return ", ".join("a number alone" if name == "1" else name for name in row)


def read(text, unit="1"):
    """Return what was typed as a float in `unit`.

    text: a number in any common notation with or without a unit; without one it counts as given in `unit`.
    Raises InputError for everything else, infinite and absurdly long input included.
    """
    typed = text.strip() if isinstance(text, str) else ""
    if not typed:
        raise InputError("Nothing is typed yet; accepted: a number such as 13, 13.5 or 1.3e1.")
    if len(typed) > MAX_LENGTH:
        raise InputError(
            f"That is {len(typed)} characters long; accepted: a number of at most {MAX_LENGTH} characters."
        )
    typed = typed.replace("−", "-")  # the minus sign of typesetting
    found = NUMBER.match(typed)
    if not found:
        raise InputError(
            f"{typed!r} does not begin with a number; accepted: a number such as 13, 13.5 or 1.3e1."
        )
    value = _number(found)
    word = typed[found.end() :].strip().rstrip(".")
    value = convert(value, _unit(word, unit), unit) if word else value
    if not math.isfinite(value):
        raise InputError(
            f"{typed!r} is too large; accepted: a number below 1e308 {unit}".removesuffix(" 1")
            + "."
        )
    return value


def _number(found):
    sign, digits, tail, exponent = found.groups()
    digits = re.sub(r"[   '’]", "", digits + (tail or ""))
    return (
        float(f"{sign}{_decimal(digits)}e{exponent or 0}") if len(exponent or "") < 6 else math.inf
    )  # read refuses it


def _decimal(digits):
    """Return digits with a point as the only mark: 13,0 -> 13.0, 1,234.5 and 1.234,5 -> 1234.5."""
    marks = re.findall(r"[.,]", digits)
    if (
        len(set(marks)) == 2
        and marks.count(marks[-1]) == 1
        and re.fullmatch(r"\d{1,3}([.,]\d{3})*[.,]\d+", digits)
    ):
        return digits.replace(marks[0], "").replace(",", ".")
    if len(marks) > 1 and len(set(marks)) == 1 and re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits):
        return digits.replace(marks[0], "")
    if marks == [","] and re.fullmatch(r"[1-9]\d{0,2},\d{3}", digits):
        raise InputError(
            f"{digits!r} can be read in two ways; accepted: {digits.replace(',', '')} or {digits.replace(',', '.')}."
        )
    if len(marks) > 1:
        raise InputError(
            f"{digits!r} is not a number; accepted: one decimal point or comma, as in 13.5 or 13,5."
        )
    return digits.replace(",", ".")


def _unit(word, unit):
    candidates = [word] if word in UNITS else LOWER.get(word.casefold(), [])
    same = [
        c for c in candidates if UNITS[c][0] == UNITS[unit][0]
    ]  # "m" beside minutes would be metres: only one dimension is asked for
    if same or candidates:
        return (same or candidates)[0]
    raise InputError(f"{word!r} is not a unit that is known here; accepted: {accepted(unit)}.")
