"""What is said and how: rules for the words of cards, questions and chapters, and a scan of prose by them."""
