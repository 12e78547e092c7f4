// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/array_position.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace geneglass {

std::optional<Point> arrayPosition(std::string_view name) {
  if (name.starts_with('X')) name.remove_prefix(1);
  const size_t cross = name.find('x');
  if (cross == std::string_view::npos) return {};
  const auto numberIn = [](std::string_view text) -> std::optional<double> {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !(std::abs(value) < 1e6)) return {};
    return value;
  };
  const auto x = numberIn(name.substr(0, cross)), y = numberIn(name.substr(cross + 1));
  if (!x || !y) return {};
  return Point{*x, *y};
}

std::string nameOf(const Point& position) {
  return fmt::format("{:g}x{:g}", position.x, position.y);
}

}  // namespace geneglass
