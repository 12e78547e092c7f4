// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/report/report_template_file.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <system_error>

#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

constexpr const char* kKind = "report template";
constexpr uintmax_t kMostBytes = 1u << 20;

tl::unexpected<Error> unreadable(const std::filesystem::path& file, const std::string& reason) {
  return fail(fmt::format("Cannot read the report template '{}': {}.", file.string(), reason));
}

/// A value of the file that today's program does not know; empty for none.
std::string unknownIn(const nlohmann::json& read) {
  const auto quoted = [](const nlohmann::json& value) { return fmt::format("'{}'", value.dump()); };
  if (!read.contains("parts") || !read["parts"].is_array()) return "it has no list 'parts'";
  for (const nlohmann::json& each : read["parts"]) {
    if (!each.is_object() || !each.contains("part") || !each["part"].is_string())
      return "its list 'parts' holds " + quoted(each);
    if (!isPartKey(each["part"].get<std::string>()))
      return "it names the section " + quoted(each["part"]) + ", which is not known";
  }
  for (const auto& [key, known] :
       {std::pair("paper", std::pair("A4", "Letter")), std::pair("genes", std::pair("all", "short"))})
    if (read.contains(key) && read[key] != known.first && read[key] != known.second)
      return fmt::format("its '{}' is {}, not '{}' or '{}'", key, quoted(read[key]), known.first,
                         known.second);
  return {};
}

}  // namespace

Result<void> writeTemplate(const std::filesystem::path& file, const ReportTemplate& layout) {
  nlohmann::ordered_json written{{"geneglass", kKind}};
  written.update(nlohmann::ordered_json::parse(textOf(layout)));
  return writeText(file, written.dump(2) + "\n");
}

Result<ReportTemplate> readTemplate(const std::filesystem::path& file) {
  std::error_code error;
  const uintmax_t bytes = std::filesystem::file_size(file, error);
  if (error) return unreadable(file, error.message());
  if (bytes > kMostBytes) return unreadable(file, "it is far too large for one");
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  const nlohmann::json read = jsonOrNull(text.str());
  if (!read.is_object() || read.value("geneglass", nlohmann::json()) != kKind)
    return unreadable(file, "it is no report template of Geneglass");
  if (const std::string reason = unknownIn(read); !reason.empty()) return unreadable(file, reason);
  return templateOf(text.str());
}

}  // namespace geneglass
