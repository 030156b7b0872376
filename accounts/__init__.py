"""Who people are, which unit they belong to, what they may do, whether they are on duty."""
