"""Letters: when they may leave, what they say, how they are sent once and only once, and what comes back."""
