// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/slide_record.h"

#include <nlohmann/json.hpp>

#include "viewer/foundation/files/json_text.h"
#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Throws json::exception where the record is damaged.
SlideRecord recordOf(const json& facts) {
  SlideRecord record{.name = facts.at("name"), .slide = facts.at("slide")};
  record.hash = facts.at("hash");
  record.stamp = facts.at("stamp");
  record.asked = facts.at("asked");
  record.state = facts.at("state");
  record.attempts = facts.at("attempts");
  for (const json& failure : facts.at("failures"))
    record.failures.push_back({failure.at("attempt"), failure.at("time"), failure.at("reason")});
  record.seconds = facts.at("seconds");
  for (const auto& [step, seconds] : facts.at("steps").items())
    record.stepSeconds.emplace_back(step, seconds.get<double>());
  record.begun = facts.at("begun");
  record.ended = facts.at("ended");
  record.host = facts.at("host");
  record.process = facts.at("process");
  record.version = facts.at("version");
  for (const json& file : facts.at("files"))
    record.files.push_back({file.at("what"), file.at("name"), file.at("bytes")});
  return record;
}

}  // namespace

bool SlideRecord::isWhole(const fs::path& results, const std::string& slideHash,
                          const std::string& askedNow) const {
  if (state != "done" || hash != slideHash || asked != askedNow || files.empty()) return false;
  for (const File& file : files) {
    std::error_code error;
    if (fs::file_size(results / file.name, error) != file.bytes || error) return false;
  }
  return true;
}

std::optional<SlideRecord> readRecord(const fs::path& file) {
  const Result<json> facts = readJsonFile(file, "it", kSmallJson);
  if (!facts) return {};
  try {
    return recordOf(*facts);
  } catch (const json::exception&) {
    return {};
  }
}

json asJson(const SlideRecord& record) {
  json failures = json::array(), files = json::array(), steps = json::object();
  for (const SlideRecord::Failure& failure : record.failures)
    failures.push_back({{"attempt", failure.attempt}, {"time", failure.time}, {"reason", failure.reason}});
  for (const SlideRecord::File& file : record.files)
    files.push_back({{"what", file.what}, {"name", file.name}, {"bytes", file.bytes}});
  for (const auto& [step, seconds] : record.stepSeconds) steps[step] = seconds;
  return {{"name", record.name},         {"slide", record.slide},
          {"hash", record.hash},         {"stamp", record.stamp},
          {"asked", record.asked},       {"state", record.state},
          {"attempts", record.attempts}, {"failures", failures},
          {"seconds", record.seconds},   {"steps", steps},
          {"begun", record.begun},       {"ended", record.ended},
          {"host", record.host},         {"process", record.process},
          {"version", record.version},   {"files", files}};
}

Result<void> writeRecord(const fs::path& file, const SlideRecord& record) {
  return writeText(file, asJson(record).dump(1, ' ', false, json::error_handler_t::replace) + '\n');
}

}  // namespace geneglass
