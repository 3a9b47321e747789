"""Vocabulary: what words, dates and times mean, in every language that is read. It knows texts and no documents."""
