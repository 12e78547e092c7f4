// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run/slide_jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "viewer/foundation/files/csv_line.h"
#include "viewer/foundation/files/csv_reader.h"
#include "viewer/foundation/sha256.h"
#include "viewer/slide/pixel_size.h"
#include "viewer/slide/slide_name.h"

namespace geneglass {
namespace {

namespace fs = std::filesystem;

constexpr int kMostShards = 100'000;

class Manifest final {
 public:
  explicit Manifest(const fs::path& file) : m_csv(file, "manifest") {}

  Result<std::vector<SlideJob>> read() {
    const Result<void> read =
        m_csv.read([this](const std::vector<std::string>& cells) { return takeHeader(cells); },
                   [this](const std::vector<std::string>& cells) { return takeRow(cells); });
    if (!read) return tl::unexpected(read.error());
    if (m_jobs.empty()) return m_csv.refuse("it has a header and no rows");
    return std::move(m_jobs);
  }

 private:
  Result<void> takeHeader(const std::vector<std::string>& cells) {
    for (const auto& [name, column] : {std::pair("slide", &m_slide), {"mpp", &m_mpp}, {"name", &m_name}}) {
      const auto found = std::ranges::find(cells, name);
      if (found == cells.end()) continue;
      *column = size_t(found - cells.begin());
      if (std::count(found, cells.end(), name) > 1)
        return m_csv.refuseRow(fmt::format("the column '{}' is there twice", name));
    }
    return m_slide ? Result<void>() : m_csv.refuseRow("there is no column 'slide'");
  }

  Result<void> takeRow(const std::vector<std::string>& cells) {
    const std::string& slide = cells[*m_slide];
    if (slide.empty()) return m_csv.refuseRow("the slide is empty");
    SlideJob job{(m_csv.file().parent_path() / slide).lexically_normal().string(), {}};
    if (Result<void> taken = takeMpp(cells, job); !taken) return taken;
    job.name = m_name && !cells[*m_name].empty() ? cells[*m_name] : slideNameOf(job.file);
    const bool hasControls =
        std::ranges::any_of(job.name, [](char letter) { return uint8_t(letter) < 0x20; });
    if (hasControls || job.name.find('/') != std::string::npos || job.name.starts_with('.'))
      return m_csv.refuseRow(fmt::format("the name '{}' cannot be that of a result", shortened(job.name)));
    const auto [file, isNewFile] = m_rowOfFile.emplace(job.file, m_csv.row());
    if (!isNewFile)
      return m_csv.refuseRow(fmt::format("the slide '{}' was given in row {} already", slide, file->second));
    const auto [name, isNewName] = m_rowOfName.emplace(job.name, m_csv.row());
    if (!isNewName)
      return m_csv.refuseRow(
          fmt::format("the results of '{}' would be called as those of row {}: give the one "
                      "or the other a name in a column 'name'",
                      slide, name->second));
    m_jobs.push_back(std::move(job));
    return {};
  }

  Result<void> takeMpp(const std::vector<std::string>& cells, SlideJob& job) const {
    if (!m_mpp || cells[*m_mpp].empty()) return {};
    const std::optional<float> mpp = numberOf(cells[*m_mpp]);
    if (!mpp || !(*mpp >= kLeastMpp && *mpp <= kMostMpp))
      return m_csv.refuseRow(fmt::format("the mpp '{}' is no number of micrometres from {} to {}",
                                         shortened(cells[*m_mpp]), kLeastMpp, kMostMpp));
    job.mpp = std::stod(cells[*m_mpp]);
    return {};
  }

  CsvReader m_csv;
  std::optional<size_t> m_slide, m_mpp, m_name;  ///< columns
  std::map<std::string, size_t> m_rowOfFile, m_rowOfName;
  std::vector<SlideJob> m_jobs;
};

}  // namespace

Result<std::vector<SlideJob>> readManifest(const fs::path& file) {
  return Manifest(file).read();
}

bool Shard::holds(const std::string& name) const {
  uint64_t hash = 0;
  const std::string digits = sha256(name).substr(0, 15);
  std::from_chars(digits.data(), digits.data() + digits.size(), hash, 16);
  return hash % uint64_t(count) == uint64_t(number - 1);
}

Result<Shard> readShard(const std::string& text) {
  Shard shard;
  const char* end = text.data() + text.size();
  const auto [slash, badNumber] = std::from_chars(text.data(), end, shard.number);
  const bool hasNumber = badNumber == std::errc() && slash != end && *slash == '/';
  const auto [last, badCount] = std::from_chars(hasNumber ? slash + 1 : end, end, shard.count);
  if (!hasNumber || badCount != std::errc() || last != end || shard.count < 1 || shard.count > kMostShards ||
      shard.number < 1 || shard.number > shard.count)
    return fail(fmt::format("'{}' is no part: I/N, I from 1 to N, N from 1 to {}", text, kMostShards));
  return shard;
}

}  // namespace geneglass
