// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_series.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>
#include <utility>

#include "viewer/slide/formats/driver.h"

namespace geneglass {
namespace {

constexpr size_t kMostFiles = 512;  ///< of one series: each stays open

/// A file that is a whole-slide instance.
struct SlideFile {
  std::filesystem::path path;
  std::shared_ptr<const PositionedFile> file;
  DicomIdentity identity;
};

std::vector<std::filesystem::path> filesIn(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (std::filesystem::directory_iterator each(folder, ignored), end; !ignored && each != end;
       each.increment(ignored)) {
    std::error_code unknown;
    if (each->is_regular_file(unknown) && each->file_size(unknown) > 132) files.push_back(each->path());
  }
  std::ranges::sort(files);
  return files;
}

std::optional<SlideFile> slideFile(const std::filesystem::path& path) {
  auto file = std::make_shared<const PositionedFile>(path);
  if (!file->isOpen()) return {};
  std::optional<DicomIdentity> identity = dicomIdentity(*file);
  if (!identity || identity->objectClass != kDicomWholeSlide) return {};
  return SlideFile{path, std::move(file), std::move(*identity)};
}

/// Of the series that is meant; of all where `series` is empty.
std::vector<SlideFile> slideFilesIn(const std::filesystem::path& folder, const std::string& series) {
  std::vector<SlideFile> found;
  for (const std::filesystem::path& path : filesIn(folder)) {
    std::optional<SlideFile> own = slideFile(path);
    if (own && (series.empty() || own->identity.series == series) && found.size() <= kMostFiles)
      found.push_back(std::move(*own));
  }
  return found;
}

/// Why the file is not opened as a slide of DICOM, where it is DICOM.
std::string otherKind(const std::optional<DicomIdentity>& identity) {
  constexpr std::string_view kTable = "1.2.840.10008.1.3.10";
  if (!identity) return "it is DICOM, but damaged before it says what it shows";
  if (identity->objectClass == kTable) return "it is a DICOMDIR, which only lists files: open one of them";
  return fmt::format("it is DICOM of another kind ({}), not a whole-slide image",
                     dicomClassName(identity->objectClass));
}

/// Reads what the files say, each instance once.
Result<DicomSeries> readAll(const FileHead& head, std::vector<SlideFile> files) {
  DicomSeries series;
  std::set<std::string> uids;
  for (SlideFile& each : files) {
    const bool isMeant = head.file && each.path.filename() == head.path.filename();
    Result<DicomInstance> instance = readDicomInstance(each.path, std::move(each.file), each.identity);
    if (!instance && isMeant) return cannotOpen(head.path, instance.error().sentence);
    if (!instance) {
      series.damage +=
          fmt::format("{}'{}' of the same series is left out: {}.", series.damage.empty() ? "" : " ",
                      each.path.filename().string(), instance.error().sentence);
      continue;
    }
    if (isMeant) series.pyramid = instance->pyramid;
    if (uids.insert(instance->uid).second || instance->uid.empty())
      series.instances.push_back(std::move(*instance));
  }
  if (series.instances.empty()) return cannotOpen(head.path, series.damage);
  return series;
}

/// Where the chosen file names no pyramid, that of the finest level.
Result<void> settlePyramid(const FileHead& head, DicomSeries& series) {
  std::set<std::string> pyramids;
  const DicomInstance* finest = nullptr;
  for (const DicomInstance& each : series.instances) {
    if (each.flavour != DicomFlavour::Volume) continue;
    pyramids.insert(each.pyramid);
    if (!finest || each.size.width > finest->size.width) finest = &each;
  }
  if (!finest)
    return cannotOpen(head.path, "its series holds no image of the slide itself, only pictures beside it");
  if (!head.file && pyramids.size() > 1)
    return cannotOpen(
        head.path,
        fmt::format("it holds {} pyramids of one DICOM series: open a file of one of them", pyramids.size()));
  if (series.pyramid.empty()) series.pyramid = finest->pyramid;
  return {};
}

}  // namespace

std::filesystem::path firstDicomSlideIn(const std::filesystem::path& folder) {
  for (const std::filesystem::path& path : filesIn(folder))
    if (slideFile(path)) return path;
  return {};
}

std::vector<std::filesystem::path> withoutDicomSiblings(std::vector<std::filesystem::path> files) {
  std::set<std::pair<std::filesystem::path, std::string>> known;
  std::erase_if(files, [&](const std::filesystem::path& file) {
    const std::optional<SlideFile> own = slideFile(file);
    return own && !known.emplace(file.parent_path(), own->identity.series).second;
  });
  return files;
}

Result<std::optional<DicomSeries>> dicomSeriesOf(const FileHead& head) {
  std::string wanted;
  if (head.file) {
    if (!isDicom(*head.file)) return std::nullopt;
    const std::optional<DicomIdentity> identity = dicomIdentity(*head.file);
    if (!identity || identity->objectClass != kDicomWholeSlide)
      return cannotOpen(head.path, otherKind(identity));
    wanted = identity->series;
  }
  const std::filesystem::path folder = head.file ? head.path.parent_path() : head.path;
  std::vector<SlideFile> files;
  if (!head.file || !wanted.empty()) files = slideFilesIn(folder.empty() ? "." : folder, wanted);
  // A folder may be entered but not listed, and a series need not be named.
  if (std::optional<SlideFile> own = head.file && files.empty() ? slideFile(head.path) : std::nullopt)
    files.push_back(std::move(*own));
  if (files.empty()) return std::nullopt;
  if (files.size() > kMostFiles)
    return cannotOpen(head.path, fmt::format("more than {} files are of its series", kMostFiles));
  std::set<std::string> all;
  for (const SlideFile& each : files) all.insert(each.identity.series);
  if (all.size() > 1)
    return cannotOpen(head.path,
                      fmt::format("it holds {} DICOM slides: open a file of one of them", all.size()));
  Result<DicomSeries> series = readAll(head, std::move(files));
  if (!series) return tl::unexpected(series.error());
  if (auto settled = settlePyramid(head, *series); !settled) return tl::unexpected(settled.error());
  return std::move(*series);
}

}  // namespace geneglass
