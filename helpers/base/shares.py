"""How sure a share is that was counted in few tries."""

import numpy as np

NORMAL_95 = 1.959963984540054  # of a normal distribution 95 percent lie within so many sigma


def share_interval(hits, tries, sigmas=NORMAL_95):
    """Return the (low, high) share that hits out of tries fit, 0 to 1, with 95 percent confidence.

    Raises ValueError unless 0 <= hits <= tries and tries >= 1.
    Source: E. B. Wilson 1927, Journal of the American Statistical Association 22, 209.
    """
    if not 0 <= hits <= tries or tries < 1:
        raise ValueError(
            f"hits = {hits!r}, tries = {tries!r}; accepted: 0 <= hits <= tries, tries from 1 up"
        )
    share, square = hits / tries, sigmas**2
    middle = (share + square / (2 * tries)) / (1 + square / tries)
    half = (
        sigmas
        / (1 + square / tries)
        * np.sqrt(share * (1 - share) / tries + square / (4 * tries**2))
    )
    return float(max(0.0, middle - half)), float(min(1.0, middle + half))
