"""Learn a subject together: quizzes and flashcards with spaced repetition."""
