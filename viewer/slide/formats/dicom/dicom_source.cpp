// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "viewer/foundation/sha256.h"
#include "viewer/slide/colour_profile.h"
#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/dicom/dicom_level_reader.h"
#include "viewer/slide/formats/dicom/dicom_series.h"
#include "viewer/slide/formats/direct_source.h"

namespace geneglass {
namespace {

using DicomReader = std::shared_ptr<const DicomLevelReader>;
using DicomReaders = std::vector<DicomReader>;

constexpr int64_t kMostPicturePixels = 1 << 26;

/// Pictures beside the pyramid by their name; knows no tiles.
class DicomPictures final : public TileSource {
 public:
  DicomPictures(std::filesystem::path file, std::map<std::string, DicomReader> pictures)
      : m_file(std::move(file)), m_pictures(std::move(pictures)) {}

  Result<TilePtr> read(TileKey) const override {
    return fail(fmt::format("Cannot read '{}': there is no such tile.", m_file.string()));
  }
  Result<Image> readAssociatedImage(const std::string& name) const override;

 private:
  const std::filesystem::path m_file;
  const std::map<std::string, DicomReader> m_pictures;
};

void putTile(const Image& tile, Image& image, int64_t left, int64_t top) {
  for (int row = 0; row < tile.height; ++row)
    std::copy_n(tile.pixels.begin() + int64_t{row} * tile.width, tile.width,
                &image.at(static_cast<int>(left), static_cast<int>(top + row)));
}

Result<Image> DicomPictures::readAssociatedImage(const std::string& name) const {
  const auto cannot = [&](std::string_view reason) {
    return fail(fmt::format("Cannot read the image '{}' of '{}': {}.", name, m_file.string(), reason));
  };
  const auto found = m_pictures.find(name);
  if (found == m_pictures.end()) return cannot("there is no such image");
  const DicomLevelReader& reader = *found->second;
  const auto& [size, tile] = std::pair(reader.facts().size, reader.facts().tile);
  Image image(static_cast<int>(size.width), static_cast<int>(size.height));
  for (int64_t row = 0; row < reader.rows(); ++row)
    for (int64_t column = 0; column < reader.columns(); ++column) {
      if (reader.isLeftOut(column, row)) continue;
      const int64_t left = column * tile.width, top = row * tile.height;
      Image part = Image::unset(static_cast<int>(std::min(tile.width, size.width - left)),
                                static_cast<int>(std::min(tile.height, size.height - top)));
      if (const std::string reason = reader.decode(column, row, 1, part); !reason.empty())
        return cannot(reason);
      putTile(part, image, left, top);
    }
  return image;
}

/// The instances of one flavour as pictures, finest first; parts of a concatenation are one. What cannot be
/// placed is left out, and `damage` says why.
DicomReaders readersOf(const DicomSeries& series, DicomFlavour flavour, std::string& damage) {
  std::map<std::string, std::vector<DicomInstance>> pictures;
  for (const DicomInstance& each : series.instances) {
    const bool meant = flavour != DicomFlavour::Volume || each.pyramid == series.pyramid;
    if (each.flavour == flavour && meant)
      pictures[each.concatenation.uid.empty() ? each.path.string() : each.concatenation.uid].push_back(each);
  }
  DicomReaders readers;
  for (auto& [key, parts] : pictures) {
    const std::string name = parts.front().path.filename().string();
    Result<DicomReader> reader = DicomLevelReader::of(std::move(parts));
    if (reader)
      readers.push_back(std::move(*reader));
    else
      damage +=
          fmt::format("{}'{}' is left out: {}.", damage.empty() ? "" : " ", name, reader.error().sentence);
  }
  std::ranges::stable_sort(readers, [](const DicomReader& left, const DicomReader& right) {
    const auto rank = [](const DicomInstance& facts) { return std::pair(-facts.size.width, facts.number); };
    return rank(left->facts()) < rank(right->facts());
  });
  return readers;
}

/// Whether it shows the same as the finest level: its sides are those to a pixel and 2 %.
std::optional<double> downsampleOf(Size size, Size finest) {
  const double x = static_cast<double>(finest.width) / static_cast<double>(size.width);
  const double y = static_cast<double>(finest.height) / static_cast<double>(size.height);
  const double allowed = 0.02 + 2.0 / static_cast<double>(std::min(size.width, size.height));
  if (std::abs(x / y - 1) > allowed) return {};
  return (x + y) / 2;
}

/// Keeps one reader a level: other focal planes and fields of view are no levels, and `note` counts them.
std::vector<Level> levelsOf(DicomReaders& readers, std::string& note) {
  std::vector<Level> levels;
  DicomReaders kept;
  for (DicomReader& reader : readers) {
    const DicomInstance& facts = reader->facts();
    const auto downsample = downsampleOf(facts.size, readers.front()->facts().size);
    if (!downsample || (!levels.empty() && facts.size.width >= levels.back().size.width)) continue;
    levels.push_back({facts.size, *downsample, facts.tile});
    kept.push_back(reader);
  }
  if (const size_t others = readers.size() - kept.size(); others > 0)
    note +=
        fmt::format("{}{} more of its images of the slide {} not shown: of another focal plane or a part.",
                    note.empty() ? "" : " ", others, others == 1 ? "is" : "are");
  readers = std::move(kept);
  return levels;
}

/// The first of each flavour.
std::map<std::string, DicomReader> picturesOf(const DicomSeries& series, Slide& slide) {
  struct Kind {
    DicomFlavour flavour;
    const char* name;
    bool mayIdentifyPatient;
  };
  constexpr std::array kKinds{Kind{DicomFlavour::Label, "label", true},
                              Kind{DicomFlavour::Overview, "overview", true},
                              Kind{DicomFlavour::Thumbnail, "thumbnail", false}};
  std::map<std::string, DicomReader> pictures;
  for (const Kind& kind : kKinds) {
    const DicomReaders readers = readersOf(series, kind.flavour, slide.damage);
    if (readers.empty()) continue;
    const Size size = readers.front()->facts().size;
    if (size.width > kMostPicturePixels / size.height) continue;
    slide.associatedImages.push_back({kind.name, size, kind.mayIdentifyPatient});
    pictures.emplace(kind.name, readers.front());
  }
  return pictures;
}

/// Of the files of all levels, in the order of their UIDs.
Result<std::string> identityOf(const DicomReaders& readers) {
  std::map<std::string, std::string> hashes;
  for (const DicomReader& reader : readers)
    for (const auto& instance : reader->instances()) {
      const Result<std::string> hash = contentHash(*instance->file, instance->path);
      if (!hash) return tl::unexpected(hash.error());
      hashes.emplace(instance->uid, *hash);
    }
  std::string all;
  for (const auto& [uid, hash] : hashes) all += hash;
  return sha256(all);
}

void addFinestFacts(Slide& slide, const DicomLevelReader& finest) {
  const DicomInstance& facts = finest.facts();
  slide.mpp = finest.spacing();
  slide.objectivePower = facts.objectivePower;
  slide.bounds = {0, 0, static_cast<double>(facts.size.width), static_cast<double>(facts.size.height)};
  EmbeddedProfile profile = embeddedProfile(facts.colourProfile);
  slide.colourProfile = std::move(profile.bytes);
  slide.colourProfileName = std::move(profile.name);
  slide.colourProfileRefusal = std::move(profile.refusal);
}

Result<TilePtr> emptyTile(const std::vector<Level>& levels, TileKey key) {
  const Size tile = levels[static_cast<size_t>(key.level)].tile;
  return std::make_shared<const Tile>(
      Tile{key, Image(static_cast<int>(tile.width), static_cast<int>(tile.height))});
}

Result<std::optional<DriverOutcome>> openDicom(const FileHead& head) {
  Result<std::optional<DicomSeries>> series = dicomSeriesOf(head);
  if (!series) return tl::unexpected(series.error());
  if (!*series) return std::nullopt;
  Slide slide;
  slide.driver = slide.vendor = "dicom";
  slide.damage = (*series)->damage;
  DicomReaders readers = readersOf(**series, DicomFlavour::Volume, slide.damage);
  if (readers.empty()) return cannotOpen(head.path, slide.damage);
  slide.note = readers.front()->note();
  const std::vector<Level> fileLevels = levelsOf(readers, slide.note);
  Result<std::string> hash = identityOf(readers);
  if (!hash) return tl::unexpected(hash.error());
  slide.hash = std::move(*hash);
  addFinestFacts(slide, *readers.front());
  for (const DicomReader& reader : readers)
    if (!reader->damage().empty()) slide.damage += (slide.damage.empty() ? "" : " ") + reader->damage();
  auto pictures = std::make_shared<const DicomPictures>(head.path, picturesOf(**series, slide));
  std::vector<DirectLevel> levels = directLevels(fileLevels, {readers.begin(), readers.end()});
  for (const DirectLevel& level : levels) slide.levels.push_back(level.origin.level);
  auto source =
      directSource(head.path, std::move(levels),
                   {std::move(pictures), [fileLevels](TileKey key) { return emptyTile(fileLevels, key); }});
  return DriverOutcome{std::move(slide), std::move(source)};
}

constexpr std::array<std::string_view, 1> kDicomEndings{".dcm"};

}  // namespace

const Driver kDicomDriver{.nameEndings = kDicomEndings, .takesFolders = true, .open = openDicom};

}  // namespace geneglass
