"""Cut the course's ephemeris out of JPL's DE421: Sun, Earth, Moon and Mars, 2018 to 2036.

Run from the repository, with the package `skyfield-data` installed (it carries de421.bsp):

    python data/scripts/ephemeris.py

Writes data/lunar/de421_2018_2036.bsp, the same bytes each time, and says how large it is.
The polynomials are copied, not fitted again: positions are those of DE421.
Source: Folkner, Williams, Boggs (2009), The Planetary and Lunar Ephemeris DE421,
IPN Progress Report 42-178.
"""

import importlib.util
import sys
from pathlib import Path

from jplephem.calendar import compute_julian_date
from jplephem.excerpter import write_excerpt
from jplephem.spk import SPK

FIRST, LAST = (
    (2018, 1, 1),
    (2037, 1, 1),
)  # Barycentric Dynamical Time; the last day is where the file ends
# Centre and target of each segment: 0 the barycentre of the solar system, 3 that of Earth and
# Moon, 4 that of Mars and its moons, 10 the Sun, 301 the Moon, 399 the Earth, 499 Mars.
SEGMENTS = {(0, 3), (0, 4), (0, 10), (3, 301), (3, 399), (4, 499)}
OUTPUT = Path(__file__).resolve().parents[1] / "lunar" / "de421_2018_2036.bsp"


def full_ephemeris():
    """Return the Path of de421.bsp inside the package skyfield-data, without importing it."""
    found = importlib.util.find_spec("skyfield_data")
    if found is None:
        raise SystemExit(
            "skyfield_data is not installed; accepted: an environment that has it (a build tool, "
            "not a part of the course)"
        )
    return Path(found.submodule_search_locations[0]) / "data" / "de421.bsp"


def excerpt(source, output):
    """Write the segments of SEGMENTS between FIRST and LAST from one file to another."""
    spk = SPK.open(source)
    summaries = [s for s in spk.daf.summaries() if (s[1][3], s[1][2]) in SEGMENTS]
    if len(summaries) != len(SEGMENTS):
        raise SystemExit(f"{source} holds {len(summaries)} of the {len(SEGMENTS)} segments wanted")
    output.parent.mkdir(parents=True, exist_ok=True)
    with open(output, "w+b") as file:
        write_excerpt(spk, file, compute_julian_date(*FIRST), compute_julian_date(*LAST), summaries)
    spk.close()


if __name__ == "__main__":
    excerpt(Path(sys.argv[1]) if len(sys.argv) > 1 else full_ephemeris(), OUTPUT)
    print(f"{OUTPUT.name}: {OUTPUT.stat().st_size:,} bytes")
