"""The review log and its projection: the only code that writes `review` and `card`."""
