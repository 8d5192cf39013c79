"""Numbers as people type them: `13`, `13,0`, `13½`, `3×10⁸`, `13:30`, `13 h 30 min`, `51° 36′ N`.

Text is only ever matched, never evaluated. What one script or keyboard writes in a way of its own
is brought to one form first; what can be read in two ways is asked again.
"""

import math
import re
import unicodedata

from helpers.learning.quiz import units
from helpers.learning.quiz.units import InputError

MAX_LENGTH = 60  # characters of a typed number with its unit
A_NUMBER = "accepted: a number such as 13, 13.5 or 1.3e1"

# --- one form for what keyboards write in many ---------------------------------------------

SIGNS = {
    "\u066b": ".",  # Arabic decimal separator
    "\u066c": "'",  # Arabic thousands separator
    "\u060c": ",",  # Arabic comma
    "\u3002": ".",  # ideographic full stop
    "\u2019": "'",
    "\u02bc": "'",
    "\u00ba": "°",  # the ordinal sign: key of Spanish and Portuguese keyboards
    "\u02da": "°",
    "\u2044": "/",
    "\u2215": "/",
    "\u2032\u2032": "″",
    "''": "″",
}
RAISED = dict(zip("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789", strict=True))
POWERS = re.compile(f"[{''.join(RAISED)}]+")


def plain(text):
    """Return typed text in one form: plain digits, spaces, minus signs, fractions as 1/2, powers as
    ^8.
    """
    text = "".join(f" {_fraction(c)}" if _fraction(c) else c for c in text)
    text = POWERS.sub(lambda m: "^" + "".join(RAISED[c] for c in m[0]), text)
    for sign in "\u00ba\u02da\u2033":  # before NFKC takes them apart
        text = text.replace(sign, {"\u2033": "''"}.get(sign, "°"))
    text = unicodedata.normalize("NFKC", text)
    text = "".join(_sign(c) for c in text)
    for sign, one in SIGNS.items():
        text = text.replace(sign, one)
    return " ".join(text.split())


def _fraction(c):
    """Return "1/2" for ½ and its like, else ""."""
    parts = unicodedata.decomposition(c).split()
    if not parts or parts[0] != "<fraction>" or len(parts) < 4:
        return ""
    return "".join(chr(int(p, 16)) for p in parts[1:]).replace("\u2044", "/")


def _sign(c):
    kind = unicodedata.category(c)
    if kind == "Nd":
        return str(unicodedata.digit(c))
    if kind == "Zs":
        return " "
    if kind == "Cf":  # it has no width: joiners, marks of direction
        return ""
    return "-" if kind == "Pd" or c == "\u2212" else c


# --- the number ------------------------------------------------------------------------------

GROUP = r"(?:[ ']\d{3})"
NUMBER = re.compile(
    rf"([+-]? ?)(\d{{1,3}}{GROUP}+|[\d.,]*\d[\d.,]*)({GROUP}*[.,]\d+)?"
    r"(?:(?: ?[x×*·] ?10 ?(?:\^|\*\*)?| ?[eE])\s*([+-]?\d+)(?!\d))?",
    re.ASCII,
)
POWER = re.compile(r"([+-]? ?)10\^([+-]?\d{1,3})(?![\d.,])", re.ASCII)
MIXED = re.compile(r"([+-]? ?)(?:(\d+) )?(\d+) ?/ ?(\d+)(?![\d.,/])", re.ASCII)
ABOUT = re.compile(
    r"(?:about|around|approximately|approx\.?|roughly|circa|ca?\.|nearly|almost|[~≈=×])\s*(?=[\d.,+-])",
    re.IGNORECASE,
)
CLOCK = re.compile(r"([+-]?)(\d{1,4}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
MONEY = re.compile(r"([$€]|USD|EUR) ?(?=[\d.,])")
PARTS = re.compile(r"([^\d.,+-]+?) ?(\d.*)")
WORD = re.compile(r"[A-Za-z]+\b")
MINUTES = re.compile(r"m(?![a-z])")
DIRECTION = re.compile(r"(?:^|[ °′″'])(N|E|S|W|north|east|south|west)\.?$")
THOUSANDS = re.compile(r"\d{1,3}([.,]\d{3})+")
THOUSANDS_AND_TENTHS = re.compile(r"\d{1,3}([.,]\d{3})*[.,]\d+")
TWO_WAYS = re.compile(r"[1-9]\d{0,2},\d{3}")
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


def read(text, unit="1"):
    """Return what was typed as a float in `unit`.

    text: a number in any common notation with or without a unit; without one it counts as given in
    `unit`. Raises InputError for everything else, infinite and absurdly long input included.
    """
    if not isinstance(text, str) or not text.strip():
        raise InputError(f"Nothing is typed yet; {A_NUMBER}.")
    if len(text.strip()) > MAX_LENGTH:
        raise InputError(
            f"That is {len(text.strip())} characters long; "
            f"accepted: a number of at most {MAX_LENGTH} characters."
        )
    typed = plain(text)
    about = ABOUT.match(typed)
    typed = _money(typed[about.end() :] if about else typed)
    value = _clock(typed, unit) if CLOCK.fullmatch(typed) else _quantity(typed, unit)
    if not math.isfinite(value):
        known = f"{typed!r} is too large; accepted: a number below 1e308 {unit}"
        raise InputError(known.removesuffix(" 1") + ".")
    return value


def _money(typed):
    """Return "$ 13" as "13 $"."""
    sign = MONEY.match(typed)
    return f"{typed[sign.end() :]} {sign[1]}" if sign else typed


def _clock(typed, unit):
    """Return 13:30 as hours and minutes, where time is asked for and nothing else can be meant."""
    sign, first, second, third = CLOCK.fullmatch(typed).groups()
    if units.dimension(unit) != "time":
        raise InputError(f"{typed!r} is a time of the clock; accepted: {units.accepted(unit)}")
    if third is None and unit in ("s", "min"):
        raise InputError(
            f"{typed!r} can be read in two ways; "
            f"accepted: {first} h {second} min or {first} min {second} s."
        )
    hours = int(first) + int(second) / 60 + int(third or 0) / 3600
    return units.convert(-hours if sign == "-" else hours, "h", unit)


def _quantity(typed, unit):
    """Return a number with its unit, or several such as 13 h 30 min or 51° 36′, in `unit`."""
    value, rest = _number(typed)
    scale, rest = _scale(rest)
    sign, rest = _direction(rest, unit)
    value = value * scale * sign
    if not rest:
        return value
    if units.find(rest, unit) is None:
        parts = PARTS.fullmatch(rest)
        if parts and units.find(parts[1], unit) and units.dimension(unit) in ("time", "angle"):
            return _compound(typed, value, parts[1], parts[2], unit)
    return units.convert_typed(value, rest, unit)


SMALLER = {"h": "min", "min": "s", "deg": "arcmin", "arcmin": "arcsec", "d": "h"}


def _compound(typed, value, word, rest, unit):
    """Return 13 h 30 min as one value: each unit is followed by a smaller one, which may stand for
    itself.
    """
    first = units.find(word, unit)
    more, tail = _number(rest)
    if not tail:
        tail = SMALLER.get(first, "")
    elif first == "h" and MINUTES.match(tail):
        tail = "min" + tail[1:]
    parts = PARTS.fullmatch(tail)
    second = units.find(parts[1] if parts else tail, unit)
    limit = units.ratio(first, second) if second else 0
    if not second or not 0 <= more < limit:
        raise InputError(
            f"{typed!r} is not one quantity; accepted: one number with its unit, or 13 h 30 min."
        )
    if parts:
        more = units.convert(_compound(typed, more, parts[1], parts[2], second), second, unit)
    else:
        more = units.convert(more, second, unit)
    return units.convert(value, first, unit) + math.copysign(more, value)


def _scale(rest):
    """Return the factor of a number word that follows the digits, and the rest."""
    word = WORD.match(rest)
    factor = SCALES.get(word[0].lower()) if word else None
    return (factor, rest[word.end() :].strip()) if factor else (1.0, rest)


def _direction(rest, unit):
    """Return (1, rest without N, E, north, east), or (-1, ...) for the other two."""
    if units.dimension(unit) != "angle":
        return 1, rest
    found = DIRECTION.search(rest)
    if not found:
        return 1, rest
    return -1 if found[1][0].upper() in "SW" else 1, rest[: found.start(1)].strip()


def _number(typed):
    """Return (value, what follows it); raise InputError where no number begins."""
    mixed, power = MIXED.match(typed), POWER.match(typed)
    if mixed:
        sign, whole, top, bottom = mixed.groups()
        if int(bottom) == 0:
            raise InputError(f"{typed!r} divides by zero; {A_NUMBER}.")
        value, end = int(whole or 0) + int(top) / int(bottom), mixed.end()
    elif power:
        sign, (value, end) = power[1], (float(f"1e{power[2]}"), power.end())
    else:
        found = NUMBER.match(typed)
        if not found:
            raise InputError(f"{typed!r} does not begin with a number; {A_NUMBER}.")
        sign, digits, tail, exponent = found.groups()
        digits = _decimal((digits + (tail or "")).replace(" ", "").replace("'", ""))
        # A longer exponent is refused by `read` as too large.
        value = float(f"{digits}e{exponent or 0}") if len(exponent or "") < 6 else math.inf
        end = found.end()
    rest = typed[end:].strip()
    return (-value if "-" in sign else value), rest if len(rest) == 1 else rest.rstrip(".")


def _decimal(digits):
    """Return digits with a point as the only mark: 13,0 -> 13.0, 1,234.5 and 1.234,5 -> 1234.5."""
    marks = [c for c in digits if c in ".,"]
    one_of_two = len(set(marks)) == 2 and marks.count(marks[-1]) == 1
    if one_of_two and THOUSANDS_AND_TENTHS.fullmatch(digits):
        return digits.replace(marks[0], "").replace(",", ".")
    if len(marks) > 1 and len(set(marks)) == 1 and THOUSANDS.fullmatch(digits):
        return digits.replace(marks[0], "")
    if marks == [","] and TWO_WAYS.fullmatch(digits):
        raise InputError(
            f"{digits!r} can be read in two ways; accepted: {digits.replace(',', '')} or "
            f"{digits.replace(',', '.')}."
        )
    if len(marks) > 1:
        raise InputError(
            f"{digits!r} is not a number; accepted: one decimal point or comma, as in 13.5 or 13,5."
        )
    return digits.replace(",", ".")
