// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/import/tile_classifier.h"

#include <fmt/format.h>

#include <set>

#include "inference/package/call_manifest.h"

namespace geneglass {

TileClassifier logitsAsTheyAre(std::vector<std::string> classes) {
  const size_t count = classes.size();
  TileClassifier classifier{{{int64_t(count), int64_t(count)}, std::vector<float>(count * count)},
                            {{int64_t(count)}, std::vector<float>(count)},
                            std::move(classes)};
  for (size_t each = 0; each < count; ++each) classifier.weight.values[each * count + each] = 1;
  return classifier;
}

std::vector<std::string> katherClasses() {
  return {"background", "normal mucosa", "debris", "tumour epithelium", "adipose",
          "mucus",      "smooth muscle", "stroma", "lymphocytes"};
}

Result<CallFacts> callOf(const TileClassifier& classifier) {
  const std::vector<std::string>& names = classifier.classes;
  if (names.size() < 2 || names.size() > kMostClasses)
    return fail(
        fmt::format("{} classes are named where 2 to {} can be told apart", names.size(), kMostClasses));
  if (int64_t(names.size()) != classifier.bias.shape.front())
    return fail(fmt::format("{} classes are named where its classifier has {} outputs", names.size(),
                            classifier.bias.shape.front()));
  std::set<std::string> seen;
  CallFacts facts;
  facts.target = "tissue";
  facts.ofTiles = true;
  facts.classes.clear();
  for (const std::string& name : names) {
    if (name.empty() || !seen.insert(name).second)
      return fail(fmt::format("the class '{}' is empty or there twice", name));
    facts.classes.push_back({.name = name});
  }
  facts.statement =
      "the classes of the imported classifier of tiles; how well it tells them apart was not judged here";
  return facts;
}

TensorFile headOf(const TileClassifier& classifier) {
  return {{"value.weight", classifier.weight}, {"value.bias", classifier.bias}};
}

}  // namespace geneglass
