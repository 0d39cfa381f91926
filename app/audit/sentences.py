"""One human sentence for every kind of event; who did it and when stands beside it.

``%(…)s`` as in ``names.Names.values_for``: references, numbers and titles, never what people wrote.
"""

from app.foundation.language import Sentence, _

SENTENCES: dict[str, Sentence] = {
    # People
    "account.opened": _("%(person)s opened an account."),
    "account.erased": _("Somebody erased their account."),
    "account.suspended": _("The account of %(person)s was suspended."),
    "account.suspension_lifted": _("The suspension of %(person)s was lifted."),
    "account.office_given": _("%(person)s was given an office of the whole site."),
    "account.office_ended": _("An office of the whole site held by %(person)s ended."),
    # Groups
    "group.created": _("The group %(group)s was set up."),
    "group.changed": _("The description of the group %(group)s was changed."),
    "group.member_seated": _("Somebody was given a seat in the group %(group)s."),
    "group.chair_appointed": _("A chair of the group %(group)s was appointed."),
    "group.seat_ended": _("A seat in the group %(group)s ended."),
    # Campaigns
    "campaign.created": _("The campaign %(campaign)s was created."),
    "campaign.changed": _("The campaign %(campaign)s was changed."),
    "campaign.announced": _("The campaign %(campaign)s was announced."),
    "campaign.stage_began": _("The campaign %(campaign)s reached the stage %(stage)s."),
    "campaign.date_moved": _("A date of the campaign %(campaign)s was moved."),
    "campaign.cancelled": _("The campaign %(campaign)s was cancelled."),
    "campaign.office_given": _("An office in the campaign %(campaign)s was given."),
    "campaign.office_ended": _("An office in the campaign %(campaign)s ended."),
    "campaign.imported": _("The consultation %(campaign)s was imported."),
    "campaign.concluded": _("The campaign %(campaign)s was concluded."),
    # Plans
    "plan.created": _("The action plan %(plan)s was created."),
    "plan.changed": _("The action plan %(plan)s was changed."),
    "plan.approved": _("The action plan %(plan)s was approved."),
    # Proposals
    "proposal.submitted": _("Proposal %(proposal)s was handed in."),
    "proposal.published": _("Proposal %(proposal)s was published."),
    "proposal.publication_taken_back": _("The publication of %(proposal)s was taken back."),
    "proposal.returned": _("Proposal %(proposal)s was returned for correction."),
    "proposal.return_taken_back": _("The return of %(proposal)s was taken back."),
    "proposal.revised": _("The text of %(proposal)s was changed: revision %(revision)s."),
    "proposal.merged": _("Proposal %(proposal)s was merged into %(target)s."),
    "proposal.merge_undone": _("Merging %(proposal)s into %(target)s was undone."),
    "proposal.withdrawn": _("Proposal %(proposal)s was withdrawn."),
    "proposal.hidden": _("Proposal %(proposal)s was hidden."),
    "proposal.restored": _("Proposal %(proposal)s can be seen again."),
    "proposal.revision_withheld": _("Revision %(revision)s of %(proposal)s was withheld."),
    "proposal.revision_released": _("Revision %(revision)s of %(proposal)s can be read again."),
    "co_author.invited": _("%(person)s was asked to be named as an author of %(proposal)s."),
    "co_author.accepted": _("%(person)s accepted to be named as an author of %(proposal)s."),
    "co_author.declined": _("%(person)s declined to be named as an author of %(proposal)s."),
    "comment.written": _("A comment on %(proposal)s was written."),
    "comment.edited": _("A comment on %(proposal)s was edited."),
    "comment.hidden": _("A comment on %(proposal)s was hidden."),
    "comment.restored": _("A comment on %(proposal)s can be seen again."),
    # Voting
    "tally.published": _("The votes of the campaign %(campaign)s were counted and published."),
    # Review
    "shortlist.published": _("The shortlist of the campaign %(campaign)s was published."),
    "shortlist.changed": _("The shortlist was changed at %(proposal)s."),
    "review.assigned": _("Proposal %(proposal)s was given to the group %(group)s."),
    "review.conflict_declared": _("A conflict of interest at %(proposal)s was declared."),
    "review.conflict_withdrawn": _(
        "A declared conflict of interest at %(proposal)s was withdrawn."
    ),
    "review.proposal_assessed": _("A member of a group scored %(proposal)s."),
    "review.scores_opened": _("The scores of the group %(group)s were opened."),
    "review.proposal_concluded": _("A group concluded about %(proposal)s."),
    # Commitments
    "proposal.promoted": _("Proposal %(proposal)s became part of commitment No %(commitment)s."),
    "commitment.version_saved": _("Version %(version)s of commitment No %(commitment)s was saved."),
    "commitment.commented": _("A comment on draft commitment No %(commitment)s was written."),
    "commitment.consultation_opened": _(
        "Public consultation of draft commitment No %(commitment)s was opened."
    ),
    "commitment.final": _("Commitment No %(commitment)s was made final."),
    "commitment.approved": _("Commitment No %(commitment)s was approved."),
    "origin.written": _("An origin of commitment No %(commitment)s was written."),
    "origin.retracted": _("An origin of commitment No %(commitment)s was retracted."),
    # Answers
    "proposal.answered": _("Proposal %(proposal)s was answered."),
    # Moderation
    "content.reported": _("Content was reported: report No %(report)s."),
    "decision.taken": _("Decision No %(decision)s was taken."),
    "decision.undone": _("Decision No %(decision)s was taken back."),
    "reports.decided": _("Reports were decided by decision No %(decision)s."),
    "appeal.made": _("Decision No %(decision)s was appealed."),
    "appeal.decided": _("The appeal against decision No %(decision)s was decided."),
}
"""By the event's stored name."""

STAGES: dict[str, Sentence] = {
    "draft": _("In preparation"),
    "announced": _("Announced"),
    "submission": _("Submission"),
    "sorting": _("Sorting"),
    "voting": _("Voting"),
    "review": _("Review"),
    "answering": _("Answering"),
    "concluded": _("Concluded"),
    "cancelled": _("Cancelled"),
}
