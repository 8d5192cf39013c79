"""The events of a folder in their order, each once, and what they sum up to.

A shelf that was begun from the index (see there) holds the sums of what came before and the events
since. It is the same as one that holds everything, or it says that it needs everything.
"""

import bisect
import hashlib


class NeedsAll(Exception):
    """What came cannot be joined to the sums: the events behind them are needed."""


class Record:
    """One learner's events: those that count, and those from before the last reset."""

    def __init__(self, sums=None):
        self.active, self.archive = [], []
        # name of a fold -> [how many of `active` it has taken, its value]
        self.folds = {name: [0, value] for name, value in (sums or {}).items()}

    def fold(self, name, start, step):
        """Return start() after step(value, event) for each event;
        only new events are stepped through.
        """
        done = self.folds.setdefault(name, [0, start()])
        for event in self.active[done[0] :]:
            step(done[1], event)
        done[0] = len(self.active)
        return done[1]


class Shelf:
    """All events of a folder, in order, each once."""

    def __init__(self):
        self.clear()

    def clear(self):
        """Begin anew with nothing read."""
        self.offsets = {}  # file -> bytes read
        self.digests = {}  # file -> hash of those bytes
        self.order, self.seen, self.turn = [], set(), 0
        self.numbers, self.last = {}, None  # id of a writer -> its last number; the last key
        self.summed = False  # whether the events before are held as sums only
        self._sort_out([])

    def took(self, path, lines):
        """Note that these bytes of a file, behind those before, were read."""
        self.offsets[path] = self.offsets.get(path, 0) + len(lines)
        self.digests.setdefault(path, hashlib.blake2b(digest_size=16)).update(lines)

    def add(self, events):
        """Take events in, each once; whatever comes late goes to its place in the order.

        Raises NeedsAll where that place, or whether it is a copy, is not known from sums.
        """
        new = []
        for event, line in events:
            name = identity(event, line)
            if self.summed and name not in self.seen and self._may_be_a_copy(event):
                raise NeedsAll
            if name not in self.seen:
                self.seen.add(name)
                new.append((key(event), event))
                self.turn = max(self.turn, event.get("turn", 0))
                self._number(event)
        new.sort(key=lambda pair: pair[0])
        late = bool(new) and self.last is not None and new[0][0] < self.last
        if late and self.summed:
            raise NeedsAll
        if new:
            self.last = max(new[-1][0], self.last or new[-1][0])
        if late:
            for pair in new:
                bisect.insort(self.order, pair, key=lambda pair: pair[0])
            self._sort_out(self.order)
        else:
            self.order += new
            for _, event in new:
                self._take(event)

    def _may_be_a_copy(self, event):
        return not event.get("id") or event["n"] <= self.numbers.get(event["id"], 0)

    def _number(self, event):
        if event.get("id"):
            self.numbers[event["id"]] = max(event["n"], self.numbers.get(event["id"], 0))

    def _sort_out(self, order):
        self.records, self.renamed, self.current, self.seeds = {}, {}, None, {}
        for _, event in order:
            self._take(event)

    def record(self, who):
        """Return the Record of a learner, under the name that they have now."""
        return self.records.setdefault(self.renamed.get(who, who), Record())

    def _take(self, event):
        if event["kind"] == "signed_in":
            self.renamed.pop(event["who"], None)  # a name that is free again
            self.current = event["who"]
            self.seeds.setdefault(event["who"], event["payload"]["seed"])
        record = self.record(event["who"])
        if event["kind"] == "reset":
            record.archive += [*record.active, event]
            record.active, record.folds = [], {}
            return
        if event["kind"] == "taken_over":
            self._take_over(record, event)
        record.active.append(event)

    def _take_over(self, record, event):
        """Move what another name did into the record of the event's learner."""
        me, other = event["who"], event["payload"]["from"]
        theirs = self.record(other)
        if theirs is record:
            return
        if self.summed:
            raise NeedsAll
        record.active = sorted(record.active + theirs.active, key=key)
        record.archive += theirs.archive
        record.folds = {}
        theirs.active, theirs.archive, theirs.folds = [], [], {}
        if event["payload"].get("renamed") is True:  # a kernel may go on under the old name
            names = [old for old, new in self.renamed.items() if new == other]
            self.renamed |= dict.fromkeys([*names, other], me)
            self.renamed.pop(me, None)


def identity(event, line):
    """Return what names an event, so that a copy of it is known for one; line:
    the bytes it stood in.
    """
    return (event["id"], event["n"]) if event.get("id") else line


def key(event):
    """Return what events are sorted by: the turn first, the clock only between equal turns."""
    return event.get("turn", 0), event["at"], event.get("id", ""), event["n"]
