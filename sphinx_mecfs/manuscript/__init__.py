"""What authors wrote, read without a build: directives and references in source files, and all that is wrong there."""
