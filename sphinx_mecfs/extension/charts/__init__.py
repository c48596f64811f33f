"""Figures drawn from the records: the evidence map, and studies by year."""
