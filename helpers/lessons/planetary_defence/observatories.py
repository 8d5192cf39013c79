"""The observatories that looked at 2024 BX1: codes, places, and the map of them."""

from matplotlib.collections import LineCollection
from matplotlib.patheffects import withStroke

from helpers import figures
from helpers.science import campaign
from helpers.tables import data

BLUE, RED = (figures.COLOURS[name] for name in ("blue", "vermillion"))
EUROPE = {"west": -20, "east": 30, "south": 26, "north": 60}
PATCH = {"facecolor": figures.PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 0.5}  # under a code
# Where the codes of the stations stand on the map, degrees east and north: clear of one another.
NAMES = {
    "K88": ("center", (19.5, 50.3)),
    "M38": ("left", (23.5, 49.5)),
    "G34": ("left", (16.0, 52.5)),
    "033": ("right", (8.5, 52.0)),
    "204": ("right", (6.0, 48.6)),
    "203": ("right", (4.5, 46.2)),
    "I93": ("right", (-3.5, 46.0)),
    "958": ("right", (-4.0, 42.0)),
    "K51": ("left", (12.5, 48.3)),
    "L01": ("left", (16.5, 46.0)),
    "G18": ("left", (16.0, 41.5)),
    "104": ("center", (11.0, 39.0)),
    "K63": ("right", (6.5, 41.0)),
    "073": ("center", (25.8, 41.8)),
    "Z31, Z21": ("left", (-13.0, 30.0)),
}


def places():
    """Return {code: place} of the observatories that looked at 2024 BX1."""
    used = set(campaign.bx1().looks.station)
    table = data.table("observatories").set_index("id")["place"]
    return {code: place for code, place in table.items() if code in used}


def stations():
    """Return the observatories that looked at 2024 BX1, each as "code place"."""
    return [f"{code} {place}" for code, place in places().items()]


def strange_codes(codes):
    """Return a sentence on codes that no observatory has: else a slip of the fingers would count
    for nothing, unseen.
    """
    strange = [code for code in codes if code not in places()]
    if not strange:
        return ""
    known = "; ".join(f"{code} {place}" for code, place in places().items())
    named = " or ".join(f'"{code}"' for code in strange)
    return f"No station is called {named}. There are: {known}. "


def station_map(ax, bx1, units):
    """Draw all stations, those that count filled, and the place of the fall."""
    figures.world_map(ax, **EUROPE)
    ax.set_title("filled: counts")
    table = data.table("observatories").query("country != 'USA'")
    used = table["id"].isin({code for code, _ in units}).to_numpy()
    for some, face in ((table[~used], figures.PAPER), (table[used], BLUE)):
        ax.plot(
            some["longitude"], some["latitude"], "o", color=BLUE, markerfacecolor=face, markersize=8
        )
    stands = table.set_index("id")[["longitude", "latitude"]]
    # Fifteen annotations with arrows and rims would take half as long again as the whole figure.
    ways = [(stands.loc[codes[:3]], words) for codes, (_, words) in NAMES.items()]
    ax.add_collection(LineCollection(ways, colors=figures.GREY, linewidths=0.8, zorder=1.9))
    for codes, (at, words) in NAMES.items():
        ax.text(*words, codes, ha=at, va="center", fontsize=11, bbox=PATCH)
    ax.plot(bx1.fall.longitude, bx1.fall.latitude, "*", color=RED, markersize=16)
    ax.annotate(
        "fall",
        (bx1.fall.longitude, bx1.fall.latitude),
        xytext=(0, 12),
        textcoords="offset points",
        color=RED,
        ha="center",
        path_effects=[withStroke(linewidth=3, foreground=figures.PAPER)],
    )
