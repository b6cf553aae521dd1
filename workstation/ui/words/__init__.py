"""The words, by subject: Chinese as it is written, English by the translation."""
