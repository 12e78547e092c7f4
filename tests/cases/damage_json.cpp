// SPDX-License-Identifier: GPL-3.0-or-later
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "tests/cases/damage.h"

namespace geneglass::testing {
namespace {

using nlohmann::json;

void change(const std::filesystem::path& file, const std::function<void(json&)>& how) {
  json document = json::parse(bytesIn(file));
  how(document);
  putBytes(file, document.dump());
}

}  // namespace

const Damages& jsonDamages() {
  static const Damages all{{"json",
                            [](const auto& file, const auto& words) {
                              change(file, [&](json& document) {
                                document[json::json_pointer(wordAt(words, 1))] =
                                    json::parse(wordAt(words, 2));
                              });
                            }},
                           {"json-lose",
                            [](const auto& file, const auto& words) {
                              change(file, [&](json& document) {
                                const json::json_pointer place(wordAt(words, 1));
                                document[place.parent_pointer()].erase(place.back());
                              });
                            }},
                           {"json-twice", [](const auto& file, const auto& words) {
                              change(file, [&](json& document) {
                                json& list = document[json::json_pointer(wordAt(words, 1))];
                                list.push_back(list.at(0));
                              });
                            }}};
  return all;
}

}  // namespace geneglass::testing
