-- The four headline rules of SPEC §3, written anew in DuckDB's SQL over the CSV files: for each manager how many units
-- are assessed, failed and pending. Words such as S(m,d), due customers and complete are those of SPEC §1.
--
-- It reads the canonical tables that the generator's clean style writes. What a foreign export needs before that
-- (encodings, aliases, spellings, title rows, repeated, superseded and rejected rows) is not rewritten here; peer.py
-- refuses data in which baifang found any of it.
--
-- duck.py sets the variables: `data` (the folder), the delimiter of its files and, from rules.toml, the limits and the
-- calendar.

-- ---- The files: all columns named, so that nothing is guessed; only those used are converted. ----------------------

CREATE TEMP TABLE visits AS
SELECT
    manager_id AS m,
    customer_id AS c,
    started_at::DATE AS d,
    mode = 'onsite' AS onsite,
    coalesce(outcome, 'done') = 'done' AS done,
    started_at AS started,
    coalesce(ended_at, started_at + to_seconds(round(minutes * 60))) AS ended   -- §2.1: minutes where ended_at is empty
FROM read_csv(getvariable('data') || '/visits.csv', header = true, auto_detect = false, delim = getvariable('delimiter'),
    quote = '"',
    columns = {visit_id: 'VARCHAR', manager_id: 'VARCHAR', customer_id: 'VARCHAR', mode: 'VARCHAR', date: 'VARCHAR',
        started_at: 'TIMESTAMP', ended_at: 'TIMESTAMP', minutes: 'DOUBLE', planned: 'VARCHAR', outcome: 'VARCHAR',
        exception_reason: 'VARCHAR', photo: 'VARCHAR', phone: 'VARCHAR', tool: 'VARCHAR', items: 'VARCHAR',
        uploaded_at: 'VARCHAR', lon: 'VARCHAR', lat: 'VARCHAR', source: 'VARCHAR', note: 'VARCHAR'})
WHERE outcome IS DISTINCT FROM 'not_visited';   -- §2.3: set aside

CREATE TEMP TABLE plans AS
SELECT
    manager_id AS m,
    customer_id AS c,
    date AS d,
    seq,
    coalesce(mode, 'onsite') = 'onsite' AS onsite,   -- §1: an empty mode counts as on-site
    rescheduled_from
FROM read_csv(getvariable('data') || '/plans.csv', header = true, auto_detect = false, delim = getvariable('delimiter'),
    quote = '"',
    columns = {manager_id: 'VARCHAR', customer_id: 'VARCHAR', date: 'DATE', seq: 'INTEGER', mode: 'VARCHAR',
        phone: 'VARCHAR', tool: 'VARCHAR', created_at: 'VARCHAR', rescheduled_from: 'DATE', purpose: 'VARCHAR'});

CREATE TEMP TABLE days AS
SELECT manager_id AS m, date AS d, status, coalesce(part, 'full') AS part
FROM read_csv(getvariable('data') || '/days.csv', header = true, auto_detect = false, delim = getvariable('delimiter'),
    quote = '"',
    columns = {manager_id: 'VARCHAR', date: 'DATE', status: 'VARCHAR', part: 'VARCHAR', synced_at: 'VARCHAR',
        summary_at: 'VARCHAR'});

CREATE TEMP TABLE customers AS
SELECT manager_id AS m, customer_id AS c, coalesce(suspended, 'no') = 'yes' AS suspended, visit_cycle,
    coalesce(status, 'active') AS status, opened_on, closed_on
FROM read_csv(getvariable('data') || '/customers.csv', header = true, auto_detect = false, delim = getvariable('delimiter'),
    quote = '"',
    columns = {customer_id: 'VARCHAR', name: 'VARCHAR', manager_id: 'VARCHAR', manager_name: 'VARCHAR',
        branch: 'VARCHAR', class: 'VARCHAR', suspended: 'VARCHAR', address: 'VARCHAR', contact: 'VARCHAR',
        phone: 'VARCHAR', phone2: 'VARCHAR', lon: 'VARCHAR', lat: 'VARCHAR', visit_cycle: 'VARCHAR',
        visit_batch: 'VARCHAR', info_point: 'VARCHAR', must_onsite: 'VARCHAR', vulnerable: 'VARCHAR',
        status: 'VARCHAR', opened_on: 'DATE', closed_on: 'DATE', updated_on: 'VARCHAR'});

CREATE TEMP TABLE posts AS
SELECT manager_id AS m, joined_on, left_on
FROM read_csv(getvariable('data') || '/managers.csv', header = true, auto_detect = false, delim = getvariable('delimiter'),
    quote = '"',
    columns = {manager_id: 'VARCHAR', name: 'VARCHAR', branch: 'VARCHAR', phone: 'VARCHAR', joined_on: 'DATE',
        left_on: 'DATE'});

-- ---- The month ------------------------------------------------------------------------------------------------------

-- The horizon H: the latest visit date at most 31 days after the visit date before it.
SET VARIABLE horizon = (
    SELECT coalesce(max(d) FILTER (WHERE d - before <= 31), min(d))
    FROM (SELECT d, lag(d) OVER (ORDER BY d) AS before FROM (SELECT DISTINCT d FROM visits)));
DELETE FROM visits WHERE d > getvariable('horizon');   -- stray visits

SET VARIABLE month_first = date_trunc('month', getvariable('horizon'))::DATE;
SET VARIABLE month_last = last_day(getvariable('horizon'));
SET VARIABLE visits_first = (SELECT min(d) FROM visits);
SET VARIABLE days_first = (SELECT min(d) FROM days);
SET VARIABLE days_last = (SELECT max(d) FROM days);
SET VARIABLE plans_first = (SELECT min(d) FROM plans);
SET VARIABLE plans_last = (SELECT max(d) FROM plans);

CREATE TEMP TABLE open_customers AS   -- open in M
SELECT m, c, suspended, visit_cycle
FROM customers
WHERE (opened_on IS NULL OR opened_on <= getvariable('month_last'))
    AND (closed_on > getvariable('month_last') OR (closed_on IS NULL AND status <> 'closed'));

CREATE TEMP VIEW month_visits AS
SELECT * FROM visits WHERE d BETWEEN getvariable('month_first') AND getvariable('month_last');

CREATE TEMP VIEW month_plans AS
SELECT * FROM plans WHERE d BETWEEN getvariable('month_first') AND getvariable('month_last');

CREATE TEMP TABLE managers AS
SELECT m FROM (
    SELECT m FROM open_customers
    UNION SELECT m FROM month_visits
    UNION SELECT m FROM month_plans
    UNION SELECT m FROM posts
    WHERE coalesce(joined_on <= getvariable('month_last'), true)
        AND coalesce(left_on >= getvariable('month_first'), true))
WHERE NOT list_contains(getvariable('ignored_managers'), m);

-- Which halves of a day are excused; several rows of a day add up.
CREATE TEMP TABLE excused AS
SELECT m, d, bool_or(part <> 'pm') AS am, bool_or(part <> 'am') AS pm
FROM days
WHERE list_contains(getvariable('excusing'), status)
GROUP BY m, d;

-- Every manager's every date of M: working day, excuse, and whether anything is known of it (§1, unrecorded).
CREATE TEMP TABLE manager_days AS
SELECT
    m,
    d,
    coalesce(d >= joined_on, true) AND coalesce(d <= left_on, true)
        AND (list_contains(getvariable('makeup_workdays'), d)
            OR (isodow(d) <= 5 AND NOT list_contains(getvariable('holidays'), d))) AS working,
    coalesce(am, false) AS am,
    coalesce(pm, false) AS pm,
    v.m IS NULL AND coalesce(d NOT BETWEEN getvariable('days_first') AND getvariable('days_last'), true) AS unrecorded
FROM managers
CROSS JOIN (
    SELECT unnest(generate_series(getvariable('month_first'), getvariable('month_last'), INTERVAL 1 DAY))::DATE AS d)
LEFT JOIN posts USING (m)
LEFT JOIN excused USING (m, d)
LEFT JOIN (SELECT DISTINCT m, d FROM month_visits) v USING (m, d);

-- The on-site rows of S(m,d): less those that a move on another date has taken elsewhere.
CREATE TEMP TABLE standing AS
SELECT m, c, d, seq
FROM month_plans
ANTI JOIN (SELECT m, c, rescheduled_from AS d FROM plans WHERE rescheduled_from <> d) USING (m, c, d)
WHERE onsite;

-- ---- first-arrival (六.1) -------------------------------------------------------------------------------------------

CREATE TEMP TABLE first_arrival AS
WITH first_stops AS (   -- the lowest seq, all that tie for it; where no row has a seq, all rows
    SELECT m, d, c
    FROM standing
    JOIN (SELECT m, d, min(seq) AS lowest FROM standing GROUP BY m, d) USING (m, d)
    WHERE seq IS NOT DISTINCT FROM lowest
), arrivals AS (
    SELECT m, d, min(started) AS arrived
    FROM first_stops
    LEFT JOIN (SELECT m, c, d, started FROM month_visits WHERE onsite) USING (m, c, d)
    GROUP BY m, d
)
SELECT m, count(*) AS assessed,
    count(*) FILTER (WHERE arrived IS NULL OR arrived::TIME > getvariable('arrive_by')) AS failed
FROM arrivals
JOIN manager_days USING (m, d)
WHERE d BETWEEN getvariable('visits_first') AND getvariable('horizon') AND NOT am AND NOT unrecorded
GROUP BY m;

-- ---- field-time (六.1) ----------------------------------------------------------------------------------------------

-- Each visit adds what lies behind the latest end so far, and the gap before it where that is short enough. Ends are
-- cut at 24:00; no end, or one before the start, is a length of 0. In microseconds.
CREATE TEMP TABLE field_time AS
WITH stays AS (
    SELECT m, d, epoch_us(started) AS begins,
        CASE WHEN ended >= started THEN least(epoch_us(ended), epoch_us((d + 1)::TIMESTAMP))
            ELSE epoch_us(started) END AS ends
    FROM month_visits
    WHERE onsite
), reaches AS (
    SELECT m, d, begins, ends,
        max(ends) OVER (PARTITION BY m, d ORDER BY begins ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
    FROM stays
), field AS (
    SELECT m, d, sum(greatest(0,
        ends - CASE WHEN begins <= reached + getvariable('max_gap_us') THEN reached ELSE begins END)) AS us
    FROM reaches
    GROUP BY m, d
)
SELECT m, count(*) AS assessed,
    count(*) FILTER (WHERE coalesce(us, 0) * (CASE WHEN am OR pm THEN 2 ELSE 1 END) < getvariable('field_us')) AS failed
FROM manager_days
LEFT JOIN (SELECT DISTINCT m, d, true AS planned FROM standing) USING (m, d)
LEFT JOIN field USING (m, d)
WHERE (planned OR (working AND getvariable('field_days') = 'workdays'))
    AND d BETWEEN getvariable('visits_first') AND getvariable('horizon') AND NOT (am AND pm) AND NOT unrecorded
GROUP BY m;

-- ---- unplanned-cap (六.2) -------------------------------------------------------------------------------------------

CREATE TEMP TABLE unplanned_cap AS
WITH visited AS (
    SELECT m, d, count(DISTINCT c) AS n FROM month_visits GROUP BY m, d
), unplanned AS (   -- against all of P(m,d), not only its standing rows
    SELECT m, d, count(DISTINCT c) AS n FROM month_visits ANTI JOIN month_plans USING (m, d, c) GROUP BY m, d
)
SELECT m, count(*) AS assessed,
    count(*) FILTER (WHERE coalesce(unplanned.n, 0) * 100 > getvariable('max_percent') * visited.n) AS failed
FROM visited
LEFT JOIN unplanned USING (m, d)
JOIN manager_days USING (m, d)
SEMI JOIN month_plans USING (m)
WHERE d BETWEEN getvariable('plans_first') AND getvariable('plans_last') AND NOT (am AND pm)
GROUP BY m;

-- ---- onsite-share (六.3) --------------------------------------------------------------------------------------------

CREATE TEMP TABLE onsite_share AS
WITH touched AS (
    SELECT m, c FROM month_visits UNION SELECT m, c FROM month_plans
), due AS (   -- due customers
    SELECT m, c
    FROM open_customers
    WHERE (NOT suspended OR getvariable('include_suspended'))
        AND (visit_cycle IS NULL OR visit_cycle NOT IN ('bimonthly', 'quarterly')
            OR (m, c) IN (SELECT (m, c) FROM touched))
), seen AS (
    SELECT DISTINCT m, c, true AS onsite FROM month_visits WHERE onsite AND done
), shares AS (
    SELECT m, count(onsite) * 100 >= getvariable('min_percent') * count(*) AS met
    FROM due
    LEFT JOIN seen USING (m, c)
    GROUP BY m
), periods AS (   -- §1, pending: what there is to work in M, and what of it is still to come after H
    SELECT m,
        bool_or(working AND NOT (am AND pm)) AS workable,
        bool_or(working AND NOT (am AND pm) AND d > getvariable('horizon')) AS to_come
    FROM manager_days
    GROUP BY m
), states AS (
    -- Unmet, it is not assessed without a day to work on, or with visits only from more than 10 days into M.
    SELECT m, met, to_come,
        met OR (workable AND getvariable('visits_first') - getvariable('month_first') <= 10) AS assessable
    FROM shares
    JOIN periods USING (m)
)
SELECT m,
    (met OR (assessable AND NOT to_come))::INTEGER AS assessed,
    (NOT met AND assessable AND NOT to_come)::INTEGER AS failed,
    (NOT met AND assessable AND to_come)::INTEGER AS pending
FROM states;

-- ---- The result -----------------------------------------------------------------------------------------------------

COPY (
    SELECT m AS manager_id, rule, coalesce(assessed, 0) AS assessed, coalesce(failed, 0) AS failed,
        coalesce(pending, 0) AS pending
    FROM managers
    CROSS JOIN (SELECT unnest(['first-arrival', 'field-time', 'unplanned-cap', 'onsite-share']) AS rule)
    LEFT JOIN (
        SELECT m, 'first-arrival' AS rule, assessed, failed, 0 AS pending FROM first_arrival
        UNION ALL SELECT m, 'field-time', assessed, failed, 0 FROM field_time
        UNION ALL SELECT m, 'unplanned-cap', assessed, failed, 0 FROM unplanned_cap
        UNION ALL SELECT m, 'onsite-share', assessed, failed, pending FROM onsite_share) USING (m, rule)
    ORDER BY m, rule
) TO (getvariable('output')) (HEADER);
