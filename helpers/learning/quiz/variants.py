"""Variants: parameters drawn from a seed, and answers computed by functions of the science helpers.

A draw is a SHA-256 of learner's seed, lesson, question id, version and count, so it is the same on
every platform and Python. Formulas name a function `module.name` of `helpers`; nothing in a bank
file is ever evaluated.
"""

import dataclasses
import functools
import hashlib
import importlib
import inspect
import math
import os
import re
import reprlib
from decimal import Decimal

from helpers.learning.quiz import units
from helpers.learning.quiz.formulas import REGISTERED

REFERENCE = "reference"  # the seed of the variant that a stored notebook shows
CLASS_VARIABLE = "SHARED_ORBITS_CLASS_WORD"  # an environment variable: one set of numbers for all


class FormulaError(ValueError):
    """A formula that names no function of the helpers, or whose function gives no number."""


@functools.lru_cache(maxsize=None)
def function(name):
    """Return the public function that `name` ("orbits.circular_period") stands for; raise
    FormulaError when there is none.
    """
    if name in REGISTERED:
        return REGISTERED[name]
    module_name, _, wanted = name.partition(".")
    try:
        module = importlib.import_module(f"helpers.science.{module_name}")
    except ModuleNotFoundError:
        raise FormulaError(
            f"no module helpers.science.{module_name}; accepted: a science module, or one of "
            f"{', '.join(REGISTERED)}"
        ) from None
    public = {
        n: f
        for n, f in vars(module).items()
        if inspect.isfunction(f)
        and f.__module__.startswith(module.__name__)
        and not n.startswith("_")
    }
    if wanted not in public:
        raise FormulaError(
            f"no function {wanted!r} in helpers.science.{module_name}; accepted: "
            f"{', '.join(sorted(public))}"
        )
    return public[wanted]


def formulas(question):
    """Return [(field, formula)] of every formula that a question holds."""
    places = [("answer.value", question.answer.get("value"))] if question.kind == "numeric" else []
    places += [(f"wrong.{name}", value) for name, value in question.wrong.items()]
    return [
        (name, value) for name, value in places if isinstance(value, dict) and "function" in value
    ]


def class_seed(word):
    """Return the seed that a class word stands for, whatever its case and the spaces around it."""
    return f"class {' '.join(word.split()).casefold()}"


def seed_for(learner):
    """Return the seed that counts for a learner's own seed: that of the class word where one is
    set.
    """
    word = os.environ.get(CLASS_VARIABLE, "").strip()
    return class_seed(word) if word else learner


def draw(question, seed=REFERENCE, nth=0):
    """Return {parameter: value} of the variant of one learner: `seed` theirs, `nth` how often
    another one was asked for.
    """
    return {
        name: _pick(rule, f"{seed}|{question.lesson}|{question.id}|{question.version}|{nth}|{name}")
        for name, rule in question.params.items()
    }


def _pick(rule, text):
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest(), "big")
    if "choices" in rule:
        return rule["choices"][number % len(rule["choices"])]
    low, high, step = (
        Decimal(str(rule[k])) for k in ("from", "to", "step")
    )  # decimal steps: 0.1 stays 0.1
    value = low + (number % (int((high - low) / step) + 1)) * step
    return int(value) if value == value.to_integral_value() else float(value)


def shuffled(question, names, purpose, seed=REFERENCE):
    """Return `names` in an order drawn for one learner: two learners see two, each the same on
    every day.

    Where one stands says nothing: the place in the list of the bank file plays no part.
    """
    first = "" if seed == REFERENCE else f"{seed}|"
    key = lambda name: hashlib.sha256(
        f"{first}{question.lesson}|{question.id}|{question.version}|{purpose}|{name}".encode()
    ).digest()
    return sorted(names, key=key)


def resolve(question, seed=REFERENCE, nth=0):
    """Return the question with its parameters filled in: words without placeholders, numbers
    instead of formulas.
    """
    values = draw(question, seed, nth)
    if question.kind != "numeric":
        return (
            dataclasses.replace(question, text=_fill(question.text, values)) if values else question
        )
    value = _value(question, "answer.value", question.answer["value"], values)
    answer = dict(question.answer, value=value)
    wrong = {
        name: answer["value"] * value["times"]
        if isinstance(value, dict) and "times" in value
        else _value(question, f"wrong.{name}", value, values)
        for name, value in question.wrong.items()
    }
    words = _fill(
        question.text,
        values | {"answer": f"{printed(answer['value'])} {answer['unit']}".removesuffix(" 1")},
    )
    return dataclasses.replace(question, answer=answer, wrong=wrong, text=words)


def _value(question, field, what, values):
    """Return the number that a field of a bank stands for: itself, or what its formula gives."""
    if not isinstance(what, dict):
        return float(what)
    result = None
    try:
        arguments = {n: _argument(v, values) for n, v in what.get("arguments", {}).items()}
        result = function(what["function"])(**arguments)
        result = result[what["pick"]] if "pick" in what else result
        asked = question.answer["unit"]
        value = units.convert(float(result), what.get("gives", asked), asked)
        if not math.isfinite(value):
            raise ValueError("not finite")
        return value
    except Exception as problem:  # a formula of a bank may call any science with any argument
        raise FormulaError(
            f"question {question.id!r}, field {field!r}: {what['function']} with "
            f"{reprlib.repr(what.get('arguments', {}))} gave {reprlib.repr(result)} "
            f"({type(problem).__name__}: {problem}); accepted: arguments of that function, "
            "and one finite number from it"
        ) from None


def _argument(value, values):
    """Return an argument of a formula; "$height" is the parameter of that name."""
    if not (isinstance(value, str) and value.startswith("$")):
        return value
    if value[1:] not in values:
        raise FormulaError(f"{value} is no parameter; accepted: {', '.join(values) or 'none'}")
    return values[value[1:]]


def _fill(words, values):
    if isinstance(words, str):
        return re.sub(
            r"\{(\w+)\}", lambda m: printed(values[m[1]]) if m[1] in values else m[0], words
        )
    if isinstance(words, dict):
        return {name: _fill(value, values) for name, value in words.items()}
    return [_fill(value, values) for value in words]


def printed(value):
    """Return a number as a reader expects it: four significant digits, no exponent between 0.001
    and a million.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, int) or float(value).is_integer() and abs(value) < 1e6:
        return str(int(value))
    if 1e3 <= abs(value) < 1e6:
        return f"{value:.0f}"
    return f"{value:.4g}"
