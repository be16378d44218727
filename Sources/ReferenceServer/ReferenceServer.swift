// Laid out here; filled in next.
