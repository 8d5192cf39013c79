"""What reads `data/`: tables, element sets, sources."""
