"""Constants, each with its unit in the name and its source on the line."""

# Earth
EARTH_MU_KM3_S2 = 398600.4418  # gravity times mass: IERS Conventions 2010 (TN 36), table 1.1, without the last digits
EARTH_EQUATORIAL_RADIUS_KM = 6378.137  # WGS 84: NIMA TR8350.2, 3rd edition, table 3.1
EARTH_J2 = (
    1.0826359e-3  # flattening term of the gravity field: IERS Conventions 2010 (TN 36), table 1.1
)
SIDEREAL_DAY_S = (
    86164.0905  # one turn of the Earth under the stars: The Astronomical Almanac, section B
)
