"""The charter on the command line: power, weights, votes, the clause and the text to sign."""
