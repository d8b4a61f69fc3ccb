-- What the console runs as: a role that owns nothing and may do to each table only what the console does.
-- Requests and entries cannot be deleted by it, entries cannot be changed, and nothing can be truncated.

CREATE FUNCTION grant_runtime(runtime TEXT) RETURNS BIGINT LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
    granted TEXT;
BEGIN
    FOREACH granted IN ARRAY ARRAY[
        'USAGE ON SCHEMA public',
        'SELECT ON _sqlx_migrations',
        'SELECT, INSERT, UPDATE ON people, policy, requests',
        'SELECT, INSERT, DELETE ON links, ceremonies, nonces',
        'SELECT, INSERT, UPDATE, DELETE ON passkeys, sessions, cookies',
        'SELECT, UPDATE ON log_head',
        'SELECT, INSERT ON entries'
    ] LOOP
        EXECUTE format('GRANT %s TO %I', granted, runtime);
    END LOOP;
    RETURN 0;
END
$$;
REVOKE ALL ON FUNCTION grant_runtime(TEXT) FROM PUBLIC;
