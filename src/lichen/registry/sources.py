"""The registers that Lichen can read, by the name that they have in the store and on the command line."""

from __future__ import annotations

from lichen.registry.form_990 import filing_entries, filing_rows
from lichen.registry.irs_bmf import business_master_entries, business_master_rows
from lichen.registry.loading import Register
from lichen.registry.ror import research_entries, research_rows
from lichen.registry.three_sixty_giving import grant_entries, grant_rows
from lichen.registry.uk_charities import charity_entries, charity_rows
from lichen.registry.valueflows import intent_entries, intent_rows

__all__ = ["REGISTERS"]

REGISTERS = {
    register.name: register
    for register in (
        Register("uk-charities", charity_rows, charity_entries),
        Register("irs-bmf", business_master_rows, business_master_entries),
        Register("form-990", filing_rows, filing_entries),
        Register("360giving", grant_rows, grant_entries),
        Register("ror", research_rows, research_entries),
        Register("valueflows", intent_rows, intent_entries),
    )
}
"""Every register by its name. Any other table becomes one by a mapping: see ``mapped_register``."""
