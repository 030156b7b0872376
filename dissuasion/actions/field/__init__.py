"""The field (现场): what phones say was done, applied step by step; facts are never refused."""
