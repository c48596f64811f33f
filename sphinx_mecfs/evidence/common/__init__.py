"""Rules that a build and a check without one have in common."""
