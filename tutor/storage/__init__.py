"""What a learner did, kept in one SQLite file of the user's."""
