"""Files, folders, archives and crawls in, readings or whole folders of tables out, in bounded memory."""
