// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "smallest.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace autopass {
namespace {

class Halving {
public:
  Halving(std::size_t count, std::size_t known, Error failure, const AskFewer& ask, std::size_t most,
          const std::function<bool()>& out_of_time)
      : m_known(known), m_end(count), m_ask(ask), m_most(most), m_out_of_time(out_of_time) {
    m_smallest.failure = std::move(failure);
  }

  Smallest run() {
    if (drop_known()) {
      while (m_end > m_begin && shorten() && keep_last()) {
      }
    }
    m_smallest.to_blame = with_beginning(m_end);
    return std::move(m_smallest);
  }

private:
  // What was kept, and the list up to `end`.
  std::vector<std::size_t> with_beginning(std::size_t end) const {
    std::vector<std::size_t> all(end - m_begin);
    std::iota(all.begin(), all.end(), m_begin);
    all.insert(all.end(), m_kept.rbegin(), m_kept.rend());
    return all;
  }

  // Nothing when it must not be asked any more.
  std::optional<bool> fails(std::size_t end) {
    if (m_smallest.asked >= m_most || m_out_of_time()) {
      m_smallest.complete = false;
      return std::nullopt;
    }
    ++m_smallest.asked;
    auto failure = m_ask(with_beginning(end));
    if (failure) {
      m_smallest.failure = std::move(*failure);
    }
    return failure.has_value();
  }

  // False: out of questions.
  bool drop_known() {
    if (m_known == 0 || m_known >= m_end) {
      return true;
    }
    m_begin = m_known;
    const auto enough = fails(m_end);
    if (!enough.value_or(false)) {
      m_begin = 0;
    }
    return enough.has_value();
  }

  // The list ends with one that is needed, then. False: out of questions.
  bool shorten() {
    std::size_t right = m_begin; // up to here it does not fail, up to m_end it does
    while (m_end - right > 1) {
      const std::size_t middle = right + (m_end - right) / 2;
      const auto failed = fails(middle);
      if (!failed) {
        return false;
      }
      (*failed ? m_end : right) = middle;
    }
    return true;
  }

  bool keep_last() {
    m_kept.push_back(--m_end);
    if (m_end == m_begin) {
      return true;
    }
    const auto enough = fails(m_begin);
    if (enough.value_or(false)) {
      m_end = m_begin;
    }
    return enough.has_value();
  }

  const std::size_t m_known;
  std::size_t m_begin = 0, m_end; // of the list, as far as it is still needed
  const AskFewer& m_ask;
  const std::size_t m_most;
  const std::function<bool()>& m_out_of_time;
  std::vector<std::size_t> m_kept; // descending
  Smallest m_smallest;
};

} // namespace

Smallest find_smallest(std::size_t count, std::size_t known, Error failure, const AskFewer& ask, std::size_t most,
                       const std::function<bool()>& out_of_time) {
  return Halving(count, known, std::move(failure), ask, most, out_of_time).run();
}

} // namespace autopass
