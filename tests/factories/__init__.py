"""Standing test data: one factory per noun, one module per app."""
