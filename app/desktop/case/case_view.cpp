// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/case/case_view.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "viewer/annotation/shape_places.h"
#include "viewer/foundation/files/json_text.h"

namespace geneglass {
namespace {

nlohmann::json listOf(const CaseView& view) {
  nlohmann::json list{view.centre.x, view.centre.y, view.downsample, view.rotation};
  if (view.isMirrored) list.push_back(1);
  return list;
}

std::optional<CaseView> viewIn(const nlohmann::json& list) {
  const auto isNumber = [](const nlohmann::json& one) { return one.is_number(); };
  if (!list.is_array() || (list.size() != 4 && list.size() != 5) || !std::ranges::all_of(list, isNumber))
    return {};
  const CaseView view{{list[0].get<double>(), list[1].get<double>()},
                      list[2].get<double>(),
                      list[3].get<double>(),
                      list.size() == 5 && list[4].get<double>() != 0};
  constexpr double kLeastDownsample = 1e-6, kMostDownsample = 1e9;  // beyond any window and slide
  if (!isPlace(view.centre) || !std::isfinite(view.rotation)) return {};
  if (!(view.downsample >= kLeastDownsample && view.downsample <= kMostDownsample)) return {};
  return view;
}

}  // namespace

std::string textOf(const CaseView& view) {
  return listOf(view).dump();
}

std::optional<CaseView> viewOf(std::string_view text) {
  return viewIn(jsonOrNull(text));
}

std::string textOf(const std::vector<Bookmark>& bookmarks) {
  nlohmann::json list = nlohmann::json::array();
  for (const Bookmark& bookmark : bookmarks)
    list.push_back({{"name", bookmark.name}, {"view", listOf(bookmark.view)}});
  return list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<Bookmark> bookmarksOf(std::string_view text) {
  std::vector<Bookmark> bookmarks;
  const nlohmann::json list = jsonOrNull(text);
  if (!list.is_array()) return bookmarks;
  for (const nlohmann::json& one : list) {
    if (!one.is_object() || !one.contains("view") || !one.contains("name") || !one["name"].is_string())
      continue;
    if (const auto view = viewIn(one["view"])) bookmarks.push_back({one["name"].get<std::string>(), *view});
  }
  return bookmarks;
}

}  // namespace geneglass
