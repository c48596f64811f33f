"""All that knows Sphinx: the domain, directives, roles, nodes and events of the extension."""
