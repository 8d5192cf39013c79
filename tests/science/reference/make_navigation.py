"""Write tests/science/reference/navigation.json: what gnss-lib-py says of the Kamakura epoch, for
tests/science/test_navigation.py.

Run it with one package more than the tests need, gnss-lib-py 1.1.0 (half a gigabyte with all that
it brings):

python tests/science/reference/make_navigation.py

For GPS and for Galileo alone (its solver knows one clock): the fix by its weighted least squares
from the corrected pseudoranges, Earth-fixed metres, and its five dilutions of precision, at masks
of 10 and 25 degrees.
"""

import csv
import json
from pathlib import Path

import numpy as np
from gnss_lib_py import NavData
from gnss_lib_py.algorithms.snapshot import solve_wls
from gnss_lib_py.utils.dop import calculate_dop

HERE = Path(__file__).parent
EPOCH = HERE.parents[2] / "data" / "navigation" / "kamakura_epoch.csv"


def numbers(rows, name):
    return np.array([float(row[name]) for row in rows])


def one(rows):
    """Return the fix and the dilutions of precision of some rows, as gnss-lib-py computes them."""
    measured = NavData()
    delays = sum(numbers(rows, name) for name in ("group_delay_m", "ionosphere_m", "troposphere_m"))
    measured["gps_millis"] = np.full(len(rows), 1300190400000.0)
    measured["corr_pr_m"] = (
        numbers(rows, "pseudorange_m") + numbers(rows, "satellite_clock_m") - delays
    )
    for axis in "xyz":
        measured[f"{axis}_sv_m"] = numbers(rows, f"{axis}_m")
    measured["gnss_id"] = np.array([row["system"].lower() for row in rows])
    measured["sv_id"] = np.array([int(row["satellite"][1:]) for row in rows])
    fix = solve_wls(
        measured, sv_rx_time=True
    )  # the table's positions are already in the axes of reception
    measured["el_sv_deg"], measured["az_sv_deg"] = (
        numbers(rows, "elevation_deg"),
        numbers(rows, "azimuth_deg"),
    )
    dop = calculate_dop(measured)
    return {
        "place_m": [float(np.ravel(fix[f"{axis}_rx_wls_m"])[0]) for axis in "xyz"],
        "clock_m": float(np.ravel(fix["b_rx_wls_m"])[0]),
        "dop": {
            name: float(dop[name.upper()]) for name in ("gdop", "pdop", "hdop", "vdop", "tdop")
        },
    }


def main():
    rows = list(csv.DictReader(EPOCH.open(encoding="utf-8")))
    found = {
        f"{system} {mask}": one(
            [r for r in rows if r["system"] == system and float(r["elevation_deg"]) >= mask]
        )
        for system in ("GPS", "Galileo")
        for mask in (10, 25)
    }
    text = json.dumps({"origin": "gnss-lib-py 1.1.0", "fixes": found}, indent=1)
    (HERE / "navigation.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
