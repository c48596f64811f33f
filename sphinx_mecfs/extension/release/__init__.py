"""The data release of a site: what is kept while pages are read, gathered when all are, and written beside them."""
