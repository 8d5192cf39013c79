"""What a gram of Moon tells: ages and their uncertainties, isochrons, craters, melts.

Ages are in Ma (million years) unless a name says Ga; uncertainties are 1 sigma.
Results of several numbers are named tuples: print one to see what it holds.
"""

from helpers.science.samples.craters import (
    Chronology,
    OLDEST_GA,
    chronology,
    crater_age,
    crater_rate,
    n1,
    production,
    recalibrated,
)
from helpers.science.samples.isochrons import (
    Line,
    RB87,
    RB87_1970,
    RB87_1977,
    SYNTHETIC_PB_PB,
    SYNTHETIC_RB_SR,
    U235,
    U238,
    U238_U235,
    age_from_slope,
    age_sigma,
    pb_pb_age,
    pb_pb_age_sigma,
    pb_pb_slope,
    rescaled_age,
    slope_from_age,
    synthetic_pb_pb,
    synthetic_rb_sr,
    york,
)
from helpers.science.samples.laboratories import (
    Mean,
    Result,
    chi2_p,
    combined_error,
    known,
    measured_again,
    new_instruments,
    one_sigma,
    sigmas_between,
    weighted_mean,
)
from helpers.science.samples.melts import (
    ALUMINIUM,
    FEO,
    K_IN_K2O,
    MGO,
    POTASSIUM,
    TITANIUM,
    basalt_class,
    equilibrium_melt,
    magma_ocean,
    mg_number,
    rayleigh,
    rayleigh_solid,
)
