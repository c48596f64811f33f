"""Studies and case definitions as Sphinx knows them: objects, references, badges, indices and the register page."""
