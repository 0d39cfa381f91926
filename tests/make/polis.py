"""A small consultation in the files that Polis exports, of our own making."""

from collections.abc import Sequence
from pathlib import Path

HEAD_OF_COMMENTS = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"
HEAD_OF_VOTES = "timestamp,datetime,comment-id,voter-id,vote"

COMMENTS = (
    '1600000000000,x,0,1,0,0,1,"Publish every contract, whole"',
    "1600000001000,x,1,1,0,0,0,Let libraries lend tools",
    '1600000002000,x,3,2,0,0,-1,"Buy my\nwatches, ""cheap"""',
    "1600000003000,x,7,3,0,0,1,Nobody votes on this one",
)
VOTES = (
    "1600000009000,x,0,1,1",
    "1600000008000,x,0,1,-1",  # earlier, although it stands later in the file
    "1600000008000,x,0,2,-1",
    "1600000009000,x,0,2,1",  # changed their mind
    "1600000009000,x,0,4,1",
    "1600000009000,x,0,4,0",  # the same moment: the later row is the last word, a pass
    "1600000009000,x,1,4,0",
    "1600000009000,x,1,4,1",  # and here an agreement
    "1600000009000,x,1,5,1",
    "1600000009500,x,1,5,-1",  # taken back
    "1600000009000,x,3,5,1",  # what is moderated out keeps its votes
    "1600000009000,x,1,6,0",  # only ever passed
)
FINAL = {"polis:0": 2, "polis:1": 1, "polis:7": 0}
"""How many agree in the end with each statement that stands."""


def write(
    folder: Path, *, comments: Sequence[str] = COMMENTS, votes: Sequence[str] = VOTES
) -> Path:
    """The files of a consultation, with these rows."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "comments.csv").write_text("\n".join([HEAD_OF_COMMENTS, *comments, ""]), "utf-8")
    (folder / "votes.csv").write_text("\n".join([HEAD_OF_VOTES, *votes, ""]), "utf-8")
    (folder / "summary.csv").write_text('topic,"Open, and lent"\nurl,https://pol.is/x\n', "utf-8")
    return folder
