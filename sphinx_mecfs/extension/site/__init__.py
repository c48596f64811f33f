"""What only a website has: metadata in the head of pages, downloads, data for scripts, the explorer, reading aids."""
