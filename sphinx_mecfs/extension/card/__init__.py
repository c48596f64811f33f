"""The evidence card: directive, nodes, what it shows, and how builders write that."""
