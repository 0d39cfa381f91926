"""Every table of the house, as it is first built."""

import sqlalchemy as sa
from alembic import op

from app.foundation.db import UTCDateTime
from app.foundation.text import LocalizedTextType

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("canonical_email", sa.String(), nullable=True),
        sa.Column("email_confirmed_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("can_sign_in", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("verified_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("suspended_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("suspension_reason", sa.String(), nullable=True),
        sa.Column("erased_at", UTCDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("canonical_email", name=op.f("uq_account_canonical_email")),
    )
    op.create_table(
        "demonstration_clock",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seconds_ahead", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demonstration_clock")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("by_system", sa.Boolean(), nullable=False),
        sa.Column("at", UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index(op.f("ix_event_campaign_id"), "event", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_event_name"), "event", ["name"], unique=False)
    op.create_index(op.f("ix_event_subject"), "event", ["subject"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", LocalizedTextType(), nullable=False),
        sa.Column("goal", LocalizedTextType(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approval_act", LocalizedTextType(), nullable=True),
        sa.Column("approval_link", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("slug", name=op.f("uq_plan_slug")),
    )
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("indexed_at", UTCDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("subject", name=op.f("uq_search_entry_subject")),
    )
    op.create_index(
        op.f("ix_search_entry_campaign_id"), "search_entry", ["campaign_id"], unique=False
    )
    op.create_table(
        "sign_in_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("link_hash", sa.String(), nullable=True),
        sa.Column("code_hash", sa.String(), nullable=True),
        sa.Column("tries_left", sa.Integer(), nullable=False),
        sa.Column("return_to", sa.String(), nullable=False),
        sa.Column("asked_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("used_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("tried_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("mailed_at", UTCDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_request")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_sign_in_request_link_hash")),
        sa.UniqueConstraint("public_id", name=op.f("uq_sign_in_request_public_id")),
    )
    op.create_table(
        "thread",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("reference_prefix", sa.String(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("title", LocalizedTextType(), nullable=False),
        sa.Column("summary", LocalizedTextType(), nullable=False),
        sa.Column("text", LocalizedTextType(), nullable=False),
        sa.Column("rules_text", LocalizedTextType(), nullable=True),
        sa.Column("contact_organisation", LocalizedTextType(), nullable=False),
        sa.Column("contact_person", sa.String(), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("contact_note", LocalizedTextType(), nullable=True),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("announced_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("short_notice_reason", LocalizedTextType(), nullable=True),
        sa.Column("concluded_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.Column(
            "pacing",
            sa.Enum("in_turn", "side_by_side", name="pacing", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("submission_opens_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("submission_closes_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("voting_opens_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("voting_closes_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("review_closes_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("answers_due_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("vote_limit", sa.Integer(), nullable=True),
        sa.Column("shortlist_rule", sa.JSON(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=False),
        sa.Column(
            "to_propose",
            sa.Enum("email", "verified", name="assurance", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "to_comment",
            sa.Enum("email", "verified", name="assurance", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "to_support",
            sa.Enum("email", "verified", name="assurance", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("conclusion_before_promotion", sa.Boolean(), nullable=False),
        sa.Column("is_imported", sa.Boolean(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_campaign_plan_id_plan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("reference_prefix", name=op.f("uq_campaign_reference_prefix")),
        sa.UniqueConstraint("slug", name=op.f("uq_campaign_slug")),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column(
            "position",
            sa.Enum(
                "for", "against", "question", "plain", name="position", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("edited_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hidden_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_comment_author_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["comment.id"], name=op.f("fk_comment_parent_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_comment_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_author_id"), "comment", ["author_id"], unique=False)
    op.create_index(
        "ix_comment_thread_order", "comment", ["thread_id", "parent_id", "id"], unique=False
    )
    op.create_table(
        "demonstration_person",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_demonstration_person_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_demonstration_person")),
    )
    op.create_table(
        "event_delivery",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("listener", sa.String(), nullable=False),
        sa.Column("put_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("done_at", UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_delivery_event_id_event")
        ),
        sa.PrimaryKeyConstraint("event_id", "listener", name=op.f("pk_event_delivery")),
    )
    op.create_index("ix_event_delivery_owed", "event_delivery", ["done_at", "put_at"], unique=False)
    op.create_table(
        "follow",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("since", UTCDateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_follow_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", "subject", name=op.f("pk_follow")),
    )
    op.create_index("ix_follow_subject", "follow", ["subject", "account_id"], unique=False)
    op.create_table(
        "house_appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "office",
            sa.Enum("administrator", "observer", name="houseoffice", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_house_appointment_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"], ["account.id"], name=op.f("fk_house_appointment_ended_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["account.id"], name=op.f("fk_house_appointment_given_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_appointment")),
    )
    op.create_index(
        "ix_house_appointment_held", "house_appointment", ["account_id", "ended_at"], unique=False
    )
    op.create_table(
        "identity",
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("identifier_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("assurance", sa.Integer(), nullable=False),
        sa.Column("proven_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_identity_account_id_account")
        ),
        sa.PrimaryKeyConstraint("provider", "identifier_hash", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_account_id"), "identity", ["account_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("written_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("due_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("taken_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("given_up_because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_letter_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("message_id", name=op.f("uq_letter_message_id")),
    )
    op.create_index(op.f("ix_letter_account_id"), "letter", ["account_id"], unique=False)
    op.create_index(
        "ix_letter_due",
        "letter",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
    )
    op.create_table(
        "preference",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_preference_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_preference")),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("began_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("expires_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("browser", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_session_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_session_token_hash")),
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"], unique=False)
    op.create_table(
        "working_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", LocalizedTextType(), nullable=False),
        sa.Column("mandate", LocalizedTextType(), nullable=False),
        sa.Column("rules", LocalizedTextType(), nullable=False),
        sa.Column("sits_from", sa.Date(), nullable=False),
        sa.Column("sits_until", sa.Date(), nullable=True),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["account.id"], name=op.f("fk_working_group_made_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_group")),
        sa.UniqueConstraint("slug", name=op.f("uq_working_group_slug")),
    )
    op.create_table(
        "ballot",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.LargeBinary(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "sealed",
                "leaving",
                "renewed",
                "void",
                name="ballotstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_ballot_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "tag", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "campaign_appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "office",
            sa.Enum("organiser", "moderator", name="campaignoffice", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("given_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_campaign_appointment_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_appointment_campaign_id_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["ended_by_id"],
            ["account.id"],
            name=op.f("fk_campaign_appointment_ended_by_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"],
            ["account.id"],
            name=op.f("fk_campaign_appointment_given_by_id_account"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_appointment")),
    )
    op.create_index(
        op.f("ix_campaign_appointment_campaign_id"),
        "campaign_appointment",
        ["campaign_id"],
        unique=False,
    )
    op.create_index(
        "ix_campaign_appointment_held",
        "campaign_appointment",
        ["account_id", "ended_at"],
        unique=False,
    )
    op.create_table(
        "claim",
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("until", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_claim_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_claim_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_claim")),
    )
    op.create_index(op.f("ix_claim_campaign_id"), "claim", ["campaign_id"], unique=False)
    op.create_table(
        "comment_version",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "position",
            sa.Enum(
                "for", "against", "question", "plain", name="position", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_version_comment_id_comment")
        ),
        sa.PrimaryKeyConstraint("comment_id", "number", name=op.f("pk_comment_version")),
    )
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "consultation",
                "revised",
                "final",
                "approved",
                name="commitmentstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("current_version", sa.Integer(), nullable=False),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("consultation_opens_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("consultation_closes_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("approval_act", LocalizedTextType(), nullable=True),
        sa.Column("approval_link", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_commitment_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["created_by_id"], ["account.id"], name=op.f("fk_commitment_created_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_commitment_group_id_working_group")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_commitment_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_commitment_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
        sa.UniqueConstraint("campaign_id", "number", name=op.f("uq_commitment_campaign_id_number")),
    )
    op.create_index(op.f("ix_commitment_plan_id"), "commitment", ["plan_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("given_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_consent_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_consent_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "account_id", name=op.f("pk_consent")),
    )
    op.create_table(
        "date_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("which", sa.String(), nullable=False),
        sa.Column("was", UTCDateTime(timezone=True), nullable=False),
        sa.Column("now", UTCDateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("is_prolongation", sa.Boolean(), nullable=False),
        sa.Column("changed_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_date_change_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_date_change_changed_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_date_change")),
    )
    op.create_index(
        op.f("ix_date_change_campaign_id"), "date_change", ["campaign_id"], unique=False
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column(
            "sector",
            sa.Enum(
                "state",
                "municipality",
                "ngo",
                "business",
                "academia",
                "citizen",
                name="sector",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_chair", sa.Boolean(), nullable=False),
        sa.Column("substitute_for_id", sa.Integer(), nullable=True),
        sa.Column("began_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("ended_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_membership_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_membership_group_id_working_group")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_for_id"],
            ["membership.id"],
            name=op.f("fk_membership_substitute_for_id_membership"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_account_id"), "membership", ["account_id"], unique=False)
    op.create_index(op.f("ix_membership_group_id"), "membership", ["group_id"], unique=False)
    op.create_index(
        "uq_membership_open_seat",
        "membership",
        ["group_id", "account_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("told_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("read_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("wants_mail", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_notification_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_notification_letter_id_letter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("account_id", "about", name=op.f("uq_notification_account_id_about")),
    )
    op.create_index("ix_notification_inbox", "notification", ["account_id", "id"], unique=False)
    op.create_index(op.f("ix_notification_letter_id"), "notification", ["letter_id"], unique=False)
    op.create_index(
        "ix_notification_unmailed",
        "notification",
        ["account_id"],
        unique=False,
        sqlite_where=sa.text("letter_id IS NULL AND wants_mail"),
        postgresql_where=sa.text("letter_id IS NULL AND wants_mail"),
    )
    op.create_index(
        "ix_notification_unread",
        "notification",
        ["account_id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "participation",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "n >= 0 AND (most IS NULL OR n <= most)", name=op.f("ck_participation_within_limit")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_participation_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_participation_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "account_id", name=op.f("pk_participation")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "promise_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.Column("now", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changed_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_promise_change_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["account.id"], name=op.f("fk_promise_change_changed_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_change")),
    )
    op.create_index(
        op.f("ix_promise_change_campaign_id"), "promise_change", ["campaign_id"], unique=False
    )
    op.create_table(
        "register",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("key_check", sa.String(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("opened_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("closed_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("erased_people", sa.Integer(), nullable=False),
        sa.Column("erased_supports", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_register_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_register")),
    )
    op.create_table(
        "review_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_review_round_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_review_round_group_id_working_group")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by_id"], ["account.id"], name=op.f("fk_review_round_opened_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_round")),
        sa.UniqueConstraint(
            "campaign_id",
            "group_id",
            "number",
            name=op.f("uq_review_round_campaign_id_group_id_number"),
        ),
    )
    op.create_index(op.f("ix_review_round_group_id"), "review_round", ["group_id"], unique=False)
    op.create_table(
        "saved_phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_saved_phrase_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_saved_phrase_written_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_phrase")),
    )
    op.create_index(
        op.f("ix_saved_phrase_campaign_id"), "saved_phrase", ["campaign_id"], unique=False
    )
    op.create_table(
        "stage_announcement",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("announced_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_stage_announcement_campaign_id_campaign"),
        ),
        sa.PrimaryKeyConstraint("campaign_id", "stage", name=op.f("pk_stage_announcement")),
    )
    op.create_table(
        "tally",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("supports", sa.Integer(), nullable=False),
        sa.Column("verified", sa.Integer(), nullable=False),
        sa.Column("eligible", sa.Integer(), nullable=True),
        sa.Column("counted_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_tally_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_tally")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", LocalizedTextType(), nullable=False),
        sa.Column("hint", LocalizedTextType(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_theme_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["working_group.id"], name=op.f("fk_theme_group_id_working_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("campaign_id", "key", name=op.f("uq_theme_campaign_id_key")),
    )
    op.create_table(
        "commitment_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column(
            "was",
            sa.Enum(
                "draft",
                "consultation",
                "revised",
                "final",
                "approved",
                name="commitmentstate",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "became",
            sa.Enum(
                "draft",
                "consultation",
                "revised",
                "final",
                "approved",
                name="commitmentstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("taken_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_commitment_step_commitment_id_commitment"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["account.id"], name=op.f("fk_commitment_step_taken_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment_step")),
    )
    op.create_index(
        op.f("ix_commitment_step_commitment_id"), "commitment_step", ["commitment_id"], unique=False
    )
    op.create_table(
        "commitment_version",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", LocalizedTextType(), nullable=False),
        sa.Column("lead_institution", sa.String(), nullable=False),
        sa.Column("supporting", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("problem", LocalizedTextType(), nullable=False),
        sa.Column("causes", LocalizedTextType(), nullable=False),
        sa.Column("done", LocalizedTextType(), nullable=False),
        sa.Column("solution", LocalizedTextType(), nullable=False),
        sa.Column("results", LocalizedTextType(), nullable=False),
        sa.Column("transparency", LocalizedTextType(), nullable=False),
        sa.Column("accountability", LocalizedTextType(), nullable=False),
        sa.Column("participation", LocalizedTextType(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("written_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id"],
            ["commitment.id"],
            name=op.f("fk_commitment_version_commitment_id_commitment"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"],
            ["account.id"],
            name=op.f("fk_commitment_version_written_by_id_account"),
        ),
        sa.PrimaryKeyConstraint("commitment_id", "number", name=op.f("pk_commitment_version")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("external_reference", sa.String(), nullable=True),
        sa.Column("draft_key", sa.String(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("on_behalf_of", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_folded", sa.String(), nullable=False),
        sa.Column("lemmas", sa.String(), nullable=False),
        sa.Column("situation", sa.String(), nullable=False),
        sa.Column("solution", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "published",
                "merged",
                "withdrawn",
                "hidden",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_reason", sa.String(), nullable=True),
        sa.Column("current_revision", sa.Integer(), nullable=False),
        sa.Column("is_checked", sa.Boolean(), nullable=False),
        sa.Column("was_restored_after_opening", sa.Boolean(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("online", "paper", name="channel", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("entered_by_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("thread_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("saved_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("published_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("votable_from", UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["account.id"], name=op.f("fk_proposal_author_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_proposal_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["account.id"], name=op.f("fk_proposal_entered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["proposal.id"], name=op.f("fk_proposal_merged_into_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_proposal_theme_id_theme")
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_proposal_thread_id_thread")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("author_id", "draft_key", name=op.f("uq_proposal_author_id_draft_key")),
        sa.UniqueConstraint(
            "campaign_id",
            "external_reference",
            name=op.f("uq_proposal_campaign_id_external_reference"),
        ),
        sa.UniqueConstraint("reference", name=op.f("uq_proposal_reference")),
    )
    op.create_index(op.f("ix_proposal_author_id"), "proposal", ["author_id"], unique=False)
    op.create_index("ix_proposal_list", "proposal", ["campaign_id", "state", "id"], unique=False)
    op.create_index(
        op.f("ix_proposal_merged_into_id"), "proposal", ["merged_into_id"], unique=False
    )
    op.create_index(
        "ix_proposal_newest",
        "proposal",
        ["campaign_id", "state", "published_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_proposal_theme_id"), "proposal", ["theme_id"], unique=False)
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "adopted",
                "adopted_in_part",
                "adopted_together",
                "taken_into_account",
                "already_covered",
                "referred",
                "not_adopted",
                "out_of_scope",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("referred_to", sa.String(), nullable=True),
        sa.Column("on_behalf_of", sa.String(), nullable=False),
        sa.Column("answered_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["account.id"], name=op.f("fk_answer_answered_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_answer_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("proposal_id", "number", name=op.f("uq_answer_proposal_id_number")),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("concerns_id", sa.Integer(), nullable=True),
        sa.Column(
            "act",
            sa.Enum(
                "hide",
                "keep",
                "return",
                "restore",
                "withhold",
                "suspend",
                "lift",
                name="decisionact",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("decided_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_decision_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["concerns_id"], ["account.id"], name=op.f("fk_decision_concerns_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_decision_decided_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_decision_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["account.id"], name=op.f("fk_decision_undone_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_campaign_id"), "decision", ["campaign_id"], unique=False)
    op.create_index(op.f("ix_decision_concerns_id"), "decision", ["concerns_id"], unique=False)
    op.create_index(op.f("ix_decision_proposal_id"), "decision", ["proposal_id"], unique=False)
    op.create_index(op.f("ix_decision_subject"), "decision", ["subject"], unique=False)
    op.create_table(
        "hidden_while_voting",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("hidden_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_hidden_while_voting_campaign_id_campaign"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
            name=op.f("fk_hidden_while_voting_proposal_id_proposal"),
        ),
        sa.PrimaryKeyConstraint("campaign_id", "proposal_id", name=op.f("pk_hidden_while_voting")),
    )
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("merged_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("undo_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_by_id"], ["account.id"], name=op.f("fk_merge_merged_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["proposal.id"], name=op.f("fk_merge_source_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["target_id"], ["proposal.id"], name=op.f("fk_merge_target_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["account.id"], name=op.f("fk_merge_undone_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index(op.f("ix_merge_source_id"), "merge", ["source_id"], unique=False)
    op.create_index(op.f("ix_merge_target_id"), "merge", ["target_id"], unique=False)
    op.create_table(
        "milestone",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", LocalizedTextType(), nullable=False),
        sa.Column("output", LocalizedTextType(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id", "version"],
            ["commitment_version.commitment_id", "commitment_version.number"],
            name=op.f("fk_milestone_commitment_id_version_commitment_version"),
        ),
        sa.PrimaryKeyConstraint("commitment_id", "version", "number", name=op.f("pk_milestone")),
    )
    op.create_table(
        "revision",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("situation", sa.String(), nullable=False),
        sa.Column("solution", sa.String(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "author", "merge", "moderator", name="revisionkind", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("written_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("withheld_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("withheld_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_revision_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_revision_written_by_id_account")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "number", name=op.f("pk_revision")),
    )
    op.create_table(
        "shortlist_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("round_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("by_rule", sa.Boolean(), nullable=False),
        sa.Column("entered_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_reason", sa.String(), nullable=True),
        sa.Column("removed_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.Column("removed_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["account.id"], name=op.f("fk_shortlist_entry_added_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_shortlist_entry_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["working_group.id"],
            name=op.f("fk_shortlist_entry_group_id_working_group"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_shortlist_entry_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["removed_by_id"], ["account.id"], name=op.f("fk_shortlist_entry_removed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["review_round.id"], name=op.f("fk_shortlist_entry_round_id_review_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_entry")),
        sa.UniqueConstraint(
            "campaign_id", "proposal_id", name=op.f("uq_shortlist_entry_campaign_id_proposal_id")
        ),
    )
    op.create_index(
        op.f("ix_shortlist_entry_group_id"), "shortlist_entry", ["group_id"], unique=False
    )
    op.create_index(
        op.f("ix_shortlist_entry_proposal_id"), "shortlist_entry", ["proposal_id"], unique=False
    )
    op.create_index(
        op.f("ix_shortlist_entry_round_id"), "shortlist_entry", ["round_id"], unique=False
    )
    op.create_table(
        "shortlisted",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["tally.campaign_id"], name=op.f("fk_shortlisted_campaign_id_tally")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_shortlisted_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "proposal_id", name=op.f("pk_shortlisted")),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column(
            "was",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "published",
                "merged",
                "withdrawn",
                "hidden",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "became",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "published",
                "merged",
                "withdrawn",
                "hidden",
                name="state",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("taken_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_step_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["taken_by_id"], ["account.id"], name=op.f("fk_step_taken_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_index(op.f("ix_step_proposal_id"), "step", ["proposal_id"], unique=False)
    op.create_table(
        "tally_count",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("supports", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("place_in_theme", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["tally.campaign_id"], name=op.f("fk_tally_count_campaign_id_tally")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_tally_count_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("campaign_id", "proposal_id", name=op.f("pk_tally_count")),
    )
    op.create_table(
        "appeal",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("appealed_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("appealed_by_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("upheld", "rejected", name="appealoutcome", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("reasons", sa.String(), nullable=True),
        sa.Column("reasons_language", sa.String(), nullable=True),
        sa.Column("decided_at", UTCDateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["appealed_by_id"], ["account.id"], name=op.f("fk_appeal_appealed_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["account.id"], name=op.f("fk_appeal_decided_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_appeal_decision_id_decision")
        ),
        sa.PrimaryKeyConstraint("decision_id", name=op.f("pk_appeal")),
    )
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("impact", sa.Integer(), nullable=False),
        sa.Column("feasibility", sa.Integer(), nullable=False),
        sa.Column("openness", sa.Integer(), nullable=False),
        sa.Column("clarity", sa.Integer(), nullable=False),
        sa.Column(
            "recommendation",
            sa.Enum(
                "take_up",
                "take_up_in_part",
                "combine",
                "background",
                "already_done",
                "refer",
                "do_not_take_up",
                "out_of_scope",
                name="recommendation",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("assessed_at", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assessment_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["shortlist_entry.id"],
            name=op.f("fk_assessment_entry_id_shortlist_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["seat_id"], ["membership.id"], name=op.f("fk_assessment_seat_id_membership")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("entry_id", "seat_id", name=op.f("uq_assessment_entry_id_seat_id")),
    )
    op.create_index(op.f("ix_assessment_account_id"), "assessment", ["account_id"], unique=False)
    op.create_table(
        "co_author",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "invited",
                "accepted",
                "declined",
                name="coauthorstate",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_merge_id", sa.Integer(), nullable=True),
        sa.Column("since", UTCDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_co_author_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["by_merge_id"], ["merge.id"], name=op.f("fk_co_author_by_merge_id_merge")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_co_author_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("proposal_id", "account_id", name=op.f("pk_co_author")),
    )
    op.create_table(
        "conclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "recommendation",
            sa.Enum(
                "take_up",
                "take_up_in_part",
                "combine",
                "background",
                "already_done",
                "refer",
                "do_not_take_up",
                "out_of_scope",
                name="recommendation",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.Column("dissent", sa.String(), nullable=False),
        sa.Column("referred_to", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("concluded_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("concluded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["concluded_by_id"], ["account.id"], name=op.f("fk_conclusion_concluded_by_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["shortlist_entry.id"],
            name=op.f("fk_conclusion_entry_id_shortlist_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conclusion")),
        sa.UniqueConstraint("entry_id", "number", name=op.f("uq_conclusion_entry_id_number")),
    )
    op.create_table(
        "conflict_of_interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("declared_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", UTCDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_conflict_of_interest_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["shortlist_entry.id"],
            name=op.f("fk_conflict_of_interest_entry_id_shortlist_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict_of_interest")),
    )
    op.create_index(
        op.f("ix_conflict_of_interest_account_id"),
        "conflict_of_interest",
        ["account_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_conflict_of_interest_entry_id"), "conflict_of_interest", ["entry_id"], unique=False
    )
    op.create_table(
        "origin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "title",
                "problem",
                "causes",
                "done",
                "solution",
                "results",
                "transparency",
                "accountability",
                "participation",
                name="field",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("passage", sa.String(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("proposal_field", sa.String(), nullable=True),
        sa.Column("proposal_passage", sa.String(), nullable=True),
        sa.Column(
            "relation",
            sa.Enum(
                "adopted",
                "adopted_in_part",
                "combined",
                "inspired",
                name="relation",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "other_kind",
            sa.Enum(
                "survey",
                "meeting",
                "institution",
                "existing_duty",
                name="sourcekind",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("other_source", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("written_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("written_by_id", sa.Integer(), nullable=False),
        sa.Column("is_promotion", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["commitment_id", "version"],
            ["commitment_version.commitment_id", "commitment_version.number"],
            name=op.f("fk_origin_commitment_id_version_commitment_version"),
        ),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_origin_commitment_id_commitment")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id", "revision"],
            ["revision.proposal_id", "revision.number"],
            name=op.f("fk_origin_proposal_id_revision_revision"),
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_origin_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["account.id"], name=op.f("fk_origin_written_by_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_origin")),
    )
    op.create_index(op.f("ix_origin_proposal_id"), "origin", ["proposal_id"], unique=False)
    op.create_index("ix_origin_version", "origin", ["commitment_id", "version"], unique=False)
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("reported_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_report_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_report_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_report_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["account.id"], name=op.f("fk_report_reporter_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_decision_id"), "report", ["decision_id"], unique=False)
    op.create_index(
        "ix_report_open", "report", ["campaign_id", "decision_id", "reported_at"], unique=False
    )
    op.create_index(op.f("ix_report_subject"), "report", ["subject"], unique=False)
    op.create_table(
        "shortlist_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "added",
                "removed",
                "left",
                "returned",
                name="changekind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("changed_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by_id"],
            ["account.id"],
            name=op.f("fk_shortlist_change_changed_by_id_account"),
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["shortlist_entry.id"],
            name=op.f("fk_shortlist_change_entry_id_shortlist_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortlist_change")),
    )
    op.create_index(
        op.f("ix_shortlist_change_entry_id"), "shortlist_change", ["entry_id"], unique=False
    )
    op.create_table(
        "origin_retraction",
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("retracted_at", UTCDateTime(timezone=True), nullable=False),
        sa.Column("retracted_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["origin_id"], ["origin.id"], name=op.f("fk_origin_retraction_origin_id_origin")
        ),
        sa.ForeignKeyConstraint(
            ["retracted_by_id"],
            ["account.id"],
            name=op.f("fk_origin_retraction_retracted_by_id_account"),
        ),
        sa.PrimaryKeyConstraint("origin_id", name=op.f("pk_origin_retraction")),
    )


def downgrade() -> None:
    op.drop_table("origin_retraction")
    op.drop_index(op.f("ix_shortlist_change_entry_id"), table_name="shortlist_change")
    op.drop_table("shortlist_change")
    op.drop_index(op.f("ix_report_subject"), table_name="report")
    op.drop_index("ix_report_open", table_name="report")
    op.drop_index(op.f("ix_report_decision_id"), table_name="report")
    op.drop_table("report")
    op.drop_index("ix_origin_version", table_name="origin")
    op.drop_index(op.f("ix_origin_proposal_id"), table_name="origin")
    op.drop_table("origin")
    op.drop_index(op.f("ix_conflict_of_interest_entry_id"), table_name="conflict_of_interest")
    op.drop_index(op.f("ix_conflict_of_interest_account_id"), table_name="conflict_of_interest")
    op.drop_table("conflict_of_interest")
    op.drop_table("conclusion")
    op.drop_table("co_author")
    op.drop_index(op.f("ix_assessment_account_id"), table_name="assessment")
    op.drop_table("assessment")
    op.drop_table("appeal")
    op.drop_table("tally_count")
    op.drop_index(op.f("ix_step_proposal_id"), table_name="step")
    op.drop_table("step")
    op.drop_table("shortlisted")
    op.drop_index(op.f("ix_shortlist_entry_round_id"), table_name="shortlist_entry")
    op.drop_index(op.f("ix_shortlist_entry_proposal_id"), table_name="shortlist_entry")
    op.drop_index(op.f("ix_shortlist_entry_group_id"), table_name="shortlist_entry")
    op.drop_table("shortlist_entry")
    op.drop_table("revision")
    op.drop_table("milestone")
    op.drop_index(op.f("ix_merge_target_id"), table_name="merge")
    op.drop_index(op.f("ix_merge_source_id"), table_name="merge")
    op.drop_table("merge")
    op.drop_table("hidden_while_voting")
    op.drop_index(op.f("ix_decision_subject"), table_name="decision")
    op.drop_index(op.f("ix_decision_proposal_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_concerns_id"), table_name="decision")
    op.drop_index(op.f("ix_decision_campaign_id"), table_name="decision")
    op.drop_table("decision")
    op.drop_table("answer")
    op.drop_index(op.f("ix_proposal_theme_id"), table_name="proposal")
    op.drop_index("ix_proposal_newest", table_name="proposal")
    op.drop_index(op.f("ix_proposal_merged_into_id"), table_name="proposal")
    op.drop_index("ix_proposal_list", table_name="proposal")
    op.drop_index(op.f("ix_proposal_author_id"), table_name="proposal")
    op.drop_table("proposal")
    op.drop_table("commitment_version")
    op.drop_index(op.f("ix_commitment_step_commitment_id"), table_name="commitment_step")
    op.drop_table("commitment_step")
    op.drop_table("theme")
    op.drop_table("tally")
    op.drop_table("stage_announcement")
    op.drop_index(op.f("ix_saved_phrase_campaign_id"), table_name="saved_phrase")
    op.drop_table("saved_phrase")
    op.drop_index(op.f("ix_review_round_group_id"), table_name="review_round")
    op.drop_table("review_round")
    op.drop_table("register")
    op.drop_index(op.f("ix_promise_change_campaign_id"), table_name="promise_change")
    op.drop_table("promise_change")
    op.drop_table("participation")
    op.drop_index(
        "ix_notification_unread",
        table_name="notification",
        sqlite_where=sa.text("read_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.drop_index(
        "ix_notification_unmailed",
        table_name="notification",
        sqlite_where=sa.text("letter_id IS NULL AND wants_mail"),
        postgresql_where=sa.text("letter_id IS NULL AND wants_mail"),
    )
    op.drop_index(op.f("ix_notification_letter_id"), table_name="notification")
    op.drop_index("ix_notification_inbox", table_name="notification")
    op.drop_table("notification")
    op.drop_index(
        "uq_membership_open_seat",
        table_name="membership",
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.drop_index(op.f("ix_membership_group_id"), table_name="membership")
    op.drop_index(op.f("ix_membership_account_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_date_change_campaign_id"), table_name="date_change")
    op.drop_table("date_change")
    op.drop_table("consent")
    op.drop_index(op.f("ix_commitment_plan_id"), table_name="commitment")
    op.drop_table("commitment")
    op.drop_table("comment_version")
    op.drop_index(op.f("ix_claim_campaign_id"), table_name="claim")
    op.drop_table("claim")
    op.drop_index("ix_campaign_appointment_held", table_name="campaign_appointment")
    op.drop_index(op.f("ix_campaign_appointment_campaign_id"), table_name="campaign_appointment")
    op.drop_table("campaign_appointment")
    op.drop_table("ballot")
    op.drop_table("working_group")
    op.drop_index(op.f("ix_session_account_id"), table_name="session")
    op.drop_table("session")
    op.drop_table("preference")
    op.drop_index(
        "ix_letter_due",
        table_name="letter",
        sqlite_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL AND given_up_at IS NULL"),
    )
    op.drop_index(op.f("ix_letter_account_id"), table_name="letter")
    op.drop_table("letter")
    op.drop_index(op.f("ix_identity_account_id"), table_name="identity")
    op.drop_table("identity")
    op.drop_index("ix_house_appointment_held", table_name="house_appointment")
    op.drop_table("house_appointment")
    op.drop_index("ix_follow_subject", table_name="follow")
    op.drop_table("follow")
    op.drop_index("ix_event_delivery_owed", table_name="event_delivery")
    op.drop_table("event_delivery")
    op.drop_table("demonstration_person")
    op.drop_index("ix_comment_thread_order", table_name="comment")
    op.drop_index(op.f("ix_comment_author_id"), table_name="comment")
    op.drop_table("comment")
    op.drop_table("campaign")
    op.drop_table("thread")
    op.drop_table("sign_in_request")
    op.drop_index(op.f("ix_search_entry_campaign_id"), table_name="search_entry")
    op.drop_table("search_entry")
    op.drop_table("plan")
    op.drop_index(op.f("ix_event_subject"), table_name="event")
    op.drop_index(op.f("ix_event_name"), table_name="event")
    op.drop_index(op.f("ix_event_campaign_id"), table_name="event")
    op.drop_table("event")
    op.drop_table("demonstration_clock")
    op.drop_table("account")
