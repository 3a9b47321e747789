"""A whole archive of incidents: planned, exported by many workers, and kept as a BagIt bag."""
