"""The slips that everybody makes, each in a sentence that says what to do.

Text for a number, a comma for a point, a whole table for its column, names for codes, `print` for
`return`, a missing `import`, a rounded value. Each function returns a sentence, or "" where it sees
no slip that it knows.
"""

import decimal
import numbers
import re

import numpy as np
import pandas as pd

from helpers.tables import data

DIGITS = 7  # rounding to more digits than these is no rounding that anybody types


def kind(value):
    """Return what a value is, in words."""
    return "nothing (None)" if value is None else f"a value of type {type(value).__name__}"


# --- one number ---------------------------------------------------------------------------------


def as_number(value):
    """Return a value as a float where it is one number of any type, else None."""
    if isinstance(value, bool | np.bool_):
        return None
    if isinstance(value, numbers.Real | decimal.Decimal | np.number) and not np.iscomplexobj(value):
        return float(value)
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "iuf":
        return float(value)
    return None


def for_a_number(value):
    """Return what to do where one number was wanted and something else came."""
    if isinstance(value, str):
        return _text_for_number(value)
    if isinstance(value, tuple) and len(value) == 2 and all(type(v) is int for v in value):
        return (
            f"In code a decimal number has a point: {value[0]}.{value[1]}, not "
            f"{value[0]},{value[1]}."
        )
    if isinstance(value, tuple) and len(value) == 1:
        return "The comma at the end makes a tuple of it. Take the comma away."
    if isinstance(value, list | tuple | np.ndarray | pd.Series) and np.size(value) == 1:
        first = ".iloc[0]" if isinstance(value, pd.Series) else "[0]"
        return f"There is one value in it. Take it out: put `{first}` behind it."
    if isinstance(value, list | tuple | np.ndarray | pd.Series | set | frozenset | dict | range):
        return f"It holds {_entries(len(value))}. Is it how many? `len(...)` counts them."
    if isinstance(value, pd.DataFrame):
        return "You passed a whole table. One number is asked for."
    if isinstance(value, pd.Timedelta):
        return "It is a length of time. `.days` makes whole days of it."
    if isinstance(value, bool | np.bool_):
        return "A comparison gives True or False. `.sum()` counts how often it is true."
    return ""


def _text_for_number(value):
    bare = value.strip().rstrip("%").strip()
    try:
        float(bare.replace(",", "."))
    except ValueError:
        return "It is a text."
    point = bare.replace(",", ".")
    return f'It is a text. Take the quotation marks away: {point}, not "{value.strip()[:20]}".'


def _entries(count):
    return "one entry" if count == 1 else f"{count} entries"


def rounded(found, wanted):
    """Return a sentence where every number found is the wanted one rounded, else ""."""
    found, wanted = np.ravel(found).astype(float), np.ravel(wanted).astype(float)
    if not np.isfinite(wanted).all():
        return ""
    for digits in range(DIGITS):
        cut = np.round(wanted, digits)
        near = np.abs(cut - wanted) < np.abs(wanted) / 10  # 1 is no rounding of 0.67 that one makes
        if np.array_equal(found, cut) and near.all() and not np.array_equal(cut, wanted):
            return f"You have rounded to {PLACES[digits]}. Give the full value back."
    return ""


PLACES = {0: "a whole number", 1: "one digit behind the point"} | {
    n: f"{n} digits behind the point" for n in range(2, DIGITS)
}


# --- a list of texts ----------------------------------------------------------------------------


def for_texts(found, wanted):
    """Return what to do where a list of texts was wanted and something of another form came."""
    if isinstance(found, pd.DataFrame):
        return 'You passed a whole table. Take one column of it: `["name of the column"]`.'
    if isinstance(found, pd.Series) and set(map(str, wanted)) <= set(map(str, found.index)):
        return "These are the values. The names stand in the index: `list(... .index)`."
    if isinstance(found, str):
        example = ", ".join(f'"{part.strip()}"' for part in re.split(r"[,;]", found)[:2])
        return f"It is one text. A list has square brackets and a text for each entry: [{example}]."
    return ""


def of_entries(found, wanted):
    """Return what is wrong with the entries of a list: case, names for codes, the one that does not
    belong.
    """
    found, wanted = list(map(str, found)), list(map(str, wanted))
    if sorted(map(str.casefold, found)) == sorted(map(str.casefold, wanted)):
        return "Only capital and small letters differ. Write them as the table does."
    codes = _codes()
    if found and set(wanted) <= set(codes.values()) and not set(found) & set(codes.values()):
        one = next((name for name in found if name.casefold() in codes), None)
        example = f", such as {codes[one.casefold()]} for {one}" if one else ""
        return f"These are names. The codes of the table are wanted{example}."
    strange = [one for one in found if one not in wanted]
    return f"{strange[0][:60]!r} does not belong." if strange else ""


def _codes():
    """Return {name in small letters: code} of the parties."""
    if "parties" not in data.names():
        return {}
    parties = data.table("parties")
    return dict(zip(parties["name"].str.casefold(), parties["id"]))


# --- a function -------------------------------------------------------------------------------


def of_error(function, error, case, written):
    """Return what an exception that a learner's function raised means, and what to do."""
    words = str(error)
    for pattern, advice in ERRORS:
        match = re.search(pattern, f"{type(error).__name__}: {words}")
        if match:
            return advice.format(
                *match.groups(), name=getattr(function, "__name__", "it"), n=len(case), call=written
            )
    return ""


ERRORS = [
    (
        r"NameError: name '(math|np|pd|statistics|itertools)' is not",
        "`{0}` has not been fetched. Put the line that imports it at the top of your cell "
        "(`import math`, `import numpy as np`, `import pandas as pd`).",
    ),
    (
        r"NameError: name '(.+?)' is not",
        "The name `{0}` is not known inside. Is it spelled as in the brackets after `def {name}`?",
    ),
    (
        r"UnboundLocalError: .*?'(.+?)'",
        "`{0}` is used before it has a value. Give it one before the loop.",
    ),
    (r"TypeError: .*ellipsis", "There are still three dots `...` in it. Put your own code there."),
    (
        r"TypeError: unsupported operand type\(s\) for \^|ufunc 'bitwise_xor'",
        "A power is written `**`. In Python `^` is something else.",
    ),
    (
        r"truth value of (?:an array|a Series)",
        "`and`, `or`, `if` and `not` cannot take a whole array. Join conditions with `&` and `|`, "
        "each in brackets.",
    ),
    (
        r"TypeError: .*(?:positional argument|takes \d+|takes from)",
        "It is called as {call}, so it must take {n} in its brackets.",
    ),
    (
        r"TypeError: unsupported operand type\(s\) for .*'NoneType'",
        "Something in it is nothing (None). Does a function that you call end with `return`?",
    ),
    (r"RecursionError", "It calls itself without an end."),
    (r"KeyError: '(.+?)'", "There is no column or key called {0!r}."),
]


def no_return(function):
    """Return what to do about a function that gives nothing back."""
    names = getattr(getattr(function, "__code__", None), "co_names", ())
    prints = "You print the result, but your" if "print" in names else "Your"
    return f"{prints} function gives nothing back (None). `print` shows a value, `return` gives it."


def same_code(one, other):
    """Return whether two functions have the same body: the stub that nobody has touched."""
    first, second = (getattr(f, "__code__", None) for f in (one, other))
    if first is None or second is None:
        return False
    parts = ("co_code", "co_names", "co_consts", "co_argcount")
    return all(getattr(first, part) == getattr(second, part) for part in parts)
