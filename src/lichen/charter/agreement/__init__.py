"""The charter as a document: composed from the alliance's own data, signed, compared and signed again."""
