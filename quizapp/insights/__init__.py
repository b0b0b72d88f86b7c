"""What a learner remembers, as figures and charts: today, and progress."""
