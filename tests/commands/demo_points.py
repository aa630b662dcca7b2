"""Every point of the path at which the demo has somebody, as a query for its rows; today is put in for :today."""

POINTS = {
    "booked on a refresher before the certificate ends": "SELECT 1 FROM booking b JOIN event e ON e.id = b.event_id"
    " JOIN course c ON c.id = e.course_id JOIN certificate h ON h.staff_id = b.staff_id AND h.stage = c.stage"
    " WHERE c.kind = 'refresher' AND e.starts_on > :today AND h.valid_to > e.ends_on AND h.valid_to <= :soon",
    "never put forward": "SELECT 1 FROM staff s WHERE NOT EXISTS (SELECT 1 FROM candidacy c WHERE c.staff_id = s.id)"
    " AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.staff_id = s.id)",
    "on a coming centre with assessors": "SELECT 1 FROM rating_form f JOIN sitting t ON t.id = f.sitting_id"
    " JOIN candidacy y ON y.id = t.candidacy_id JOIN centre c ON c.id = y.centre_id WHERE c.held_on > :today",
    "on a coming centre without assessors": "SELECT 1 FROM sitting t JOIN candidacy y ON y.id = t.candidacy_id"
    " JOIN centre c ON c.id = y.centre_id WHERE c.held_on > :today"
    " AND NOT EXISTS (SELECT 1 FROM rating_form f WHERE f.sitting_id = t.id)",
    "sits today, forms open": "SELECT 1 FROM rating_form f JOIN sitting t ON t.id = f.sitting_id"
    " JOIN candidacy y ON y.id = t.candidacy_id JOIN centre c ON c.id = y.centre_id"
    " WHERE c.held_on = :today AND f.sealed_at IS NULL AND NOT EXISTS (SELECT 1 FROM rating r WHERE r.form_id = f.id)",
    "a form that was begun": "SELECT 1 FROM rating_form f JOIN rating r ON r.form_id = f.id WHERE f.sealed_at IS NULL",
    "on a tablet, with work that has not arrived": "SELECT 1 FROM form_hold h JOIN rating_form f ON f.id = h.form_id"
    " WHERE h.unsent > 0 AND h.ended_at IS NULL AND f.version > 1",
    "typed from paper": "SELECT 1 FROM transcription t JOIN form_operation o ON o.form_id = t.form_id"
    " WHERE o.door = 'paper' AND o.by_id = t.by_id",
    "half sealed": "SELECT 1 FROM rating_form f JOIN rating_form g ON g.sitting_id = f.sitting_id"
    " WHERE f.sealed_at IS NULL AND g.sealed_at IS NOT NULL",
    "revealed, waits for the wash-up": "SELECT 1 FROM sitting t"
    " WHERE (SELECT count(*) FROM rating_form f WHERE f.sitting_id = t.id AND f.sealed_at IS NOT NULL) = 2"
    " AND NOT EXISTS (SELECT 1 FROM exercise_outcome o WHERE o.sitting_id = t.id)",
    "decided: selected": "SELECT 1 FROM decision WHERE result = 'selected'",
    "decided: not yet": "SELECT 1 FROM decision WHERE result = 'not_yet'",
    "decided: deferred": "SELECT 1 FROM decision WHERE result = 'deferred'",
    "a borderline under review": "SELECT 1 FROM borderline_review r WHERE NOT EXISTS"
    " (SELECT 1 FROM borderline_view v WHERE v.review_id = r.id)",
    "sits one exercise again": "SELECT 1 FROM decision d JOIN candidacy y ON y.staff_id = d.staff_id"
    " JOIN centre c ON c.id = y.centre_id WHERE d.result = 'not_yet' AND c.held_on > :today"
    " AND (SELECT count(*) FROM sitting t WHERE t.candidacy_id = y.id) = 1",
    "an appeal to be heard": "SELECT 1 FROM appeal a WHERE NOT EXISTS"
    " (SELECT 1 FROM appeal_hearing h WHERE h.appeal_id = a.id)",
    "something was discussed": "SELECT 1 FROM moderation WHERE matter = 'agreed'",
    "selected, waits for training": "SELECT 1 FROM certificate c WHERE c.stage = 'selection' AND NOT EXISTS"
    " (SELECT 1 FROM booking b WHERE b.staff_id = c.staff_id AND b.cancelled_at IS NULL)"
    " AND NOT EXISTS (SELECT 1 FROM certificate d WHERE d.staff_id = c.staff_id AND d.stage = 'fundamental')",
    "booked on fundamental training": "SELECT 1 FROM booking b JOIN event e ON e.id = b.event_id"
    " JOIN course c ON c.id = e.course_id"
    " WHERE e.starts_on > :today AND b.cancelled_at IS NULL AND c.stage = 'fundamental'",
    "a booking cancelled": "SELECT 1 FROM booking WHERE cancelled_at IS NOT NULL",
    "fundamental passed": "SELECT 1 FROM certificate c WHERE c.stage = 'fundamental' AND c.valid_to >= :today"
    " AND NOT EXISTS (SELECT 1 FROM booking b JOIN course_result r ON r.booking_id = b.id"
    " WHERE b.staff_id = c.staff_id AND r.stage = 'programme')",
    "one part of programme training failed": "SELECT 1 FROM course_result WHERE stage = 'programme' AND NOT passed"
    " AND reassess_by >= :today AND 'not_yet' IN (understanding, competencies, abilities)",
    "a part is assessed again on a day that is set": "SELECT 1 FROM reassessment WHERE on_day > :today",
    "a full event, and who waits": "SELECT 1 FROM waiting w JOIN event e ON e.id = w.event_id WHERE w.ended_at IS NULL"
    " AND e.starts_on > :today AND e.places = (SELECT count(*) FROM booking b"
    " WHERE b.event_id = e.id AND b.cancelled_at IS NULL)",
    "an event that is over and marked half": "SELECT 1 FROM event e JOIN booking b ON b.event_id = e.id"
    " JOIN course_result r ON r.booking_id = b.id JOIN booking c ON c.event_id = e.id WHERE e.ends_on < :today"
    " AND NOT EXISTS (SELECT 1 FROM course_result s WHERE s.booking_id = c.id)",
    "an event to sign off": "SELECT r.id FROM course_result r JOIN booking b ON b.id = r.booking_id"
    " WHERE r.passed AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.result_id = r.id)",
    "a certificate extended": "SELECT 1 FROM certificate_extension x JOIN certificate c ON c.id = x.certificate_id"
    " WHERE c.valid_to = x.to_day",
    "trained and authorised": "SELECT 1 FROM authorisation"
    " WHERE role = 'facilitator' AND :today BETWEEN valid_from AND valid_to",
    "about to lapse": "SELECT 1 FROM certificate WHERE valid_to BETWEEN :today AND :soon",
    "lapsed": "SELECT 1 FROM certificate c WHERE c.valid_to < :today AND c.withdrawn_on IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM certificate d WHERE d.staff_id = c.staff_id AND d.stage = c.stage AND d.valid_to >= :today)",
    "withdrawn": "SELECT 1 FROM certificate WHERE withdrawn_on <= :today",
    "suspended": "SELECT 1 FROM stop WHERE kind = 'suspension' AND :today BETWEEN from_day AND to_day",
    "deselected": "SELECT 1 FROM stop WHERE kind = 'deselection' AND :today BETWEEN from_day AND to_day",
    "left after being authorised": "SELECT 1 FROM staff s JOIN authorisation a ON a.staff_id = s.id"
    " WHERE s.left_on < :today",
    "recognised": "SELECT 1 FROM certificate WHERE recognition_id IS NOT NULL AND stage = 'selection'",
    "a current assessor": "SELECT 1 FROM assessor_training WHERE :today BETWEEN valid_from AND valid_to",
    "a lapsed assessor": "SELECT staff_id FROM assessor_training GROUP BY staff_id HAVING max(valid_to) < :today",
    "a treatment manager": "SELECT 1 FROM appointment WHERE role = 'treatment_manager' AND valid_to >= :today",
    "a designated supervisor": "SELECT 1 FROM appointment WHERE role = 'designated_supervisor' AND valid_to >= :today",
    "a group that is over": "SELECT 1 FROM delivery_group WHERE state = 'closed' AND ends_on < :today",
    "a group that runs": "SELECT 1 FROM delivery_group WHERE state = 'open' AND :today BETWEEN starts_on AND ends_on",
    "a group to staff": "SELECT 1 FROM delivery_group g WHERE state = 'open' AND starts_on > :today"
    " AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.group_id = g.id)",
    "a planned group": "SELECT 1 FROM delivery_group WHERE state = 'planned'",
    "a halted group": "SELECT 1 FROM delivery_group WHERE state = 'halted' AND supervised_to < :today",
    "a handover": "SELECT group_id FROM supervision GROUP BY group_id HAVING count(DISTINCT supervisor_id) > 1",
    "a team of three": "SELECT group_id FROM assignment WHERE kind = 'regular' AND :today BETWEEN starts_on AND ends_on"
    " GROUP BY group_id HAVING count(*) = 3",
    "a group short of one": "SELECT group_id FROM assignment WHERE kind = 'regular'"
    " AND :today BETWEEN starts_on AND ends_on GROUP BY group_id HAVING count(*) = 2",
    "cover": "SELECT 1 FROM assignment WHERE kind = 'cover' AND :today BETWEEN starts_on AND ends_on",
}
