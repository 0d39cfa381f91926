"""What every route really answers: to whom, in which stage of a campaign. See ``table.tsv``."""
