// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/cohort/spot_facts.h"

#include <fmt/format.h>

#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

constexpr const char* kFile = "spot-cohort.json";
constexpr const char* kFormat = "geneglass spot cohort";

}  // namespace

std::filesystem::path SpotFacts::folds(const std::filesystem::path& cohort) {
  return cohort.parent_path() / "folds.csv";
}

Result<void> writeSpotFacts(const std::filesystem::path& folder, const SpotFacts& facts) {
  const nlohmann::json document = {{"format", kFormat},    {"format_version", 1},
                                   {"bags", facts.bags},   {"label_unit", facts.labelUnit},
                                   {"sizes", facts.sizes}, {"sections", facts.sections}};
  return writeText(folder / kFile, document.dump(2) + "\n");
}

Result<std::optional<SpotFacts>> readSpotFacts(const std::filesystem::path& cohort) {
  const std::filesystem::path file = cohort.parent_path() / kFile;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::optional<SpotFacts>();
  try {
    const auto read = readJsonFile(file, "it", kSmallJson);
    if (!read) return fail(fmt::format("Cannot read '{}': {}.", file.string(), read.error().sentence));
    const nlohmann::json& document = *read;
    if (document.at("format") != kFormat || document.at("format_version") != 1)
      return fail(fmt::format("Cannot read '{}': it is not what spot-cohort writes.", file.string()));
    return SpotFacts{document.at("bags"), document.at("label_unit"), document.at("sizes"),
                     document.at("sections")};
  } catch (const nlohmann::json::exception&) {  // a member is missing or of another kind
    return fail(fmt::format("Cannot read '{}': it is not what spot-cohort writes.", file.string()));
  }
}

}  // namespace geneglass
