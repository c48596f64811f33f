"""What is done from the command line, thin over the rooms above."""
