-- Views for people: what the tables keep as JSON, as columns. The program reads none of them; docs/database.md describes them.
-- A JSON text that is damaged gives empty columns.

-- The short id that commands take ("job-alerts hide 7k3f"), as alerts/store/short.py computes it.
CREATE VIEW job_ids AS
WITH scrambled AS (
    SELECT id, id / 531441 * 531441 + id % 531441 * 192547 % 531441 AS n, '23456789bcdfghjkmnpqrstvwxz'::text AS letters FROM jobs
)
SELECT id AS job,
       CASE WHEN n >= 14348907 THEN substr(letters, (n / 14348907 % 27 + 1)::int, 1) ELSE '' END
       || CASE WHEN n >= 531441 THEN substr(letters, (n / 531441 % 27 + 1)::int, 1) ELSE '' END
       || substr(letters, (n / 19683 % 27 + 1)::int, 1) || substr(letters, (n / 729 % 27 + 1)::int, 1)
       || substr(letters, (n / 27 % 27 + 1)::int, 1) || substr(letters, (n % 27 + 1)::int, 1) AS id
FROM scrambled;

-- One row for each listing, its JSON as columns.
CREATE VIEW listings AS
WITH said AS (
    SELECT *, CASE WHEN json_valid(posting) THEN posting::jsonb ELSE '{}' END AS j FROM postings
)
SELECT s.id AS listing,
       s.job,
       j ->> 'title' AS title,
       j ->> 'company' AS company,
       (SELECT string_agg(value ->> 'raw', '; ' ORDER BY ordinality)
        FROM jsonb_array_elements(coalesce(j -> 'places', '[]')) WITH ORDINALITY) AS places,
       nullif(j #>> '{pay,words}', '') AS pay,
       (j #>> '{pay,min}')::double precision AS pay_min,
       (j #>> '{pay,max}')::double precision AS pay_max,
       j #>> '{pay,currency}' AS currency,
       j #>> '{pay,period}' AS period,
       j ->> 'level' AS level,
       (SELECT string_agg(value, ', ' ORDER BY ordinality)
        FROM jsonb_array_elements_text(coalesce(j -> 'work', '[]')) WITH ORDINALITY) AS work,
       (SELECT string_agg(value, ', ' ORDER BY ordinality)
        FROM jsonb_array_elements_text(coalesce(j -> 'employment', '[]')) WITH ORDINALITY) AS employment,
       j ->> 'posted' AS posted,
       s.first_seen,
       s.closed,
       j ->> 'url' AS url,
       coalesce(sources.name, s.source) AS source,
       s.source_id,
       s.text
FROM said s LEFT JOIN sources ON sources.key = s.source;

-- One row for each job that one can apply for, told by its oldest open listing.
CREATE VIEW jobs_open AS
SELECT i.id, l.title, l.company, l.places, l.pay, l.pay_min, l.pay_max, l.currency, l.period, l.level, l.work, l.employment,
       l.posted, jobs.first_seen, l.url, o.sources, o.listings, jobs.reposts, l.job
FROM (SELECT p.job, min(p.id) AS first, count(*) AS listings, string_agg(DISTINCT coalesce(s.name, p.source), ',') AS sources
      FROM postings p LEFT JOIN sources s ON s.key = p.source WHERE p.closed IS NULL GROUP BY p.job) o
JOIN listings l ON l.listing = o.first
JOIN jobs ON jobs.id = o.job
JOIN job_ids i ON i.job = o.job;

-- Which searches want which jobs that are open now.
CREATE VIEW matches_now AS
SELECT m.search, o.id, o.title, o.company, o.places, o.pay, m.at AS since, m.score, o.url, m.job
FROM matches m JOIN jobs_open o ON o.job = m.job;

-- What was told, and when the message went out.
CREATE VIEW alerts_sent AS
SELECT a.channel, a.search, i.id, l.title, l.company, a.event, a.at AS seen, d.settled AS sent, a.delivery, a.job
FROM alerts a
LEFT JOIN deliveries d ON d.id = a.delivery
LEFT JOIN job_ids i ON i.job = a.job
LEFT JOIN listings l ON l.listing = (SELECT min(id) FROM postings WHERE job = a.job)
WHERE a.state = 'sent';

-- Messages that did not arrive: given up, or waiting for another try.
CREATE VIEW deliveries_failed AS
SELECT d.channel, d.state, d.created, d.settled AS given_up, CASE d.state WHEN 'waiting' THEN d.due END AS next_try, d.attempts,
       d.error, (SELECT count(*) FROM alerts WHERE delivery = d.id) AS alerts, d.id AS delivery
FROM deliveries d
WHERE d.state IN ('dead', 'unreadable') OR (d.state = 'waiting' AND d.error IS NOT NULL);

-- How each configured source is, those in trouble first.
CREATE VIEW sources_state AS
SELECT s.name, s.kind, CASE WHEN s.failures > 0 THEN 'failing' WHEN s.unreachable IS NOT NULL THEN 'unreachable'
                            WHEN s.read IS NULL THEN 'not read yet' ELSE 'works' END AS state,
       (SELECT count(*) FROM postings p WHERE p.source = s.key AND p.closed IS NULL) AS open,
       s.read, s.changed, s.due, s.failures, s.failing_since, s.error, s.key
FROM sources s WHERE s.configured = 1
ORDER BY s.failures DESC, s.name;
