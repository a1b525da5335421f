"""The common Chinese surnames of one character, for a character class; the list is data (`notions/surnames.toml`)."""

from ragpark.zh.wording import notion

SURNAMES = "".join(notion("surname").words)
