"""What happens in a build around the pages: its events, styles, search index and mathematics."""
