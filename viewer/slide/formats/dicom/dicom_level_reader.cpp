// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/dicom/dicom_level_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "viewer/slide/formats/dicom/dicom_pixels.h"

namespace geneglass {

Result<std::shared_ptr<const DicomLevelReader>> DicomLevelReader::of(std::vector<DicomInstance> parts) {
  std::ranges::stable_sort(parts, {}, [](const DicomInstance& part) { return part.concatenation.number; });
  auto level = std::make_shared<DicomLevelReader>();
  const DicomInstance& first = parts.front();
  for (DicomInstance& part : parts) {
    if (part.size != first.size || part.tile != first.tile || part.coding != first.coding)
      return fail("the parts of its concatenation do not fit together");
    Result<DicomFrames> frames = DicomFrames::of(part);
    if (!frames) return tl::unexpected(frames.error());
    level->m_parts.push_back({std::make_shared<const DicomInstance>(part), std::move(*frames)});
  }
  if (std::string reason = level->place(); !reason.empty()) return fail(std::move(reason));
  level->findDamage();
  return level;
}

std::vector<std::shared_ptr<const DicomInstance>> DicomLevelReader::instances() const {
  std::vector<std::shared_ptr<const DicomInstance>> all;
  for (const Part& part : m_parts) all.push_back(part.instance);
  return all;
}

/// Empty, or why nobody knows where the frames lie. An instance that says neither of the two organizations is
/// taken by its frames' word, and for full where they say nothing.
std::string DicomLevelReader::place() {
  m_spacing = facts().spacing;
  const std::string& organization = facts().organization;
  std::string opticalPath;
  int64_t silent = 0;
  const bool asked = organization != "TILED_FULL" || !m_spacing;
  for (size_t i = 0; i < m_parts.size() && asked; ++i) {
    Result<DicomPlacement> own = dicomPlacement(*m_parts[i].instance, static_cast<int32_t>(i), opticalPath);
    if (!own && organization == "TILED_FULL") return {};
    if (!own) return std::move(own.error().sentence);
    if (!m_spacing) m_spacing = own->spacing;
    silent += own->silent;
    m_hasOtherPaths |= own->hasOtherPaths;
    m_places.insert(m_places.end(), own->places.begin(), own->places.end());
  }
  m_sparse = organization == "TILED_SPARSE" || (organization != "TILED_FULL" && !m_places.empty());
  if (m_sparse && silent > 0) return fmt::format("{} of its frames do not say where they lie", silent);
  if (!m_sparse) m_places = {};
  std::ranges::stable_sort(m_places, {}, &DicomFramePlace::tile);
  int64_t together = 1, most = 1;
  for (size_t i = 1; i < m_places.size(); ++i) {
    together = m_places[i].tile == m_places[i - 1].tile ? together + 1 : 1;
    most = std::max(most, together);
  }
  noteChoice(most);
  const auto isSameTile = [](const DicomFramePlace& left, const DicomFramePlace& right) {
    return left.tile == right.tile;
  };
  m_places.erase(std::unique(m_places.begin(), m_places.end(), isSameTile), m_places.end());
  m_places.shrink_to_fit();
  return {};
}

/// TILED_FULL has one frame of each tile after another, first across, then down, then through the focal
/// planes, then through the optical paths (PS3.3, C.7.6.17.3). Of TILED_SPARSE only frames of the first
/// optical path are counted here.
void DicomLevelReader::noteChoice(int64_t framesOfATile) {
  if (!m_sparse) {
    int64_t frames = 0;
    for (const Part& part : m_parts) frames += part.instance->frames;
    framesOfATile = frames / (columns() * rows());
  }
  const int64_t paths = facts().opticalPaths;
  const int64_t planes = m_sparse || paths < 1 ? framesOfATile : framesOfATile / paths;
  const auto add = [&](const char* what, int64_t count) {
    if (count > 1)
      m_note += fmt::format("{}The first of {} {} is shown.", m_note.empty() ? "" : " ", count, what);
  };
  add("focal planes", std::max(planes, facts().focalPlanes));
  add("optical paths", paths);
  if (paths <= 1 && m_hasOtherPaths)
    m_note += fmt::format("{}Only the first optical path is shown.", m_note.empty() ? "" : " ");
}

void DicomLevelReader::findDamage() {
  const auto add = [&](const std::string& sentence) { m_damage += (m_damage.empty() ? "" : " ") + sentence; };
  const int64_t last = m_parts.back().instance->concatenation.number;
  const int64_t parts = facts().concatenation.uid.empty() ? 1 : std::max(facts().concatenation.count, last);
  const auto there = static_cast<int64_t>(m_parts.size());
  m_lacksParts = there < parts;
  if (m_lacksParts)
    add(fmt::format("Of the {} files of its level of {} x {} pixels, {} {} not in the folder.", parts,
                    facts().size.width, facts().size.height, parts - there,
                    parts - there == 1 ? "is" : "are"));
  int64_t said = 0, lost = 0;
  for (const Part& part : m_parts) {
    lost += part.instance->frames - part.frames.count();
    said += part.instance->frames;
  }
  if (lost > 0)
    add(fmt::format("{} of {} frames of its level of {} x {} pixels lie beyond the end of their file.", lost,
                    said, facts().size.width, facts().size.height));
}

/// None where no part that is there holds it.
std::optional<DicomFramePlace> DicomLevelReader::frameOf(int64_t column, int64_t row) const {
  const int64_t tile = row * columns() + column;
  if (m_sparse) {
    const auto found = std::ranges::lower_bound(m_places, tile, {}, &DicomFramePlace::tile);
    return found != m_places.end() && found->tile == tile ? std::optional(*found) : std::nullopt;
  }
  for (size_t i = 0; i < m_parts.size(); ++i) {
    const int64_t frame = tile - m_parts[i].instance->concatenation.firstFrame;
    if (frame >= 0 && frame < m_parts[i].instance->frames)
      return DicomFramePlace{tile, static_cast<int32_t>(i), static_cast<int32_t>(frame)};
  }
  return {};
}

/// A tile that a missing part may hold is lost, not left out.
bool DicomLevelReader::isLeftOut(int64_t column, int64_t row) const {
  return m_sparse && !m_lacksParts && !frameOf(column, row);
}

std::string DicomLevelReader::decode(int64_t column, int64_t row, int reduction, Image& image) const {
  const std::optional<DicomFramePlace> place = frameOf(column, row);
  if (!place)
    return m_lacksParts ? "the file that holds it is not in the folder" : "the file holds no frame of it";
  const Part& part = m_parts[static_cast<size_t>(place->part)];
  if (place->frame >= part.frames.count()) return "its bytes lie beyond the end of the file";
  std::span<const uint8_t> bytes;
  if (std::string reason = part.frames.read(place->frame, bytes); !reason.empty()) return reason;
  return decodeDicomFrame(*part.instance, bytes, reduction, image);
}

}  // namespace geneglass
