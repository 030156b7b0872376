"""Words: names as they are kept, listed and read; where words to translate are found besides the code."""
