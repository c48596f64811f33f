"""What is written into a base: entries of the bibliography, pages with gaps, and options of cards that are there."""
