"""Notices of retraction and correction: what a base says against what the sources of notices say."""
