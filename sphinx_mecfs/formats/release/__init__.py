"""Write a whole base as files for other programs: data, references, a feed and lists of links, all of it pure."""
