"""Where people meet the tutor; only these modules print, read and write files, or start processes."""
