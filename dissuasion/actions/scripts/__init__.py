"""Scripts (话术): drafts are checked and published."""
