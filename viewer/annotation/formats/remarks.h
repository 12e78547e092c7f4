// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace geneglass {

/// What is said of a file that was read or written: counted, in the order in which it first came up.
class Remarks final {
 public:
  /// "1 spline came in as a polygon." or "3 splines came in as polygons.": what follows the number.
  void count(std::string_view one, std::string_view many, size_t times = 1);

  /// A whole sentence; said once.
  void say(std::string sentence);

  std::vector<std::string> sentences() const;

 private:
  struct Remark {
    std::string one;
    std::string many;  ///< empty: `one` is the sentence
    size_t times = 0;
  };
  std::vector<Remark> m_remarks;
};

}  // namespace geneglass
