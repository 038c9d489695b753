-- The accounts of Chizheng, for administrators who run their own server. `npm start` does all of this by itself on the
-- private server of its data folder. Replace the three passwords; run as an administrator of the server.
--
-- Three kinds of table, listed by name in grants.json beside this file:
--   facts   what has happened (certificates, moves, decisions, the audit trail): SELECT and INSERT. Nobody who holds the
--           application's password can change or delete one, whatever the program does.
--   state   the rows that change: SELECT, INSERT and UPDATE, of the named columns only where columns are named. The locks
--           of a unit of work are taken on these rows: MySQL gives FOR UPDATE only to who may UPDATE.
--           DELETE only where it says "delete": true.
--   read    SELECT.
-- And `checker`: what the independent checker of certificates reads (docs/operations.md), of officers some columns only.
-- No rights on the whole database, none on the whole server, none to pass on.
--
-- The statements for the tables follow from grants.json; after every migration run one of
--   DATABASE_OWNER_URL=... DATABASE_URL=... [DATABASE_CHECKER_URL=...] node scripts/grants.mjs apply
--                                                                            (also takes away what is not listed)
--   node scripts/grants.mjs sql                                              (prints them, to be run by hand)

-- 1. The database. Exact collation: utf8mb4_nopad_bin on MariaDB, utf8mb4_0900_bin on MySQL.
CREATE DATABASE IF NOT EXISTS `chizheng` CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;

-- 2. The owner: migrations and grants. Its password is not given to the application.
CREATE USER IF NOT EXISTS 'chizheng_owner'@'%' IDENTIFIED BY '<a long random password>';
GRANT ALL PRIVILEGES ON `chizheng`.* TO 'chizheng_owner'@'%' WITH GRANT OPTION;

-- 3. The application. No rights here: they come table by table.
CREATE USER IF NOT EXISTS 'chizheng_app'@'%' IDENTIFIED BY '<another long random password>';

-- 4. The checker of certificates: reads, writes nothing. No rights here: they come table by table.
CREATE USER IF NOT EXISTS 'chizheng_checker'@'%' IDENTIFIED BY '<a third long random password>';
