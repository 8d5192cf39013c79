"""The bank for other systems: Moodle XML, and QTI 1.2 for Canvas and others.

    python -m helpers.teaching.export moodle 02_station_orbit quiz.xml
    python -m helpers.teaching.export qti 02_station_orbit quiz.zip

What a class answered goes out by `python -m helpers.teaching.results`.

The standard library's XML writer does it: the packages that write such files drop the feedback on
each distractor or know too few kinds. Exported files hold the keys: they are for graded use
elsewhere, not for learners' folders.
"""

from helpers.teaching.export.moodle_xml import moodle
from helpers.teaching.export.qti_package import qti
