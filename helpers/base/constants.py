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
EARTH_TURN_RAD_S = (
    7.2921151467e-5  # turn under the stars as navigation messages use it: IS-GPS-200, table 20-IV
)
EARTH_GEOID_POTENTIAL_M2_S2 = (
    62636856.0  # gravity and turn at sea level: IERS Conventions 2010, table 1.1
)

# Light
LIGHT_M_S = 299792458.0  # exact, by the definition of the metre: SI Brochure, 9th edition
