// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/channels/channel_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "viewer/slide/channels/channel_mix.h"
#include "viewer/slide/checked_source.h"

namespace geneglass {
namespace {

class ChannelSource final : public TileSource {
 public:
  ChannelSource(std::shared_ptr<const ChannelReading> reading, std::vector<Channel> channels)
      : m_reading(std::move(reading)), m_channels(std::move(channels)) {
    for (size_t i = 0; i < m_channels.size(); ++i) {
      if (!m_channels[i].shown) continue;
      m_shown.push_back(static_cast<int>(i));
      m_looks.push_back(m_channels[i]);
    }
  }

  Result<TilePtr> read(TileKey key) const override;
  Result<Image> readAssociatedImage(const std::string& name) const override;
  std::shared_ptr<const TileSource> showing(const std::vector<Channel>& channels) const override;

  PlaneCache& kept() const { return *m_reading->kept; }

 private:
  std::string sentenceOf(TileKey key, const std::string& reason) const;
  Result<TilePtr> black(TileKey key) const;

  const std::shared_ptr<const ChannelReading> m_reading;
  const std::vector<Channel> m_channels;
  std::vector<int> m_shown;      ///< numbers of the channels that are on
  std::vector<Channel> m_looks;  ///< the same channels
};

std::string ChannelSource::sentenceOf(TileKey key, const std::string& reason) const {
  return fmt::format("Cannot read tile (level {}, column {}, row {}) of '{}': {}.", key.level, key.column,
                     key.row, m_reading->file.string(), reason);
}

Result<TilePtr> ChannelSource::black(TileKey key) const {
  const std::vector<Level>& levels = m_reading->levels;
  const bool isLevel = key.level >= 0 && key.level < static_cast<int>(levels.size());
  const Level level = isLevel ? levels[static_cast<size_t>(key.level)] : Level{{}, 1, {1, 1}};
  const int64_t width = std::min(level.tile.width, level.size.width - key.column * level.tile.width);
  const int64_t height = std::min(level.tile.height, level.size.height - key.row * level.tile.height);
  if (key.column < 0 || key.row < 0 || width <= 0 || height <= 0)
    return fail(sentenceOf(key, "there is no such tile"));
  return std::make_shared<const Tile>(
      Tile{key, Image(static_cast<int>(width), static_cast<int>(height), opaque(0, 0, 0))});
}

Result<TilePtr> ChannelSource::read(TileKey key) const {
  if (m_shown.empty()) return black(key);
  const Result<std::vector<PlanePtr>> planes = m_reading->planes(key, m_shown);
  if (!planes) return fail(sentenceOf(key, planes.error().sentence));
  auto tile = std::make_shared<Tile>();
  tile->key = key;
  tile->image = mix(*planes, m_looks);
  const auto lost =
      std::ranges::find_if(*planes, [](const PlanePtr& plane) { return !plane->damage.empty(); });
  tile->damaged = lost != planes->end();
  if (tile->damaged) tile->damage = sentenceOf(key, (*lost)->damage);
  return tile;
}

Result<Image> ChannelSource::readAssociatedImage(const std::string& name) const {
  Result<Image> image = m_reading->associatedImage(name);
  if (image) return image;
  return fail(fmt::format("Cannot read the image '{}' of '{}': {}.", name, m_reading->file.string(),
                          image.error().sentence));
}

std::shared_ptr<const TileSource> ChannelSource::showing(const std::vector<Channel>& channels) const {
  if (channels.size() != m_channels.size()) return nullptr;
  return std::make_shared<const ChannelSource>(m_reading, channels);
}

}  // namespace

std::shared_ptr<const TileSource> channelSource(std::shared_ptr<const ChannelReading> reading,
                                                std::vector<Channel> channels) {
  return std::make_shared<const ChannelSource>(std::move(reading), std::move(channels));
}

size_t shareOfPlanes(const TileSource& source, size_t bytes) {
  const auto* checked = dynamic_cast<const CheckedSource*>(&source);
  const auto* channels = dynamic_cast<const ChannelSource*>(checked ? &checked->source() : &source);
  if (!channels) return 0;
  const size_t share = std::min(bytes / 2, PlaneCache::kLimit);
  channels->kept().setLimit(share);
  return share;
}

}  // namespace geneglass
