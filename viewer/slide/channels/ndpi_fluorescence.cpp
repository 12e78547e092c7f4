// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/ndpi_fluorescence.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "viewer/slide/channels/channel_source.h"
#include "viewer/slide/channels/plane_cache.h"
#include "viewer/slide/formats/ndpi/ndpi_directories.h"

namespace geneglass {
namespace {

/// "DAPI 2 (387), emission 455 nm"; empty where the slide was not scanned so.
std::string filterOf(const FileHead& head) {
  const std::vector<NdpiDirectory> directories = readNdpiDirectories(*head.file);
  if (directories.empty()) return {};
  const NdpiDirectory& first = directories.front();
  const bool isFluorescence = !first.filter.empty() && first.emission > 0;
  return isFluorescence ? fmt::format("{}, emission {:g} nm", first.filter, first.emission) : "";
}

PlanePtr colourOf(const Image& image, int shift) {
  auto plane = std::make_shared<Plane>(image.width, image.height);
  std::ranges::transform(image.pixels, plane->values.begin(),
                         [shift](uint32_t pixel) { return static_cast<float>(pixel >> shift & 0xff); });
  return plane;
}

/// The colours of another source's tiles.
ChannelReading coloursOf(const DriverOutcome& outcome) {
  ChannelReading reading;
  reading.file = outcome.slide.file;
  reading.levels = outcome.slide.levels;
  reading.planes = [source = outcome.source, cache = reading.kept](
                       TileKey key, std::span<const int> channels) -> Result<std::vector<PlanePtr>> {
    std::vector<PlanePtr> planes;
    for (const int channel : channels) planes.push_back(cache->find(key, channel));
    if (std::ranges::find(planes, nullptr) == planes.end()) return planes;
    const Result<TilePtr> tile = source->read(key);
    if (!tile) return tl::unexpected(tile.error());
    for (size_t i = 0; i < channels.size(); ++i) {
      planes[i] = colourOf((*tile)->image, 16 - 8 * channels[i]);
      cache->insert(key, channels[i], planes[i]);
    }
    return planes;
  };
  reading.associatedImage = [source = outcome.source](const std::string& name) {
    return source->readAssociatedImage(name);
  };
  return reading;
}

/// Another source's tiles as they are, until the channels are to be shown otherwise.
class ColoursAsScanned final : public TileSource {
 public:
  explicit ColoursAsScanned(const DriverOutcome& outcome)
      : m_source(outcome.source), m_reading(std::make_shared<const ChannelReading>(coloursOf(outcome))) {}

  Result<TilePtr> read(TileKey key) const override { return m_source->read(key); }
  Result<TilePtr> look(TileKey key) const override { return m_source->look(key); }
  std::shared_ptr<Preparation> preparation() const override { return m_source->preparation(); }
  Result<Image> readAssociatedImage(const std::string& name) const override {
    return m_source->readAssociatedImage(name);
  }
  std::shared_ptr<const TileSource> showing(const std::vector<Channel>& channels) const override {
    return channels.size() == 3 ? channelSource(m_reading, channels) : nullptr;
  }

 private:
  const std::shared_ptr<const TileSource> m_source;
  const std::shared_ptr<const ChannelReading> m_reading;
};

}  // namespace

void markFluorescence(const FileHead& head, DriverOutcome& outcome) {
  Slide& slide = outcome.slide;
  if (slide.vendor != "hamamatsu" || !head.file || !slide.channels.empty()) return;
  const std::string filter = filterOf(head);
  if (filter.empty()) return;
  constexpr std::array kNames{"Red", "Green", "Blue"};
  for (size_t i = 0; i < kNames.size(); ++i) {
    Channel channel;
    channel.name = kNames[i];
    channel.colour = 0xff0000u >> (8 * i);
    channel.unit = "8-bit counts";
    slide.channels.push_back(std::move(channel));
  }
  slide.note = fmt::format("Scanned as fluorescence: {}.", filter);
  outcome.source = std::make_shared<const ColoursAsScanned>(outcome);
}

}  // namespace geneglass
