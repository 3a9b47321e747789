"""Rich text of other formats, written down as Markdown that means the same."""
