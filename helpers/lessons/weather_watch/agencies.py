"""How many agencies see each place, and what goes dark without each owner."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import to_rgb

from helpers import figures
from helpers.science import ring as rings
from helpers.science import weather

NOBODY = "#E8A27C"  # the gap: warm, where all the rest is blue
SHADES = (NOBODY, "#E9F1F7", "#C9DEEE", "#A3C8E3", "#77ADD4", "#4A8FC1", "#2670A6", "#0B4F80")
COLOURS = np.array([to_rgb(shade) for shade in SHADES])


def agency_map(count, satellites=None, place=None):
    """Return a figure of how many agencies see each cell of a world map,
    with coasts on top and the key above.

    count: whole numbers (n, 2n) up to 7, from south to north and west to east; satellites: rows
    with longitude, marked on the equator; place: a row with latitude_deg and longitude_deg, marked
    with a star.
    """
    fig = plt.figure(layout="none")  # the layout engine would take longer than all the rest
    ax = fig.add_axes((0.09, 0.08, 0.83, 0.83))
    ax.imshow(
        (255 * COLOURS).round().astype(np.uint8)[count],
        origin="lower",
        extent=(-180, 180, -90, 90),
        interpolation="nearest",
        gid="chart",
    )
    figures.world_map(ax)
    ax.patches[-1].set(facecolor="none", edgecolor="#55524A")
    if satellites is not None:
        ax.plot(
            satellites["longitude"],
            np.zeros(len(satellites)),
            "o",
            color=figures.COLOURS["black"],
            markersize=6,
            markeredgecolor=figures.PAPER,
        )
    if place is not None:
        ax.plot(
            place["longitude_deg"],
            place["latitude_deg"],
            "*",
            color=figures.COLOURS["vermillion"],
            markersize=20,
            markeredgecolor=figures.PAPER,
        )
    ax.set(xticks=[-120, -60, 0, 60, 120], yticks=[-60, -30, 0, 30, 60])
    ax.grid(visible=False)
    _key(fig)
    return fig


def watcher(satellites, city):
    """Return the function of the figure to explore:
    (owners that take part, largest zenith angle) -> figure, sentence.

    satellites: rows such as `weather.satellites()` gives; city: a row with name, latitude_deg and
    longitude_deg.
    """
    lat, lon, _ = weather.grid(1)
    owned = dict(list(satellites.groupby("operator")))
    lowest = {  # the smallest zenith angle in each cell
        owner: weather.zenith_angle(
            lat[..., None], lon[..., None], own["longitude"].to_numpy()
        ).min(-1)
        for owner, own in owned.items()
    }

    def watch(chosen, zenith):
        cells = np.zeros((180, 360), int) + sum((lowest[o] <= zenith).astype(int) for o in chosen)
        some = {o: owned[o]["longitude"].to_numpy() for o in chosen}
        seen = rings.coverage(np.concatenate([np.empty(0), *some.values()]), zenith)
        once = sum(rings.seen_once(some, zenith).values()) if some else 0.0
        taking_part = satellites[satellites["operator"].isin(chosen)]
        fig = agency_map(cells, taking_part, city)
        return fig, (
            f"{len(chosen)} of {len(owned)} owners {'sees' if len(chosen) == 1 else 'see'} "
            f"{seen:.1%} of the Earth below {zenith} degrees; "
            f"{once:.1%} of the Earth is seen by one of them only. {city['name']} is "
            f"{_best(taking_part, city, zenith)}."
        )

    return watch


def _best(satellites, city, zenith):
    """Return in words who sees a city best."""
    if len(satellites):
        angles = weather.zenith_angle(
            city["latitude_deg"], city["longitude_deg"], satellites["longitude"].to_numpy()
        )
        if angles.min() <= zenith:
            owner = satellites["operator"].iloc[int(angles.argmin())]
            return f"best seen by {owner}, {angles.min():.0f} degrees from straight up"
    return "not seen"


def losses(loss):
    """Return a figure of the share of the Earth that goes dark without each owner; loss:
    a Series of percent by owner.
    """
    fig, ax = plt.subplots(figsize=(10, 4))
    colours = ["sky"] * (len(loss) - 1) + ["vermillion"]  # the last, the largest, stands out
    ax.barh(loss.index, loss, color=[figures.COLOURS[name] for name in colours])
    for row, value in enumerate(loss):
        ax.annotate(
            f"{value:.2f}", (value, row), xytext=(6, 0), textcoords="offset points", va="center"
        )
    ax.set(xlabel="share of the Earth that goes dark (percent)", xlim=(0, 1.15 * loss.iloc[-1]))
    ax.set_title("What goes dark without one owner?")
    return fig


def _key(fig):
    """Write the question, and the colours of 0 to 7 agencies, above the map."""
    figures.heading(fig, "How many agencies see each place?")
    for number, shade in enumerate(SHADES):
        fig.text(
            0.475 + 0.059 * number,
            0.945,
            f" {number if number else 'none'} ",
            color=figures.INK if number < 5 else figures.PAPER,
            ha="center",
            bbox={"facecolor": shade, "edgecolor": figures.GREY, "linewidth": 0.6, "pad": 3},
        )
