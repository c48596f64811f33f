"""Records of publications from files and services: read them, find doubles, make keys, and write entries and cards."""
