"""From the British National Grid (EPSG:27700) to longitude and latitude, to within about 5 metres.

The formulas are the Ordnance Survey's: "A guide to coordinate systems in Great Britain", annexe C
(eastings and northings to latitude and longitude on the Airy 1830 ellipsoid) and annexe B with
section 6.6 (to cartesian coordinates, the seven-parameter Helmert transformation between OSGB36 and
WGS84, and back). The exact transformation, OSTN15, needs a grid file of 1.25 million shifts; a map
of wards that is drawn a few hundred dots wide does not show the difference.
"""

from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan

WIDEST, TALLEST = 700_000.0, 1_300_000.0
"""The grid ends there: eastings first, northings second."""

AIRY = (6_377_563.396, 6_356_256.909)
WGS84 = (6_378_137.000, 6_356_752.3141)
SCALE = 0.9996012717
ORIGIN = (radians(49.0), radians(-2.0))
FALSE_EAST, FALSE_NORTH = 400_000.0, -100_000.0

MOVED = (446.448, -125.157, 542.060)
TURNED = tuple(radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
GROWN = -20.4894e-6
"""From OSGB36 to WGS84: metres, seconds of arc and parts of one."""


def to_globe(east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude in WGS84, in degrees, of a place in metres on the grid."""
    latitude, longitude = _unprojected(east, north)
    x, y, z = _cartesian(latitude, longitude, AIRY)
    rx, ry, rz = TURNED
    grown = 1 + GROWN
    moved = (
        MOVED[0] + grown * x - rz * y + ry * z,
        MOVED[1] + rz * x + grown * y - rx * z,
        MOVED[2] - ry * x + rx * y + grown * z,
    )
    latitude, longitude = _geodetic(*moved, WGS84)
    return degrees(longitude), degrees(latitude)


def _unprojected(east: float, north: float) -> tuple[float, float]:
    """Latitude and longitude on Airy's ellipsoid in radians: annexe C.2."""
    a, b = AIRY
    e2 = 1 - b**2 / a**2
    latitude = ORIGIN[0] + (north - FALSE_NORTH) / (a * SCALE)
    while abs(rest := north - FALSE_NORTH - _meridian(latitude)) >= 0.00001:
        latitude += rest / (a * SCALE)
    curve = 1 - e2 * sin(latitude) ** 2
    nu, rho = a * SCALE / sqrt(curve), a * SCALE * (1 - e2) / curve**1.5
    eta2 = nu / rho - 1
    t, sec = tan(latitude), 1 / cos(latitude)
    seven = t / (2 * rho * nu)
    eight = t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2)
    nine = t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4)
    ten = sec / nu
    eleven = sec / (6 * nu**3) * (nu / rho + 2 * t**2)
    twelve = sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4)
    twelve_a = sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6)
    d = east - FALSE_EAST
    return (
        latitude - seven * d**2 + eight * d**4 - nine * d**6,
        ORIGIN[1] + ten * d - eleven * d**3 + twelve * d**5 - twelve_a * d**7,
    )


def _meridian(latitude: float) -> float:
    """The length of the meridian from the true origin, in metres: annexe C.1, formula C3."""
    a, b = AIRY
    n = (a - b) / (a + b)
    less, more = latitude - ORIGIN[0], latitude + ORIGIN[0]
    return (b * SCALE) * (
        (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * less
        - (3 * n + 3 * n**2 + 21 / 8 * n**3) * sin(less) * cos(more)
        + (15 / 8 * n**2 + 15 / 8 * n**3) * sin(2 * less) * cos(2 * more)
        - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
    )


def _cartesian(
    latitude: float, longitude: float, ellipsoid: tuple[float, float]
) -> tuple[float, float, float]:
    """Metres from the centre of the earth, at no height: annexe B.1."""
    a, b = ellipsoid
    e2 = 1 - b**2 / a**2
    nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
    return (
        nu * cos(latitude) * cos(longitude),
        nu * cos(latitude) * sin(longitude),
        (1 - e2) * nu * sin(latitude),
    )


def _geodetic(x: float, y: float, z: float, ellipsoid: tuple[float, float]) -> tuple[float, float]:
    """Latitude and longitude in radians of a place near the surface: annexe B.2."""
    a, b = ellipsoid
    e2 = 1 - b**2 / a**2
    around = hypot(x, y)
    latitude, before = atan2(z, around * (1 - e2)), 9.0
    while abs(latitude - before) > 1e-12:
        before = latitude
        nu = a / sqrt(1 - e2 * sin(latitude) ** 2)
        latitude = atan2(z + e2 * nu * sin(latitude), around)
    return latitude, atan2(y, x)
