"""Two bakers side by side: the dividend with nothing of space in it."""


def shifts_between(opening, closing):
    """Return a search for `dividend.compare`: one owner takes on more hours of work between two
    hours of the day.

    A shift is (owner, hour). Hours that the owner does not work yet are taken first, from the
    morning on; when none is left, a second pair of hands works in an hour that is taken.
    """

    def search(owner, own, more):
        taken = {hour for _, hour in own}
        hours = [hour for hour in range(opening, closing) if hour not in taken]
        hours += list(range(opening, closing)) * more
        return [*own, *((owner, hour) for hour in hours[:more])]

    return search


def hours_open(shifts):
    """Return in how many hours a day at least one shop is open: an hour that is served twice counts
    once.
    """
    return len({hour for _, hour in shifts})
