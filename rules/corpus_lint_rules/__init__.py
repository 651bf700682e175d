"""The built-in rule pack of corpus-lint: one folder a family, one file a rule."""
