-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
-- Other work than the training script's: a graph walk, text keys without
-- row ids, self joins, string functions, triggers, set operations.
CREATE TABLE edge(source INTEGER, target INTEGER, weight INTEGER);
CREATE TABLE word(text TEXT PRIMARY KEY, length INTEGER, uses INTEGER) WITHOUT ROWID;
CREATE TABLE log(at INTEGER, what TEXT);
CREATE TRIGGER word_changed AFTER UPDATE OF uses ON word WHEN new.uses % 50 = 0
  BEGIN INSERT INTO log VALUES (new.uses, new.text); END;
BEGIN;
WITH RECURSIVE n(i, x) AS (SELECT 1, 42 UNION ALL SELECT i + 1, (x * 16807) % 2147483647 FROM n WHERE i < 52000)
  INSERT INTO edge SELECT x % 8000, (x / 8000) % 8000, x % 91 FROM n;
WITH RECURSIVE n(i, x) AS (SELECT 1, 7 UNION ALL SELECT i + 1, (x * 48271) % 2147483647 FROM n WHERE i < 52000)
  INSERT INTO word SELECT lower(substr(hex(x % 9973 * 331), 1, 5)), x % 13, 1 FROM n WHERE true
  ON CONFLICT(text) DO UPDATE SET uses = uses + 1, length = length + excluded.length;
COMMIT;
CREATE INDEX edge_source ON edge(source, target);
SELECT count(*), sum(uses), sum(length), min(text), max(text) FROM word;
SELECT count(*), sum(at) FROM log;
WITH RECURSIVE reach(node, steps) AS (SELECT 1, 0 UNION SELECT target, steps + 1 FROM reach JOIN edge ON source = node WHERE steps < 5)
  SELECT steps, count(*), sum(node) FROM reach GROUP BY steps ORDER BY steps;
SELECT count(*), sum(a.weight + b.weight) FROM edge a JOIN edge b ON b.source = a.target WHERE a.weight > 62 AND b.weight < 60;
SELECT substr(text, 1, 2) AS head, count(*), group_concat(length % 10, '') FROM word
  GROUP BY head HAVING count(*) > 3 ORDER BY count(*) DESC, head LIMIT 12;
SELECT sum(length(replace(text, '3', 'three'))), sum(instr(text, '5')), count(DISTINCT upper(substr(text, 3))) FROM word;
SELECT count(*) FROM (SELECT source FROM edge WHERE weight < 12 INTERSECT SELECT target FROM edge WHERE weight > 70);
SELECT count(*), sum(source) FROM (SELECT source FROM edge EXCEPT SELECT target FROM edge WHERE weight % 3 = 0);
SELECT source, sum(weight), printf('%.17g', avg(weight)) FROM edge GROUP BY source ORDER BY sum(weight) DESC, source LIMIT 8;
SELECT source, target, weight FROM edge ORDER BY weight DESC, target, source LIMIT 9 OFFSET 1000;
SELECT count(*), sum(weight) FROM edge WHERE NOT EXISTS (SELECT 1 FROM edge back WHERE back.source = edge.target AND back.target = edge.source);
SELECT sum(difference * difference) FROM (SELECT weight - lag(weight, 1, 0) OVER (ORDER BY source, target, weight) AS difference FROM edge);
