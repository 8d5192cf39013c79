"""Measure the coverage map of lesson 08 beside the same map by zenith angles; prints, asserts
nothing.

    python tests/bench/weather.py

The question: how many of the geostationary weather satellites see each cell of a world map below a
zenith angle of 70 degrees, and how long the drawn picture takes. Times are processor time, the
median of some runs.
"""

import io
import statistics
import time

import matplotlib

from helpers.science import clouds, weather


def median_ms(work, runs, *arguments):
    times = []
    for _ in range(runs):
        start = time.process_time()
        work(*arguments)
        times.append(time.process_time() - start)
    return 1e3 * statistics.median(times)


def views(longitudes, step):
    return weather.views(longitudes, 70, step)


def by_zenith_angle(longitudes, step):
    lat, lon, _ = weather.grid(step)
    return (weather.zenith_angle(lat[..., None], lon[..., None], longitudes) <= 70).sum(axis=-1)


def drawn(longitudes, step):
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 5), dpi=100)
    figure.subplots().imshow(views(longitudes, step), origin="lower", extent=(-180, 180, -90, 90))
    figure.savefig(io.BytesIO(), format="png")


def main():
    matplotlib.use("agg")
    longitudes = weather.satellites()["longitude"].to_numpy()
    first, second = clouds.synthetic_clouds(3.4, -5.7)
    for step in (2.0, 1.0):
        same = (weather.views(longitudes, 70, step) == by_zenith_angle(longitudes, step)).all()
        ours, angles, picture = (
            median_ms(work, runs, longitudes, step)
            for work, runs in ((views, 15), (by_zenith_angle, 5), (drawn, 5))
        )
        print(
            f"{len(longitudes)} satellites, cells of {step:g} degrees: {ours:.1f} ms; by zenith "
            f"angles {angles:.1f} ms (same map: {same}); drawn as PNG {picture:.1f} ms"
        )
    print(
        "one wind from 24 x 24 pixels within 12: "
        f"{median_ms(clouds.displacement, 15, first, second):.1f} ms"
    )


if __name__ == "__main__":
    main()
