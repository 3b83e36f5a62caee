"""One folder a family, one file a rule; a file registers itself by being here."""
