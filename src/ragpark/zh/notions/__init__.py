"""The data files of `ragpark.zh.wording`: one TOML table a notion."""
