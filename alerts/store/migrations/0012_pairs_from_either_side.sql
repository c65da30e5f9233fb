-- What a job is a pair with is asked for each message and each listing, and was looked for through all pairs.
CREATE INDEX pairs_b ON pairs(b);
