"""ragpark: answers over Chinese documents, each with the passage it came from. Nothing happens at import."""

__version__ = "0.1.0"
