-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
-- A small shop: bulk inserts, indexes, joins, grouping, ordering, updates.
CREATE TABLE customer(id INTEGER PRIMARY KEY, name TEXT, city TEXT, credit INTEGER);
CREATE TABLE purchase(id INTEGER PRIMARY KEY, customer INTEGER, product INTEGER, amount INTEGER, price REAL);
CREATE TABLE product(id INTEGER PRIMARY KEY, title TEXT, category INTEGER);
BEGIN;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
  INSERT INTO customer SELECT i, printf('customer-%05d', i * 7919 % 6007), 'city' || (i * 31 % 97), i * i % 1009 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900)
  INSERT INTO product SELECT i, 'product ' || hex(i * 2654435761 % 65537), i * 17 % 23 FROM n;
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 96000)
  INSERT INTO purchase SELECT i, 1 + i * 7727 % 6000, 1 + i * 4409 % 900, 1 + i % 7, (i * 37 % 1999) / 8.0 FROM n;
COMMIT;
CREATE INDEX purchase_customer ON purchase(customer);
CREATE INDEX customer_city ON customer(city, credit);
SELECT count(*), sum(amount), sum(amount * price) FROM purchase;
SELECT city, count(*), sum(amount), max(price) FROM customer JOIN purchase ON purchase.customer = customer.id
  GROUP BY city ORDER BY sum(amount * price) DESC, city LIMIT 7;
SELECT category, count(DISTINCT customer), total(price) FROM purchase JOIN product ON product.id = purchase.product
  WHERE price BETWEEN 20 AND 180 GROUP BY category ORDER BY category;
SELECT name, (SELECT sum(amount) FROM purchase WHERE customer = customer.id) AS bought FROM customer
  WHERE city IN ('city3', 'city14', 'city15', 'city92') ORDER BY bought DESC, name LIMIT 9;
UPDATE customer SET credit = credit + (SELECT sum(amount) FROM purchase WHERE customer = customer.id) WHERE id % 2 = 0;
SELECT sum(credit), min(credit), max(credit) FROM customer;
DELETE FROM purchase WHERE id % 5 = 3;
SELECT count(*), sum(length(title)), sum(amount) FROM purchase JOIN product ON product.id = product
  WHERE title LIKE '%3%' OR title LIKE '%35';
SELECT name FROM customer WHERE name LIKE '%99' ORDER BY name LIMIT 5;
SELECT count(*), sum(rank * amount) FROM (SELECT amount, row_number() OVER (PARTITION BY product ORDER BY price, id) AS rank FROM purchase);
