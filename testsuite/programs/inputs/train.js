// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Numbers and objects: a sieve, word counts in an object, prototypes with
// methods, closures, sorting, a small matrix product.
'use strict';

var state = 12345;
function random(n) {
  state = (state * 16807) % 2147483647;
  return state % n;
}

function sieve(limit) {
  var composite = new Uint8Array(limit + 1), found = 0;
  for (var i = 2; i <= limit; i++) {
    if (composite[i]) continue;
    found++;
    for (var j = i * i; j <= limit; j += i) composite[j] = 1;
  }
  return found;
}

function countWords(length) {
  var counts = {}, order = [];
  for (var i = 0; i < length; i++) {
    var word = '';
    for (var j = 2 + random(3); j > 0; j--) word += 'abcdef'.charAt(random(6));
    if (counts[word] === undefined) {
      counts[word] = 0;
      order.push(word);
    }
    counts[word]++;
  }
  order.sort(function (a, b) { return counts[b] - counts[a] || (a < b ? -1 : 1); });
  return order.length + ' ' + order[0] + ' ' + counts[order[0]];
}

function Heap() { this.items = []; }
Heap.prototype.push = function (value) {
  var items = this.items, at = items.length;
  for (; at > 0 && items[(at - 1) >> 1] > value; at = (at - 1) >> 1) items[at] = items[(at - 1) >> 1];
  items[at] = value;
};
Heap.prototype.pop = function () {
  var items = this.items, top = items[0], last = items.pop(), size = items.length, at = 0, child;
  while ((child = 2 * at + 1) < size) {
    if (child + 1 < size && items[child + 1] < items[child]) child++;
    if (last <= items[child]) break;
    items[at] = items[child];
    at = child;
  }
  if (size) items[at] = last;
  return top;
};

function heapMix(count) {
  var heap = new Heap(), mix = 0, i;
  for (i = 0; i < count; i++) heap.push(random(100000));
  for (i = 0; i < count; i++) mix = (mix * 31 + heap.pop()) % 1000003;
  return mix;
}

function product(n) {
  function matrix(scale) {
    var rows = [];
    for (var i = 0; i < n; i++) {
      rows.push([]);
      for (var j = 0; j < n; j++) rows[i].push(random(100) / scale);
    }
    return rows;
  }
  var a = matrix(7), b = matrix(3);
  return a.reduce(function (total, row, i) {
    for (var j = 0; j < n; j++) {
      var sum = 0;
      for (var k = 0; k < n; k++) sum += row[k] * b[k][j];
      total += sum / (i + j + 1);
    }
    return total;
  }, 0);
}

for (var round = 1; round <= 12; round++)
  print(round, sieve(40000), countWords(3000), heapMix(3000), product(24));
