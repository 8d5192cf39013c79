"""One subject a module: arrays in, arrays out, no drawing and no widget."""
