// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Strings and structure: JSON, regular expressions, recursive descent, trees
// of small objects, exceptions, bit operations.
'use strict';

var state = 99;
function random(n) {
  state = (state * 48271) % 2147483647;
  return state % n;
}

function document(depth) {
  if (depth === 0) return random(2) ? random(1000) / 8 : 'leaf "' + random(100) + '"\n';
  var node = { id: random(10000), open: random(2) === 1, children: [] };
  for (var i = 0; i < 3; i++) node.children.push(document(depth - 1));
  return node;
}

function weigh(node) {
  if (typeof node === 'number') return node;
  if (typeof node === 'string') return node.length;
  return node.children.map(weigh).reduce(function (a, b) { return (a * 3 + b) % 10007; }, node.open ? node.id : 1);
}

function expression(depth) {
  if (depth === 0) return String(1 + random(50));
  return '(' + expression(depth - 1) + ' ' + '+-*%'.charAt(random(4)) + ' ' + expression(depth - 1) + ')';
}

function evaluate(text) {
  var tokens = text.match(/\d+|[-+*%()]/g), at = 0;
  function item() {
    var token = tokens[at++];
    if (token !== '(') return parseInt(token, 10);
    var left = item(), operator = tokens[at++], right = item();
    at++;
    switch (operator) {
      case '+': return (left + right) | 0;
      case '-': return (left - right) | 0;
      case '*': return ((left & 0xffff) * (right & 0xffff)) | 0;
      default:
        if (right === 0) throw new RangeError('nothing to divide by');
        return left % right;
    }
  }
  try {
    return item();
  } catch (error) {
    return error.name;
  }
}

function insert(tree, key) {
  if (!tree) return { key: key, uses: 1, left: null, right: null };
  if (key === tree.key) tree.uses++;
  else if (key < tree.key) tree.left = insert(tree.left, key);
  else tree.right = insert(tree.right, key);
  return tree;
}
function walk(tree, visit) {
  if (!tree) return;
  walk(tree.left, visit);
  visit(tree);
  walk(tree.right, visit);
}

function hash(text) {
  var h = 5381;
  for (var i = 0; i < text.length; i++) h = ((h << 5) ^ (h >>> 27) ^ text.charCodeAt(i)) | 0;
  return (h >>> 0).toString(16);
}

for (var round = 1; round <= 18; round++) {
  var text = JSON.stringify(document(6));
  var names = text.replace(/"(\w+)":/g, function (all, name) { return name.toUpperCase() + '='; }).split(',');
  var tree = null, listed = [], values = [];
  names.forEach(function (name) { tree = insert(tree, name.slice(0, 9)); });
  walk(tree, function (node) { listed.push(node.key + node.uses); });
  for (var i = 0; i < 8; i++) values.push(evaluate(expression(5)));
  print(round, weigh(JSON.parse(text)), hash(text), listed.length, hash(listed.join(';')), values.join(' '));
}
