"""Practice: one question at a time, its feedback, and what a learner does with it."""
