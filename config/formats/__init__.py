"""How days and times are written, where a language of ours does not do as Django does."""
