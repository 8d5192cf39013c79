"""Constants, each with its unit in the name and its source on the line."""

# Earth
# gravity times mass: IERS Conventions 2010 (TN 36), table 1.1, without the last digits
EARTH_MU_KM3_S2 = 398600.4418
EARTH_EQUATORIAL_RADIUS_KM = 6378.137  # WGS 84: NIMA TR8350.2, 3rd edition, table 3.1
EARTH_MEAN_RADIUS_KM = 6371.0088  # (2a + b) / 3 of GRS 80: Moritz 2000, Journal of Geodesy 74, 128
EARTH_J2 = (
    1.0826359e-3  # flattening term of the gravity field: IERS Conventions 2010 (TN 36), table 1.1
)
# one mean turn of the Earth against the equinox (against the stars it is 0.0084 s longer):
# The Astronomical Almanac, section B
SIDEREAL_DAY_S = 86164.0905
EARTH_TURN_RAD_S = (
    7.2921151467e-5  # turn under the stars as navigation messages use it: IS-GPS-200, table 20-IV
)
EARTH_GMST_RAD_S = 7.292115855e-5  # turn against the equinox of date: rate of GMST, IAU 1982
EARTH_GEOID_POTENTIAL_M2_S2 = (
    62636856.0  # gravity and turn at sea level: IERS Conventions 2010, table 1.1
)

# Light
LIGHT_M_S = 299792458.0  # exact, by the definition of the metre: SI Brochure, 9th edition

# Time
DAY_S = 86400.0
UNIX_EPOCH_JD = 2440587.5  # 1970-01-01T00:00 as a Julian date
J2000_JD = 2451545.0  # 2000-01-01T12:00 as a Julian date
