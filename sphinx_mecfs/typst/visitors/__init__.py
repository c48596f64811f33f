"""How each kind of node is written: blocks, inline markup, figures and mathematics, tables, descriptions of code."""
