"""How sharp a satellite can see: the pixel on the ground, the limit of the lens, the fringe of a
radar.

Three answers to one question. The **ground sample distance** is the ground that one pixel covers,
the
**Rayleigh limit** what a lens can tell apart, a **fringe** the motion of the ground that turns the
colour
of a radar interferogram once round.
"""

import numpy as np

from helpers.base import checks
from helpers.base.constants import EARTH_MEAN_RADIUS_KM, LIGHT_M_S
from helpers.science import imaging

GREEN_M = 550e-9  # m, where the eye and most cameras are most sensitive


def ground_sample_m(height_km, focal_length_m, pixel_um):
    """Return the ground sample distance straight down, m: height times pixel over focal length.

    height_km: above the ground; focal_length_m; pixel_um: pitch of the detector in micrometres.
    Similar triangles on both sides of the lens. All may be arrays. Raises NotAccepted for a
    value not above 0.
    """
    height = checks.positive("height_km", height_km)
    focal = checks.positive("focal_length_m", focal_length_m)
    pixel = checks.positive("pixel_um", pixel_um)
    return height * 1000 * pixel * 1e-6 / focal


def sample_aside_m(ground_sample, look_deg, height_km):
    """Return the ground sample distance of a camera that looks aside, m: along the track, and
    across it.

    ground_sample: m, straight down; look_deg: angle at the satellite between straight down and the
    place. Along the track it grows with the distance, across it also as the ground tilts away:
    divided by the sine of the elevation.
    """
    elevation = np.radians(imaging.elevation_of_look(look_deg, height_km))
    reach = imaging.ground_reach(look_deg, height_km) / EARTH_MEAN_RADIUS_KM
    axis = EARTH_MEAN_RADIUS_KM + np.asarray(height_km)
    away = np.sqrt(
        EARTH_MEAN_RADIUS_KM**2 + axis**2 - 2 * EARTH_MEAN_RADIUS_KM * axis * np.cos(reach)
    )
    along = checks.positive("ground_sample", ground_sample) * away / height_km
    return along, along / np.sin(elevation)


def rayleigh_m(height_km, aperture_m, wavelength_m=GREEN_M):
    """Return the least distance on the ground that a lens can tell apart, m: 1.22 wavelength height
    / aperture.

    The first dark ring of one point falls on the middle of the other (Rayleigh, Philosophical
    Magazine 8 (1879) 261). height_km; aperture_m: diameter; wavelength_m. Raises NotAccepted for
    a value not above 0.
    """
    height = checks.positive("height_km", height_km)
    wide = checks.positive("aperture_m", aperture_m)
    wave = checks.positive("wavelength_m", wavelength_m)
    return 1.22 * wave * height * 1000 / wide


def wavelength_m(frequency_ghz):
    """Return the wavelength of a radio frequency, m."""
    return LIGHT_M_S / (checks.positive("frequency_ghz", frequency_ghz) * 1e9)


def fringe_m(frequency_ghz, look_deg=0.0):
    """Return the ground motion that one fringe of a radar interferogram shows, m.

    Along the line of sight it is half a wavelength, since the wave goes there and back. look_deg:
    with the angle between the line of sight and the vertical given, the upward motion that makes
    one fringe.
    """
    return wavelength_m(frequency_ghz) / 2 / np.cos(np.radians(look_deg))
