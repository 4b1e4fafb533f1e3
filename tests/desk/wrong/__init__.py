"""Tables of what is wrong in, uploads and forms that are wrong in that way out: by hundreds, not one by one."""
