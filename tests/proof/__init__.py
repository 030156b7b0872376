"""The long forms of the promises, whole: hours of them, in slices that a later run need not repeat."""
