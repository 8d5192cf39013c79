"""What a learner has done: an append-only log of events in the learner's own data folder.

Every process writes a file of its own, `log/<time>-<process>-<random>.jsonl`, one JSON object a
line, and all questions about progress are a fold over the lines of all files. One writer a file
needs no locks, so any number of kernels may write at once on every system; a process that dies
mid-line harms the last line of its own file only.

    folder    where the learner's files lie, and what this process remembers
    payloads  which lines of a log are events
    shelf     the events of a folder in their order, each once
    index     what they sum up to, kept beside the logs so that a new run need not read them all
    log       writing events, and reading those of all files in their order
    people    who is working: sign in, rename, take over a guest's answers
    own       the events of the learner who is working
    folds     where a learner stands with each question and exercise
    reviews   what is due for review
"""

from helpers.learning.progress.folder import (
    GUEST,
    HOME_VARIABLE,
    ProgressError,
    forget,
    home,
    notices,
)
from helpers.learning.progress.folds import Item
from helpers.learning.progress.own import (
    append,
    archived,
    events,
    exercises,
    items,
    pack,
    reset,
)
from helpers.learning.progress.people import (
    Learner,
    on_change,
    rename,
    sign_in,
    take_over,
    who,
)
from helpers.learning.progress.reviews import due
