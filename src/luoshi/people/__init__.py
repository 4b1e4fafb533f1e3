"""Users, their posts and roles in, what each may see out."""
