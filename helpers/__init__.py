"""Helpers of the Shared Orbits course: data, science, figures, quizzes and progress."""
