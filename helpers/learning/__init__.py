"""What a learner does and what is kept of it: quizzes, exercises, progress, the map of the
course.
"""
