"""What belongs to scripts and languages: folds, words, numbers, negations. No comparison."""
