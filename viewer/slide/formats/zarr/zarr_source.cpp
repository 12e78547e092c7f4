// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/zarr/zarr_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "viewer/slide/channels/channel_ranges.h"
#include "viewer/slide/channels/channel_source.h"
#include "viewer/slide/content_hash.h"
#include "viewer/slide/formats/direct_source.h"
#include "viewer/slide/formats/file_head.h"
#include "viewer/slide/formats/zarr/zarr_planes.h"

namespace geneglass {
namespace {

/// Of the coarsest level; all where they are few.
constexpr size_t kHashedChunks = 64;

Result<std::string> identityOf(const OmeZarr& zarr) {
  std::vector<std::filesystem::path> parts, chunks;
  for (const OmeZarrLevel& level : zarr.levels) parts.push_back(level.array.folder / ".zarray");
  std::error_code ignored;
  const std::filesystem::path& coarsest = zarr.levels.back().array.folder;
  for (std::filesystem::recursive_directory_iterator each(coarsest, ignored), end; !ignored && each != end;
       each.increment(ignored)) {
    std::error_code unknown;
    if (each->is_regular_file(unknown)) chunks.push_back(each->path());
  }
  std::ranges::sort(chunks);
  const size_t step = std::max<size_t>(1, chunks.size() / kHashedChunks);
  for (size_t i = 0; i < chunks.size(); i += step) parts.push_back(chunks[i]);
  const std::filesystem::path attributes = zarr.folder / ".zattrs";
  return contentHash(PositionedFile(attributes), attributes, parts);
}

Slide factsOf(const OmeZarr& zarr, std::string hash) {
  Slide slide;
  slide.driver = slide.vendor = "ome-zarr";
  slide.hash = std::move(hash);
  slide.mpp = zarr.mpp;
  slide.note = zarr.note;
  const Size size = zarr.levels.front().level.size;
  slide.bounds = {0, 0, static_cast<double>(size.width), static_cast<double>(size.height)};
  return slide;
}

Result<TilePtr> bareZarrTile(const std::vector<Level>& levels, TileKey key) {
  const Size tile = levels[static_cast<size_t>(key.level)].tile;
  return std::make_shared<const Tile>(
      Tile{key, Image(static_cast<int>(tile.width), static_cast<int>(tile.height))});
}

DriverOutcome colourSlide(const FileHead& head, Slide slide, OmeZarr zarr) {
  const auto planes = std::make_shared<const ZarrPlanes>(std::move(zarr), std::make_shared<PlaneCache>(0));
  const std::vector<Level> fileLevels = planes->levels();
  std::vector<std::shared_ptr<const LevelReader>> readers;
  for (int level = 0; level < static_cast<int>(fileLevels.size()); ++level)
    readers.push_back(std::make_shared<const ZarrColourReader>(planes, level));
  std::vector<DirectLevel> levels = directLevels(fileLevels, readers);
  for (const DirectLevel& level : levels) slide.levels.push_back(level.origin.level);
  auto source = directSource(head.path, std::move(levels),
                             {nullptr, [fileLevels](TileKey key) { return bareZarrTile(fileLevels, key); }});
  return {std::move(slide), std::move(source)};
}

DriverOutcome channelSlide(const FileHead& head, Slide slide, OmeZarr zarr) {
  auto reading = std::make_shared<ChannelReading>();
  std::vector<FoundChannel> found = zarr.channels;
  const ZarrArray finest = zarr.levels.front().array;
  const auto planes = std::make_shared<const ZarrPlanes>(std::move(zarr), reading->kept);
  reading->file = head.path;
  reading->levels = slide.levels = planes->levels();
  reading->planes = [planes](TileKey key, std::span<const int> channels) {
    return planes->read(key, channels);
  };
  reading->associatedImage = [](const std::string&) -> Result<Image> {
    return fail("there is no such image");
  };
  const std::vector<SampledValues> values = sampleValues(*reading, found.size());
  const char* kind = finest.kind == 'f' ? "floating point" : "counts";
  for (size_t i = 0; i < found.size(); ++i) {
    Channel& channel = found[i].channel;
    channel.unit = fmt::format("{}-bit {}", 8 * finest.bytes, kind);
    channel.least = std::min(0.0, values[i].least);
    channel.most = finest.kind == 'f' || finest.bytes > 2 ? values[i].most : std::exp2(8 * finest.bytes) - 1;
  }
  slide.note += settleRanges(found, values);
  for (const FoundChannel& each : found) slide.channels.push_back(each.channel);
  auto source = channelSource(reading, slide.channels);
  return {std::move(slide), std::move(source)};
}

Result<std::optional<DriverOutcome>> openZarr(const FileHead& head) {
  if (head.file) return std::nullopt;
  Result<std::optional<OmeZarr>> zarr = readOmeZarr(head.path);
  if (!zarr) return cannotOpen(head.path, zarr.error().sentence);
  if (!*zarr) return std::nullopt;
  Result<std::string> hash = identityOf(**zarr);
  if (!hash) return tl::unexpected(hash.error());
  Slide slide = factsOf(**zarr, std::move(*hash));
  DriverOutcome outcome = (*zarr)->isColour ? colourSlide(head, std::move(slide), std::move(**zarr))
                                            : channelSlide(head, std::move(slide), std::move(**zarr));
  while (outcome.slide.note.ends_with(' ')) outcome.slide.note.pop_back();
  return outcome;
}

constexpr std::array<std::string_view, 1> kZarrEndings{".zarr"};

}  // namespace

const Driver kZarrDriver{.nameEndings = kZarrEndings, .takesFolders = true, .open = openZarr};

}  // namespace geneglass
