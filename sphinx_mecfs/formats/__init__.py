"""Writers of bibliographic formats: from plain records to text, without Sphinx and without pybtex."""
