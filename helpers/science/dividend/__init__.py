"""The dividend: what is gained by doing a thing together, as one small number with its question and
unit.

A **gain** is one function of a list of units (dishes, satellites, measurements); it does not fall
when a
unit is added. Three values of it are compared: **alone** (the best single partner with its own
units),
**together** (the units of all partners), and **same size** (that same partner, its own units kept
in place,
raised to the partners' number). Together against alone shows *more*; together against same size
shows
*cooperation itself*, since pooling always adds hardware. `compare` computes all three in one way.
"""

from helpers.science.dividend.comparing import compare
from helpers.science.dividend.growing import each, grown
from helpers.science.dividend.kinds import Access, Compared, Dividend, from_payload
from helpers.science.dividend.shares import shapley
from helpers.science.dividend.values import DividendError
