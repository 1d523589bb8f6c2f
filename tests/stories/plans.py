#!/usr/bin/env python3
"""Which of a program's statements read a table whole that grows with people and services.

Takes the database file, and the statements on standard input as a JSON list; prints one line for each that does. The planner
is asked as the program asks it: without statistics (docs/architecture.md, "How rows are found").
"""

import json
import re
import sqlite3
import sys

GROWING = set(
    """
    attachment attachment_content audit_entry benefit_booking benefit_claim benefit_companion benefit_dispute
    benefit_entry benefit_joined benefit_nomination benefit_objection benefit_redemption benefit_seat benefit_settlement
    deadline export_chunk export_request given_answer ledger_fact ledger_merge ledger_note membership_due
    membership_due_file membership_history membership_import membership_import_block membership_import_cells
    membership_join membership_kit membership_lapse membership_member membership_privacy_request membership_second_kit
    membership_told membership_transfer one_time_code outbox_event person person_consent person_erasure person_paper
    record_change session station_activity station_alarm station_batch station_booking station_desk_off station_entry
    station_fault station_fault_report station_file station_file_row station_finding station_gift station_gift_claim
    station_guest station_headcount station_incident station_incident_use station_inspection station_neglect station_order
    station_post station_rating station_request station_round station_shift station_signup station_supply_move station_use
    station_use_hours station_use_service station_volunteer
    """.split()
)

IN_ORDER = "a list with many rows, in its own order until the page is full"
# What may read one whole, by words of it, and why.
KNOWN = {
    'DELETE FROM "one_time_code"': "once an hour, to forget whose number was proved",
    'ORDER BY "person"."id" DESC LIMIT': IN_ORDER,
    'ORDER BY "membership_member"."id" ASC LIMIT': IN_ORDER,
    'ORDER BY "audit_entry"."position" DESC LIMIT': IN_ORDER,
    'ORDER BY "ledger_fact"."position" DESC LIMIT': IN_ORDER,
    '"station_entry"."organisation_id" + ?': IN_ORDER,
    '"audit_entry"."organisation_id" IS NULL LIMIT ?) AS "counted"': "as far as acts are counted",
    '"audit_entry"."organisation_id" IS NULL) LIMIT ?) AS "counted"': "the same, of one organisation and those below it",
    "CAST(account.id AS text)": "who looks for somebody's acts by name, as far as they are counted",
    "NOT LIKE ?": "while the key is rotated, to find what is not sealed anew",
}


def reads_whole(step, statement):
    """The growing table that a step of a plan reads from end to end, if any."""
    scanned = re.match(r"SCAN (\w+)( USING (COVERING )?INDEX \w+)?$", step)
    if scanned and scanned[1] in GROWING:
        # The first in the table's or an index's own order are just those.
        first = " LIMIT " in statement and (scanned[2] or " WHERE " not in statement)
        return None if first else scanned[1]
    # The index is of those that name another, and the planner takes "is null" in a unique one for a single row.
    if step.startswith("SEARCH ledger_fact ") and "(reverses=?)" in step and '"reverses" IS NULL' in statement:
        return "ledger_fact"
    return None


def main():
    database = sqlite3.connect(sys.argv[1])
    # What a unit hands in at once is one text.
    statements = {one.strip() for text in json.load(sys.stdin) for one in text.split(";")}
    for statement in statements:
        # One that asks for nothing ("? = ?" is never so) reads nothing.
        if not re.match(r"(SELECT|UPDATE|DELETE|WITH)\b", statement) or " WHERE ? = ?" in statement:
            continue
        values = [None] * statement.count("?")
        for *_, step in database.execute("EXPLAIN QUERY PLAN " + statement, values):
            table = reads_whole(step, statement)
            if table and not any(known in statement for known in KNOWN):
                print(f"{table} is read whole ({step}): {statement}")


main()
