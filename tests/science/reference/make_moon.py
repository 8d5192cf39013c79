"""Write tests/reference/moon.json: what skyfield says with JPL's full files, for
tests/test_moon.py.

Run it with two packages more than the tests need, for the files they carry: skyfield-data 7.0.0
(de421.bsp) and lunarsky 1.0.1 (the Moon's orientation by DE421: moon_pa_de421_1900-2050.bpc,
moon_080317.tf):

    python tests/reference/make_moon.py

Positions are in km, barycentric, ICRF axes; orientation is ICRF to the Moon's mean Earth axes of
DE421.
"""

import importlib.util
import json
from pathlib import Path

import numpy as np
from skyfield.api import Loader, PlanetaryConstants

OUTPUT = Path(__file__).with_name("moon.json")
DATES = np.linspace(2458120.0, 2465059.0, 41).round(3)  # Julian dates in TDB, 2018 to 2036


def folder(package):
    return Path(importlib.util.find_spec(package).submodule_search_locations[0]) / "data"


def main():
    load = Loader(folder("skyfield_data"), verbose=False)
    ephemeris, time = load("de421.bsp"), load.timescale(builtin=True).tdb_jd(DATES)
    positions = {
        name: ephemeris[name].at(time).position.km.T.tolist()
        for name in ("Sun", "Earth", "Moon", "Mars")
    }
    constants = PlanetaryConstants()
    lunar = folder("lunarsky")
    with open(lunar / "fk/satellites/moon_080317.tf", "rb") as file:
        constants.read_text(file)
    constants.read_binary(open(lunar / "pck/moon_pa_de421_1900-2050.bpc", "rb"))  # noqa: SIM115 - read from as long as the frame lives
    matrices = constants.build_frame_named("MOON_ME_DE421").rotation_at(time)
    OUTPUT.write_text(
        json.dumps(
            {
                "origin": "skyfield with JPL's DE421 (full file) and MOON_ME_DE421",
                "tdb": DATES.tolist(),
                "position_km": {n: np.round(p, 6).tolist() for n, p in positions.items()},
                "orientation": np.round(np.moveaxis(matrices, 2, 0), 12).tolist(),
            }
        ),
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
