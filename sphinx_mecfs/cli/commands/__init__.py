"""The commands: each takes what was asked for, calls the rooms below, and writes what came of it."""
