"""Rules of writing to and talking with residents: how often, in which words, what an answer or a call leads to."""
