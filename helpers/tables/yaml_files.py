"""YAML files without surprises: read with errors that name the place, held to a JSON Schema."""

import functools
import json
import math
import re
import reprlib
from pathlib import Path

import fastjsonschema
import yaml

SCHEMAS = {}  # by title; see `schema`


class FileError(ValueError):
    """A bank file that does not hold what it should: the message names file, question, field and
    what is accepted.
    """


def schema(path):
    """Return the JSON Schema in a file, known from then on to `check_schema`."""
    read = json.loads(Path(path).read_text(encoding="utf-8"))
    SCHEMAS[read["title"]] = read
    return read


def text(path):
    """Return the text of a file in UTF-8, with or without a mark in front; raise FileError
    otherwise.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise FileError(
            f"{path.name}, line {line}: not in UTF-8; accepted: save it as UTF-8"
        ) from None


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """YAML whose yes, no, on, off and dates stay text, whose 1e3 is a number and whose double keys
    are errors.
    """


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in pairs
        if tag
        not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:float")
    ]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\d+\.\d*|\.\d+|\d+(?=[eE]))([eE][-+]?\d+)?$"),
    list("-+.0123456789"),
)


def _mapping(loader, node):
    keys = [loader.construct_object(key) for key, _ in node.value]
    double = [key for key in keys if keys.count(key) > 1]
    if double:
        raise FileError(
            f"line {node.start_mark.line + 1}: the key {double[0]!r} stands twice; accepted: once"
        )
    # Keys are names: an option called 1 or true is the text "1" or "true".
    texts = [str(key).lower() if isinstance(key, bool) else str(key) for key in keys]
    return dict(zip(texts, (loader.construct_object(value, deep=True) for _, value in node.value)))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


DEEPEST = 100  # levels of lists and mappings; the schemas know less than ten


def _is_deep(text):
    """Return whether a YAML text may be nested more deeply than anything here: by brackets or
    dashes.
    """
    depth = deepest = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth = max(0, depth + (1 if bracket[0] in "[{" else -1))
        deepest = max(deepest, depth)
    dashes = max(re.findall(r"(?:[-?:] +){20,}", text), key=len, default="")
    indent = max(re.findall(r"^ {20,}", text, re.MULTILINE), key=len, default="")
    return max(deepest, len(dashes) // 2, len(indent)) > DEEPEST


def read_yaml(text, file):
    """Return the mapping that a YAML text holds; raise FileError naming `file` when it holds
    none.
    """
    if _is_deep(text):  # libyaml would take the whole kernel down
        raise FileError(f"{file}: nested too deeply; accepted: at most {DEEPEST} levels")
    try:
        content = yaml.load(text, Loader=_Loader)
    except (yaml.YAMLError, FileError) as problem:
        raise FileError(f"{file}: not readable as YAML: {problem}") from None
    except ValueError as problem:  # such as a whole number of 5,000 digits
        raise FileError(f"{file}: a value is not accepted ({problem})") from None
    _check_values(content, file)
    if not isinstance(content, dict):
        raise FileError(
            f"{file}: {type(content).__name__} is not accepted; accepted: a mapping of fields"
        )
    return content


def _check_values(content, file):
    """Raise FileError for an anchor that is used again, and for a number that no float can hold.

    A few lines of anchors within anchors stand for more than any machine can print, and the text
    of an error would print them.
    """
    seen, waiting = set(), [("", content)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, float) and not math.isfinite(value):
            raise FileError(
                f"{file}, field {name!r}: a number too large; accepted: numbers below 1e308"
            )
        if not isinstance(value, dict | list):
            continue
        if id(value) in seen:
            raise FileError(
                f"{file}, field {name!r}: an anchor (&) used again (*); "
                "accepted: each value written out"
            )
        seen.add(id(value))
        named = value.items() if isinstance(value, dict) else enumerate(value)
        waiting += [(f"{name}.{key}".strip("."), one) for key, one in named]


def check_schema(content, schema, file, items="questions"):
    """Hold `content` to a JSON Schema; raise FileError naming file, item, field, value and what is
    accepted.
    """
    try:
        _validator(schema["title"])(content)
    except fastjsonschema.JsonSchemaException:
        # jsonschema says far better what is wrong, but takes a second to import, which no learner
        # should wait for.
        from jsonschema import Draft7Validator
        from jsonschema.exceptions import best_match

        error = best_match(Draft7Validator(schema).iter_errors(content))
        if error is None:  # the two differ on some corner, and the thorough one decides
            return
        path = list(error.absolute_path)
        where = _where(content, path, items)
        name = (
            ".".join(str(p) for p in (path[2:] if path[:1] == [items] and len(path) > 1 else path))
            or "(the whole)"
        )
        raise FileError(
            f"{file}{where}, field {name!r}: {short(error.instance)} is not accepted; accepted: "
            f"{_accepted(error)}"
        ) from None


@functools.cache
def _validator(title):
    return fastjsonschema.compile(SCHEMAS[title])


def _where(content, path, items):
    if path[:1] != [items] or len(path) < 2:
        return ""
    item = content[items][path[1]]
    return (
        f", {items[:-1]} {item['id']!r}"
        if isinstance(item, dict) and "id" in item
        else f", {items[:-1]} number {path[1] + 1}"
    )


def _accepted(error):
    rule, wanted = error.validator, error.validator_value
    if rule == "required":
        return f"the field {next(w for w in wanted if w not in error.instance)!r} too"
    if rule == "additionalProperties" and isinstance(error.schema.get("properties"), dict):
        return f"only the fields {', '.join(error.schema['properties'])}"
    if rule in ("anyOf", "oneOf"):
        return (
            " or ".join(dict.fromkeys(_accepted(e) for e in error.context))
            or "exactly one of the forms"
        )
    words = {
        "enum": "one of {}",
        "const": "{}",
        "type": "{}",
        "pattern": "text of the pattern {}",
        "minimum": "at least {}",
        "maximum": "at most {}",
        "exclusiveMinimum": "more than {}",
        "minLength": "at least {} characters",
        "maxLength": "at most {} characters",
        "minItems": "at least {} entries",
        "maxItems": "at most {} entries",
        "minProperties": "at least {} entries",
        "uniqueItems": "each entry once",
    }
    listed = ", ".join(map(str, wanted)) if isinstance(wanted, list) else wanted
    return words[rule].replace("{}", str(listed)) if rule in words else error.message


def short(value):
    """Return a value as text of at most 80 characters."""
    text = reprlib.repr(value)
    return text if len(text) < 80 else text[:76] + " ..."
