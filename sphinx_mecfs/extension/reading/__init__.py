"""What an author wrote where, in either markup: the head of a directive, its sections, and the line of each fault."""
