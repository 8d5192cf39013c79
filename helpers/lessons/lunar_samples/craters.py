"""Ages of ground from craters: chronologies, and one tied to a dated place."""

import matplotlib.pyplot as plt
import numpy as np

from helpers import figures
from helpers.base import sphere
from helpers.figures import globe
from helpers.science import moon, samples


def tied_curve(published, tied, plain, site):
    """Return a figure of a chronology as published and tied to a dated site,
    and how a plain is read off the tied one.

    published, tied: samples.Chronology. plain: craters of 1 km and more on 1,000 km2.
    site: (age in Ma, craters of 1 km and more per km2).
    """
    fig, ax = plt.subplots(layout="none")
    fig.subplots_adjust(left=0.09, right=0.985, bottom=0.14, top=0.97)
    time = np.linspace(0, 3.3, 60)
    for curve, colour, dash, label in (
        (published, "green", "--", "as published"),
        (tied, "vermillion", "-", "tied"),
    ):
        line = {"color": figures.COLOURS[colour], "linestyle": dash, "label": label}
        ax.plot(time, 1000 * samples.n1(time, curve), **line)
    read = float(samples.crater_age(plain / 1000, tied))
    ax.plot(
        [0, read, read],
        [plain, plain, 0],
        color=figures.COLOURS["black"],
        linestyle=":",
        linewidth=1.6,
    )
    ax.plot(
        site[0] / 1000,
        1000 * site[1],
        "o",
        color=figures.COLOURS["blue"],
        markeredgecolor=figures.PAPER,
        markersize=10,
        label="dated place",
    )
    ax.set(
        xlim=(0, 3.3),
        ylim=(0, 5),
        xticks=range(4),
        yticks=range(0, 6, 2),
        xlabel="age (Ga)",
        ylabel="craters on 1,000 km2",
    )
    ax.legend(loc="upper left")
    return fig


def chronologies(curves, site):
    """Return a figure of crater chronologies and the place of known age that they may be tied to.

    curves: a table by id with name. site: a row with age (Ga), n1 and n1_sigma (craters of 1 km and
    more a km2).
    """
    time = np.linspace(0.02, 3.9, 300)
    fig, ax = plt.subplots()
    for name, row in curves.iterrows():
        ax.plot(time, 1000 * samples.n1(time, samples.chronology(name)), label=row["name"])
    spot = (site["age"], 1000 * site["n1"])
    ax.errorbar(*spot, yerr=1000 * site["n1_sigma"], fmt="o", color=figures.INK, capsize=6)
    ax.annotate("Chang'e-5", spot, xytext=(10, -18), textcoords="offset points")
    ax.set(
        xlabel="age (Ga, thousand million years)",
        ylabel="craters of 1 km or more\non 1,000 km2",
        ylim=(0, 6),
        title="How old is ground with so many craters?",
    )
    ax.legend()
    return fig


def dated_places(sites, tied):
    """Return a globe of the Moon with the landings whose samples are on the Earth.

    sites: rows of the table lunar_sites; tied: names of the missions whose samples hold the curve.
    """
    holds, radius = sites["mission"].isin(tied), moon.MOON.radius_km
    toward_us = np.cos(np.radians(sites["latitude_deg"])) * np.cos(
        np.radians(sites["longitude_deg"])
    )
    near = (toward_us[holds] > 0).sum()
    seen = "all" if near == holds.sum() else near
    return globe.globe(
        "From where on the Moon are there samples?",
        f"From {len(sites)} landings there are samples. Those of {holds.sum()}, in orange, hold "
        f"the curve; {seen} of them lie on the side that we see. Of the whole "
        f"Moon {far_from(sites, 1000, radius):.0%} lies more than 1,000 km from all "
        f"{len(sites)}.",
        globe.places(sites[holds]),
        globe.places(sites[~holds], colour="sky"),
        body="moon",
        centre=(15.0, 10.0),
    )


def far_from(places, km, radius_km):
    """Return the share of a sphere that lies farther than so many km from every place, 0 to 1.

    places: rows with latitude_deg and longitude_deg; radius_km: of the sphere. By cells of one
    degree, weighted with their area.
    """
    north, east = np.meshgrid(np.arange(-89.5, 90), np.arange(-179.5, 180), indexing="ij")
    area = np.cos(np.radians(north))
    there = sphere.up(places["latitude_deg"].to_numpy(), places["longitude_deg"].to_numpy())
    nearest = np.tensordot(there, sphere.up(north, east), (0, 0)).max(axis=0)
    return float(area[nearest < np.cos(km / radius_km)].sum() / area.sum())
