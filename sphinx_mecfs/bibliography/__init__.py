"""The bibliography: read it with line numbers, check it, keep it in a cache, format references; no Sphinx."""
