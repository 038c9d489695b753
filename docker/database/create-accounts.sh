#!/bin/bash
# Run once by the MySQL image, when its volume is new: the database and the three accounts of grants.sql, with the passwords
# of the environment. The rights on the tables follow after the migration (scripts/grants.mjs).
set -euo pipefail
for name in DATABASE_OWNER_PASSWORD DATABASE_APP_PASSWORD DATABASE_CHECKER_PASSWORD; do
  case "${!name}" in
    '' | *[!A-Za-z0-9_-]*)
      echo "$name: letters, digits, - and _ only" >&2
      exit 1
      ;;
  esac
done
MYSQL_PWD="$MYSQL_ROOT_PASSWORD" mysql --protocol=socket --user=root <<SQL
CREATE DATABASE IF NOT EXISTS chizheng CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin;
CREATE USER IF NOT EXISTS 'chizheng_owner'@'%' IDENTIFIED BY '$DATABASE_OWNER_PASSWORD';
GRANT ALL PRIVILEGES ON chizheng.* TO 'chizheng_owner'@'%' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS 'chizheng_app'@'%' IDENTIFIED BY '$DATABASE_APP_PASSWORD';
CREATE USER IF NOT EXISTS 'chizheng_checker'@'%' IDENTIFIED BY '$DATABASE_CHECKER_PASSWORD';
SQL
