"""How the documentation is built: from these pages and the docstrings, without the network."""

from importlib.metadata import version as installed

project = "Lichen"
author = "The Lichen contributors"
copyright = "The Lichen contributors; Apache-2.0"
version = release = installed("lichen")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
suppress_warnings = ["toc.empty_glob"]  # a section may still have no page but its first
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

autodoc_default_options = {"members": True, "imported-members": True, "undoc-members": False}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
napoleon_numpy_docstring = False
napoleon_custom_sections = ["Source"]
python_maximum_signature_line_length = 90

html_theme = "furo"
html_title = "Lichen"
html_copy_source = False
html_show_sourcelink = False


PROSE: dict[str, list[str]] = {}
"""Fields' docstrings as they stand: Napoleon would take ``0 to 1`` in ``0 to 1: how likely`` for a type."""


def keep_prose(_app, what, name, _obj, _options, lines):
    if what in {"attribute", "data", "property"}:
        PROSE[name] = [*lines]


def restore_prose(_app, _what, name, _obj, _options, lines):
    lines[:] = PROSE.pop(name, lines)


def setup(app):
    app.connect("autodoc-process-docstring", keep_prose, priority=400)  # Napoleon's is 500
    app.connect("autodoc-process-docstring", restore_prose, priority=600)
