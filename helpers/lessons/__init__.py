"""One module a lesson, by the slug of its notebook: its drawings and what it alone needs."""
