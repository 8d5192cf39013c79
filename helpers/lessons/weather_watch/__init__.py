"""Drawings of lesson 08: the ring of weather satellites, who sees what, and what they count."""

from helpers.lessons.weather_watch.agencies import (
    agency_map,
    losses,
    watcher,
)
from helpers.lessons.weather_watch.counts import launched, served
from helpers.lessons.weather_watch.geostationary import (
    ring,
    ring_globe,
    zenith,
)
from helpers.lessons.weather_watch.scenes import clouds, day, glows
