"""The incident record: what a post-mortem is, validated."""
