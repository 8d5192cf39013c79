"""Shrink NASA's pictures of the Earth and the Moon to what a globe in a page needs:
data/map/earth.webp and moon.webp.

Run ``python data/scripts/pictures.py EARTH MOON`` with two equirectangular pictures, north up,
longitude 180 west at the left edge: the Blue Marble with topography and bathymetry (it is
`example/img/earth-blue-marble.jpg` in the npm package three-globe 2.45.2), and the colour map of
the CGI Moon Kit (`example/moon-landing-sites/lunar_surface.jpg` in the npm package globe.gl
2.46.2). Both are works of NASA and in the public domain; their sources are in data/sources.csv.

1,024 x 512 pixels are 3 to a degree: a ball of 650 pixels shows no more. Mars has no picture: none
was found in a package with a clear licence, so its globe shows sites and lines of longitude and
latitude.
"""

import sys
from pathlib import Path

from PIL import Image

OUT = Path(__file__).resolve().parents[1] / "map"
SIZE = (1024, 512)
QUALITY = 72  # above it the bytes grow and the eye sees no more


def main(earth, moon):
    """Write both pictures."""
    Image.MAX_IMAGE_PIXELS = None  # the Moon's map has 66 million
    for source, name in ((earth, "earth.webp"), (moon, "moon.webp")):
        picture = Image.open(source).convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
        picture.save(OUT / name, "WEBP", quality=QUALITY, method=6)
        print(name, (OUT / name).stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:3])
