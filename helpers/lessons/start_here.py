"""One turn of a station on the globe, and two bakers side by side: the dividend with nothing of
space in it.
"""

from helpers.figures import globe


def one_turn(station, path, city):
    """Return what stands on the globe: the station at its epoch, the path of one turn, a city.

    station: orbits.ElementSet; path: columns latitude and longitude, degrees; city: a row of the
    table `cities`.
    """
    return [
        globe.satellite(station, station.epoch, 1.54, name="Tiangong", track=None),
        globe.line("One turn", path["latitude"], path["longitude"], label=False),
        globe.places(city),
    ]


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
