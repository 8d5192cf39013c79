"""Convert Natural Earth 1:110m (npm package world-atlas 2.0.2) to data/map/land.npz and
data/map/countries.npz.

Run ``python data/scripts/world_map.py FOLDER`` where FOLDER is the unpacked package (``npm pack
world-atlas@2.0.2``). pycountry turns ISO 3166 numeric codes into the three-letter codes that the
other tables use; only this script needs it.

The arrays: `lon_lat` (N, 2) int16 in hundredths of a degree, every ring within 180 degrees west to
180 degrees east; `starts` (R,) first point of each ring (a ring ends where the next begins); in
countries.npz also `iso3` (R,), the country of each ring, empty where the data set shows an area
without an ISO code. Rings follow the even-odd rule within one feature, so a lake or enclave is a
ring of its own.
"""

import json
import sys
from pathlib import Path

import numpy as np

OUT = Path(__file__).resolve().parents[1] / "map"


def decode_arcs(topology):
    """Return the arcs of a TopoJSON dict as a list of (N, 2) arrays, degrees (RFC of the format:
    deltas x scale + offset).
    """
    transform = topology["transform"]
    return [
        np.cumsum(arc, axis=0) * transform["scale"] + transform["translate"]
        for arc in topology["arcs"]
    ]


def ring(arcs, indices):
    """Join arcs into one closed ring; a negative index ~i means arc i backwards."""
    parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
    return np.vstack([parts[0], *(part[1:] for part in parts[1:])])


def unwrap(points):
    """Remove the jumps of 360 degrees; a ring that turns round a pole is closed along the pole's
    edge of the map.
    """
    lon = np.unwrap(points[:, 0], period=360.0)
    points = np.column_stack([lon, points[:, 1]])
    if abs(lon[-1] - lon[0]) > 180:
        pole = np.copysign(90.0, points[:, 1].mean())
        along = np.linspace(lon[-1], lon[0], 37)  # no segment of the edge longer than 10 degrees
        points = np.vstack([points, np.column_stack([along, np.full(37, pole)]), points[:1]])
    return points


def cut(points, edge, keep_below):
    """Cut a closed ring at the meridian `edge` (Sutherland-Hodgman for one line); return the kept
    side, maybe empty.
    """
    inside = points[:, 0] <= edge if keep_below else points[:, 0] >= edge
    kept = []
    for (a, a_in), (b, b_in) in zip(zip(points[:-1], inside[:-1]), zip(points[1:], inside[1:])):
        if a_in:
            kept.append(a)
        if a_in != b_in:
            kept.append([edge, a[1] + (b[1] - a[1]) * (edge - a[0]) / (b[0] - a[0])])
    return np.array([*kept, kept[0]]) if len(kept) > 2 else np.empty((0, 2))


def on_the_map(points):
    """Return the pieces of an unwrapped ring, and of its copies one turn away, that lie within 180
    W to 180 E.
    """
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        shifted = points + [turn, 0.0]
        if shifted[:, 0].max() > -180 and shifted[:, 0].min() < 180:
            piece = cut(shifted, 180.0, True)
            pieces += [cut(piece, -180.0, False)] if len(piece) else []
    return [piece for piece in pieces if len(piece) > 3]


def rings_of(topology, geometry):
    """Return all rings of a polygon or multipolygon, cut at the edge of the map."""
    arcs = decode_arcs(topology)
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [
        piece
        for polygon in polygons
        for indices in polygon
        for piece in on_the_map(unwrap(ring(arcs, indices)))
    ]


def pack(rings):
    """Return the arrays `lon_lat` and `starts` of a list of rings."""
    starts = np.cumsum([0, *(len(r) for r in rings[:-1])]).astype(np.int32)
    return {"lon_lat": np.rint(np.vstack(rings) * 100).astype(np.int16), "starts": starts}


def main(folder):
    import pycountry

    land = json.loads((folder / "land-110m.json").read_text())
    np.savez_compressed(
        OUT / "land.npz",
        **pack([r for g in land["objects"]["land"]["geometries"] for r in rings_of(land, g)]),
    )
    world = json.loads((folder / "countries-110m.json").read_text())
    rings, codes = [], []
    for geometry in world["objects"]["countries"]["geometries"]:
        country = pycountry.countries.get(numeric=geometry.get("id", ""))
        pieces = rings_of(world, geometry)
        rings += pieces
        codes += [country.alpha_3 if country else ""] * len(pieces)
        if not country:
            print("no ISO code:", geometry["properties"]["name"])
    np.savez_compressed(OUT / "countries.npz", **pack(rings), iso3=np.array(codes))
    for path in sorted(OUT.glob("*.npz")):
        print(path.name, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
