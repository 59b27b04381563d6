"""Public registers of organisations, read into values that can be matched, and kept in a store of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lichen.face import lazy_face

if TYPE_CHECKING:
    from lichen.registry.index_files.index import Hit as Hit
    from lichen.registry.index_files.index import RegisterIndex as RegisterIndex
    from lichen.registry.index_files.index import write_index as write_index
    from lichen.registry.loading import LoadProgress as LoadProgress
    from lichen.registry.loading import Register as Register
    from lichen.registry.loading import load_register as load_register
    from lichen.registry.manifest import Load as Load
    from lichen.registry.mapped import mapped_register as mapped_register
    from lichen.registry.mapping import TableMapping as TableMapping
    from lichen.registry.mapping import read_mapping as read_mapping
    from lichen.registry.sources import REGISTERS as REGISTERS
    from lichen.registry.store import Store as Store
    from lichen.registry.store import read_store as read_store
    from lichen.registry.synthetic import Made as Made
    from lichen.registry.synthetic import load_synthetic as load_synthetic
    from lichen.registry.synthetic import synthetic_tables as synthetic_tables
    from lichen.registry.twins import TwinRules as TwinRules
    from lichen.registry.twins import Twins as Twins
    from lichen.registry.twins import apply_decisions as apply_decisions
    from lichen.registry.twins import likely_twins as likely_twins
    from lichen.registry.uk_charities import RegisterProgress as RegisterProgress
    from lichen.registry.uk_charities import read_uk_charities as read_uk_charities

__getattr__, __all__ = lazy_face(
    __name__,
    {
        "Hit": "index_files.index",
        "Load": "manifest",
        "LoadProgress": "loading",
        "Made": "synthetic",
        "REGISTERS": "sources",
        "Register": "loading",
        "RegisterIndex": "index_files.index",
        "RegisterProgress": "uk_charities",
        "Store": "store",
        "TableMapping": "mapping",
        "TwinRules": "twins",
        "Twins": "twins",
        "apply_decisions": "twins",
        "likely_twins": "twins",
        "load_register": "loading",
        "load_synthetic": "synthetic",
        "mapped_register": "mapped",
        "read_mapping": "mapping",
        "read_store": "store",
        "read_uk_charities": "uk_charities",
        "synthetic_tables": "synthetic",
        "write_index": "index_files.index",
    },
)
