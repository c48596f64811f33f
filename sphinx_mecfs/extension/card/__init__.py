"""The evidence card: its directive, its nodes and what it shows."""
