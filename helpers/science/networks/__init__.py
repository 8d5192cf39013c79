"""Who works with whom: members by date, shared projects as graphs, and what is chance.

Graphs are networkx graphs. In a bipartite graph one side is projects, the other
parties; node attributes "bipartite" (0 = project, 1 = party) tell them apart.
"""

from helpers.science.networks.chance import (
    Chance,
    against_chance,
    overlap_by_chance,
    rewired,
    shuffled,
)
from helpers.science.networks.frameworks import (
    COUNTED,
    FRAMEWORKS,
    NetworkError,
    by_group,
    growth,
    members,
    membership,
    overlap,
    readings_of_17,
    slip,
)
from helpers.science.networks.graphs import (
    bipartite,
    centralities,
    communities,
    partners,
    projects,
    side,
)
from helpers.science.networks.reach import (
    fellows,
    opened,
    reach,
    signed_among,
    standing,
    without,
    without_each,
)
