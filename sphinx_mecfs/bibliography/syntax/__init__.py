"""The syntax of BibTeX files: blocks, entries and strings, read so that one broken entry never hides another."""
