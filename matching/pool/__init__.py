"""All opportunities of one municipality as columns, and how they are built and kept up to date."""
