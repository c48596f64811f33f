"""Tables over the whole base: studies chosen by a filter, counts, and questions by studies."""
