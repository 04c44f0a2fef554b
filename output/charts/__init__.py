"""Charts: plain records to pictures for official documents, told by colour, hatch and word.

Each function returns :class:`~duban.output.official.document.Picture` s, one or more: long lists go on in the
next picture. matplotlib is loaded when the first one is drawn. Each may raise
:class:`~duban.model.errors.ChartFontError`: no picture is better than one of empty boxes.
"""

from .bars import Composed, Ranked, UnitLights, composition, progress_by_unit, ranking
from .months import HeatRow, Node, TimedRow, heat_map, timetable

__all__ = [
    "Composed",
    "HeatRow",
    "Node",
    "Ranked",
    "TimedRow",
    "UnitLights",
    "composition",
    "heat_map",
    "progress_by_unit",
    "ranking",
    "timetable",
]
