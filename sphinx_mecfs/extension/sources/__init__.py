"""What a run reads before any page: the register and the bibliography, and the way to sphinxcontrib-bibtex."""
