"""Directives, running text and references in source files of either markup, found without parsing the rest."""
