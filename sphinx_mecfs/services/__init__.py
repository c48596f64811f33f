"""Crossref and PubMed, asked politely; no build needs them."""
