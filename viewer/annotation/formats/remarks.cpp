// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/annotation/formats/remarks.h"

#include <fmt/format.h>

#include <algorithm>

namespace geneglass {

void Remarks::count(std::string_view one, std::string_view many, size_t times) {
  if (times == 0) return;
  const auto known = std::ranges::find(m_remarks, one, &Remark::one);
  if (known != m_remarks.end())
    known->times += times;
  else
    m_remarks.push_back({std::string(one), std::string(many), times});
}

void Remarks::say(std::string sentence) {
  if (std::ranges::find(m_remarks, sentence, &Remark::one) == m_remarks.end())
    m_remarks.push_back({std::move(sentence), {}, 0});
}

std::vector<std::string> Remarks::sentences() const {
  std::vector<std::string> all;
  for (const Remark& remark : m_remarks)
    all.push_back(remark.many.empty()
                      ? remark.one
                      : fmt::format("{} {}.", remark.times, remark.times == 1 ? remark.one : remark.many));
  return all;
}

}  // namespace geneglass
