"""What is worked out when a page is written, since it depends on the whole base, and how it becomes output."""
