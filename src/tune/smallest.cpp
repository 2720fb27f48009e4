// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "smallest.h"

#include <algorithm>
#include <utility>

namespace autopass {
namespace {

class Halving {
public:
  Halving(std::size_t count, Error failure, const AskFewer& ask, std::size_t most,
          const std::function<bool()>& out_of_time)
      : m_end(count), m_ask(ask), m_most(most), m_out_of_time(out_of_time) {
    m_smallest.failure = std::move(failure);
  }

  Smallest run() {
    while (m_end > 0 && shorten() && keep_last()) {
    }
    m_smallest.to_blame = with_beginning(m_end);
    return std::move(m_smallest);
  }

private:
  // What was kept, and the first `length` of the list.
  std::vector<std::size_t> with_beginning(std::size_t length) const {
    std::vector<std::size_t> all(length);
    for (std::size_t i = 0; i < length; ++i) {
      all[i] = i;
    }
    all.insert(all.end(), m_kept.rbegin(), m_kept.rend());
    return all;
  }

  // Nothing when it must not be asked any more.
  std::optional<bool> fails(std::size_t length) {
    if (m_smallest.asked >= m_most || m_out_of_time()) {
      m_smallest.complete = false;
      return std::nullopt;
    }
    ++m_smallest.asked;
    auto failure = m_ask(with_beginning(length));
    if (failure) {
      m_smallest.failure = std::move(*failure);
    }
    return failure.has_value();
  }

  // The list ends with one that is needed, then. False: out of questions.
  bool shorten() {
    std::size_t right = 0; // a beginning of this length does not fail, one of m_end does
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
    if (m_end == 0) {
      return true;
    }
    const auto enough = fails(0);
    if (enough.value_or(false)) {
      m_end = 0;
    }
    return enough.has_value();
  }

  std::size_t m_end; // of the list, as far as it is still needed
  const AskFewer& m_ask;
  const std::size_t m_most;
  const std::function<bool()>& m_out_of_time;
  std::vector<std::size_t> m_kept; // descending
  Smallest m_smallest;
};

} // namespace

Smallest find_smallest(std::size_t count, Error failure, const AskFewer& ask, std::size_t most,
                       const std::function<bool()>& out_of_time) {
  return Halving(count, std::move(failure), ask, most, out_of_time).run();
}

} // namespace autopass
