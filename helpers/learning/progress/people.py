"""Who is working: sign in, take a new name, take over what a guest did.

A sign-in is an event of the log, with the seed that this learner's variants are drawn from. Only
the city stands elsewhere, in a file of its own for each learner: logs carry the nickname only.
"""

import hashlib
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass, field

from helpers.base import files
from helpers.learning.progress import folder, log
from helpers.learning.progress.folder import GUEST, ProgressError, kept

MAX_NICKNAME = 40  # characters
MAX_CITY = 80
JOINERS = "\u200c\u200d"  # many scripts, and emoji of several parts, are not written without them


@dataclass(frozen=True)
class Learner:
    """A learner on this machine: nickname, city and the seed that variants are drawn from."""

    nickname: str = GUEST
    city: str = ""
    seed: str = field(default=GUEST, repr=False)


def who():
    """Return the Learner who is working: who signed in here, else who did last, else a guest.

    A kernel stays with the learner whom it knows: a sign-in in another notebook does not turn it
    over to somebody else. Only a guest becomes the one who signs in.
    """
    here = str(folder.home())
    if here not in kept.learners:
        shelf = log.read()
        if shelf.current is None:
            return Learner()
        kept.learners[here] = _learner(shelf.current)
    return kept.learners[here]


def _learner(name):
    return Learner(name, _city(name), log.read().seeds.get(name, name))


def sign_in(nickname, city=None):
    """Say who is working; return the Learner.

    nickname: 1 to 40 letters, digits or signs. city: a name for lessons that look at your sky;
    None keeps the one known. Raises ProgressError for another nickname or city.
    """
    name = _nickname(nickname)
    if city is not None:
        _keep_city(name, _text("city", city, MAX_CITY, least=0))
    _sign_in(name, log.read().seeds.get(name) or secrets.token_hex(8))
    return _changed(name)


def _sign_in(name, seed):
    if log.read().current != name:
        log.write(name, "signed_in", {"seed": seed})


def rename(nickname):
    """Take another nickname; all that you did under the old one stays yours. Return the Learner.

    Raises ProgressError for a guest (sign in, then `take_over`), and for a nickname in use.
    """
    old, name = who(), _nickname(nickname)
    if old.nickname == GUEST:
        raise ProgressError("a guest has no name to change; accepted: sign in, then take_over()")
    theirs = log.read(whole=True).records.get(name)
    if name == GUEST or (theirs and (theirs.active or theirs.archive)):
        raise ProgressError(f"nickname {name!r} is in use; accepted: one that nobody has here")
    if old.city:
        _keep_city(name, old.city)
    _sign_in(name, old.seed)
    log.write(name, "taken_over", {"from": old.nickname, "renamed": True})
    return _changed(name)


def take_over(nickname=GUEST):
    """Count what a guest (or a nickname given by mistake) did as yours; return how many events.

    Raises ProgressError for a guest, who has no name to count it for, and for a name without
    events.
    """
    me, other = who().nickname, unicodedata.normalize("NFC", str(nickname).strip())
    if me == GUEST:
        raise ProgressError("you are a guest; accepted: sign in first")
    records = log.read(whole=True).records
    if other == me or other not in records or not records[other].active:
        names = sorted(n for n, r in records.items() if r.active and n != me)
        raise ProgressError(
            f"nickname {nickname!r} has no answers to take over; "
            f"accepted: {', '.join(map(repr, names)) or 'nobody else worked here'}"
        )
    count = len(records[other].active)
    log.write(me, "taken_over", {"from": other})
    _changed(me)
    return count


# --- what is accepted -------------------------------------------------------------------


def _nickname(value):
    return _text("nickname", value, MAX_NICKNAME)


def _text(what, value, most, least=1):
    """Return a text in one Unicode form, without spaces around it;
    raise ProgressError otherwise.
    """
    accepted = f"accepted: {least} to {most} printable characters"
    if not isinstance(value, str):
        raise ProgressError(f"{what} = {value!r} is no text; {accepted}, in quotes")
    text = unicodedata.normalize("NFC", value.strip())
    strange = [c for c in text if not (c.isprintable() or c in JOINERS)]
    shown = repr(text if len(text) <= 2 * most else f"{text[: 2 * most]}...")
    if strange:
        name = unicodedata.name(strange[0], "a control character")
        raise ProgressError(
            f"{what} {shown} holds U+{ord(strange[0]):04X} ({name.lower()}); {accepted}"
        )
    if not least <= len(text) <= most or (least and not text.strip(JOINERS)):
        raise ProgressError(f"{what} {shown} is not accepted; {accepted}")
    return text


# --- the city ---------------------------------------------------------------------------


def _file(name):
    """Return the Path of a learner's own file;
    its name is a hash, since a nickname may hold a /.
    """
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
    return folder.home() / "profiles" / f"{digest}.json"


def _city(name):
    if _file(name) in kept.cities:
        return kept.cities[_file(name)]
    try:
        return _read(_file(name), name)
    except ProgressError:
        folder.notice(
            f"The file profiles/{_file(name).name} in your data folder could not be read, so your "
            "city is not known; your answers are not touched. Sign in with your city to mend it."
        )
        return ""


def _read(file, name):
    """Return the city in a learner's file, "" where there is none;
    raise ProgressError when it is damaged.
    """
    try:
        found = json.loads(file.read_text(encoding="utf-8-sig"))
        if found["nickname"] == name:
            return _text("city", found["city"], MAX_CITY, least=0)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    raise ProgressError(f"{file} could not be read; accepted: nickname and city as JSON")


def _keep_city(name, city):
    """Keep the city; a file of that name that cannot be read is put aside first,
    not written over.
    """
    file, content = _file(name), {"nickname": name, "city": city}
    try:
        folder.made(file.parent)
        _put_aside_if_damaged(file, name)
        files.replace(file, json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))
    except OSError as problem:
        folder.not_kept(problem)
        kept.cities[file] = city


def _put_aside_if_damaged(file, name):
    try:
        _read(file, name)
    except ProgressError:
        aside = file.with_name(f"{file.stem}.kept-{secrets.token_hex(4)}.json")
        os.replace(file, aside)
        folder.notice(f"A profile that could not be read is kept as profiles/{aside.name}.")


# --- those who show a learner -----------------------------------------------------------

_listeners = []


def on_change(call):
    """Have call() called whenever another learner works in this kernel:
    a page then shows theirs.
    """
    _listeners.append(call)


def _changed(name):
    learner = kept.learners[str(folder.home())] = _learner(name)
    for call in list(_listeners):
        call()
    return learner
