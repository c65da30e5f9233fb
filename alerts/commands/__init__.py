"""The commands, one file a group, a few lines each."""
