"""Arrow and Parquet, which come with the extra ``registry``: whoever lacks it is told once, in words."""

from __future__ import annotations

from lichen.errors import ExtraNeeded

try:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq
except ImportError as missing:
    raise ExtraNeeded("registry", "a store of registers") from missing

__all__ = ["pa", "pc", "pq"]
