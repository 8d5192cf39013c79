"""Where a refusal says "from 2 up" or "above 0", its border is tried: what is said to be accepted
is taken there, and what is just beyond is refused.
"""

import numpy as np
import pytest

from helpers.science import (
    aboard,
    aftershocks,
    availability,
    defence,
    design,
    dividend,
    habitat,
    imaging,
    links,
    mars,
    networks,
    participation,
    quakes,
    radar,
    samples,
    sharing,
    signals,
    transfer,
    twobody,
    weather,
)

CURVE = samples.chronology("neukum-1983")
SATELLITES = imaging.fleet(owners="CGSTL")
GRAPH = networks.bipartite(networks.projects())


def omori(n):
    return aftershocks.fit_omori(np.geomspace(0.01, 9, n), 0, 10)


def shared(**weights):
    return aboard.split(10, weights)


def fleet(n):
    return imaging.same_size(SATELLITES.head(n), 1)


def compared(owners):
    units = {name: [name] for name in "ABC"[:owners]}
    raised = lambda owner, own, more: [*own, *range(1, more + 1)]
    return dividend.compare(
        len, units, at_home=raised, anywhere=raised, question="How many?", unit="units"
    )


def line(n, correlation=0.0):
    x = np.arange(1.0, n + 1)
    return samples.york(x, x / 100, 2 * x + 0.01 * (-1) ** x, x / 100, correlation)


def craters(share):
    return samples.crater_age(share * samples.n1(samples.OLDEST_GA, CURVE), CURVE)


def through(times):
    least = CURVE.a * np.expm1(CURVE.b * 2.0)
    return samples.recalibrated(CURVE, 2.0, least + times * 1e-6)


def ellipse(axis, eccentricity):
    return twobody.state(twobody.Elements(axis, eccentricity, 0.0, 0.0, 0.0, 90.0, 398600.0))


# What is asked, with a value that is accepted, and with one that is refused.
BORDERS = {
    "weights from 0": (lambda x: shared(a=1.0, b=x), 0, -0.5),
    "one weight above 0": (lambda x: shared(a=0, b=x), 0.5, 0),
    "people above 0": (lambda x: aboard.crew_hour(1.0, x), 0.5, 0),
    "hours above 0": (lambda x: aboard.crew_hour(1.0, 1, x), 0.5, 0),
    "hours to 24": (lambda x: aboard.crew_hour(1.0, 1, x), 24, 24.5),
    "five aftershocks": (omori, 5, 4),
    "a chance from 0": (aftershocks.expected_from_chance, 0, -0.5),
    "a chance below 1": (aftershocks.expected_from_chance, 0.99, 1),
    "a step above 0": (lambda x: availability.grid(x), 0.5, 0),
    "albedo to 1": (lambda x: defence.diameter_m(20.0, x), 1, 1.5),
    "two partners": (lambda x: design.Mission("moon", x), ("ISRO", "JAXA"), ("ISRO",)),
    "two owners": (compared, 2, 1),
    "a gain from 0": (lambda x: dividend.values.checked("alone", x), 0, -0.5),
    "a day between ships": (lambda x: stores(x), 1, 0.5),
    "one satellite": (fleet, 1, 0),
    "a fleet of one": (lambda x: imaging.same_size(SATELLITES, x), 1, 0),
    "efficiency to 1": (lambda x: links.dish_gain_db(3, 8000, x), 1, 1.5),
    "inner days above 0": (lambda x: mars.synodic_days(x, 300.0), 0.5, 0),
    "two draws": (lambda x: networks.shuffled(GRAPH, len, x), 2, 1),
    "amounts from 0": (lambda x: participation.gini([x, 1.0]), 0, -0.5),
    "two events": (lambda n: quakes.b_value([4.0, 5.0][:n], 4.0), 2, 1),
    "a mean above": (lambda x: quakes.b_value([4.0, 4.0], 4.0, x), 0.5, 0),
    "bins above 0": (lambda x: quakes.frequency_magnitude([4.0, 5.0], x), 0.5, 0),
    "dip above 0": (lambda x: radar.dipping_layers(dip_deg=x), 0.5, 0),
    "room for c": (through, 0.5, 0),
    "a density from 0": (craters, 0, -0.5),
    "a density to the oldest": (craters, 1, 1.01),
    "three points": (line, 3, 2),
    "correlation to 1": (lambda x: line(4, x), 0.9, 1.5),
    "melt above 0": (lambda x: samples.rayleigh(x, 0.1), 0.01, 0),
    "melt to 1": (lambda x: samples.rayleigh(x, 0.1), 1, 1.01),
    "stages above 0": (lambda x: samples.magma_ocean(0.1, [(1, 0.1), (x, 1.2)]), 0.5, 0),
    "six players": (lambda n: sharing.orders("ABCDEFG"[:n], len), 6, 7),
    "a chance to 1": (lambda x: sharing.at_least(0, 3, x), 1, 1.5),
    "tries from 0": (lambda x: sharing.at_least(0, x, 0.5), 0, -1),
    "the first week": (signals.gps_week, "1980-01-06T00:00:00", "1980-01-05T23:59:59.5"),
    "a burn from 0": (lambda x: transfer.propellant_share(x, 300), 0, -0.5),
    "as far as it goes": (lambda x: twobody.speed_km_s(x, 7000.0, 398600.0), 14000, 14001),
    "a wide ellipse": (lambda x: ellipse(x, 0.5), 0.5, 0),
    "eccentricity from 0": (lambda x: twobody.eccentric_anomaly(1.0, x), 0, -0.5),
    "eccentricity below 1": (lambda x: twobody.eccentric_anomaly(1.0, x), 0.99, 1),
    "masses above 0": (lambda x: twobody.positive("mass", x), 0.5, 0),
    "cells above 0": (weather.grid, 0.5, 0),
    "a cell of half the world": (weather.grid, 180, 360),
}


def stores(every):
    return habitat.store_levels({"water": 5.0}, {"water": 1.0}, 3, {"water": 1.0}, every)


@pytest.mark.parametrize("what", BORDERS)
def test_a_border_stands_where_the_refusal_says(what):
    call, accepted, refused = BORDERS[what]
    call(accepted)
    with pytest.raises(ValueError, match="accepted"):
        call(refused)
