"""What a teacher runs: class mode, exports, statistics of questions."""
