"""Training of Entente's language model; see README.md beside this package."""
