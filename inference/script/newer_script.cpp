// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/script/newer_script.h"

#include <fmt/format.h>

namespace geneglass {

/// The characters of `among` that follow `begin` where that first stands in `text`.
static std::string_view wordAfter(std::string_view text, std::string_view begin, std::string_view among) {
  const size_t at = text.find(begin);
  if (at == text.npos) return {};
  const std::string_view rest = text.substr(at + begin.size());
  return rest.substr(0, rest.find_first_not_of(among));
}

std::string newerScript(std::string_view said, std::string_view own) {
  constexpr std::string_view kDigits = "0123456789";
  const std::string_view format = wordAfter(said, "Attempted to read a PyTorch file with version ", kDigits),
                         most = wordAfter(said, "the maximum supported version for reading is ", kDigits);
  if (!format.empty() && !most.empty())
    return fmt::format("a newer LibTorch wrote it, in version {} of the format; LibTorch {} reads up to {}",
                       format, own, most);
  const std::string_view called = wordAfter(
      said, "Unknown builtin op: ", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:");
  if (called.empty()) return {};
  return fmt::format("it calls '{}', which LibTorch {} does not know and a newer one may", called, own);
}

}  // namespace geneglass
