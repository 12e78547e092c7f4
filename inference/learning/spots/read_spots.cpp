// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/read_spots.h"

#include <fmt/format.h>

#include <string_view>
#include <unordered_map>
#include <utility>

#include "inference/learning/counts/annotated_data.h"
#include "inference/learning/counts/matrix_market.h"
#include "inference/learning/counts/space_ranger.h"
#include "inference/learning/counts/spot_places.h"
#include "inference/learning/counts/tabbed_counts.h"
#include "inference/learning/spots/spot_folder.h"
#include "inference/learning/spots/spot_lattice.h"

namespace geneglass {
namespace {

Result<SpotTable> readCounts(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  if (file.extension() == ".h5ad") return readAnnotatedData(file);
  if (file.extension() == ".h5") return readSpaceRangerCounts(file);
  if (name.ends_with("matrix.mtx") || name.ends_with("matrix.mtx.gz")) return readMatrixMarket(file);
  for (const char* other : {".mtx", ".mtx.gz"})
    if (name.ends_with(other))
      return refuseSpots(file, "its name must end with matrix.mtx, so that its lists are found");
  for (const char* other : {".rds", ".RData", ".loom", ".zarr", ".tar", ".tar.gz", ".zip"})
    if (name.ends_with(other))
      return refuseSpots(
          file, fmt::format("a {} is none of the tables of counts that are read: write it as .h5ad, or "
                            "unpack it",
                            other));
  return readTabbedCounts(file);
}

/// Which spots have a place, and where.
class PlacedSpots final {
 public:
  PlacedSpots(SpotTable& table, const SpotPlaces& places) : m_table(table), m_places(places) {}

  Result<void> join() {
    m_names = std::exchange(m_table.names, {});
    for (size_t spot = 0; spot < m_names.size(); ++spot) {
      if (!m_seen.emplace(m_names[spot], spot).second)
        return refuseSpots(m_table.file, fmt::format("the spot '{}' is there twice", m_names[spot]));
      if (Result<void> taken = take(spot); !taken) return taken;
    }
    m_table.counts.keep(m_kept);
    m_table.withoutPlace = m_withoutPlace;
    if (m_kept.empty() && m_places.tellsTissue)
      return refuseSpots(
          m_table.file, fmt::format("none of its spots is one under tissue in '{}'", m_places.file.string()));
    if (m_kept.size() < 2 && !m_places.tellsTissue)
      return refuseSpots(m_table.file,
                         fmt::format("fewer than two have a place in '{}'", m_places.file.string()));
    return {};
  }

 private:
  Result<void> take(size_t spot) {
    const std::optional<Point>* place = m_places.find(m_names[spot]);
    if (!place) ++m_withoutPlace;
    if (!place || !*place) return {};
    const auto [other, fresh] = m_taken.emplace(place, spot);
    if (!fresh)
      return refuseSpots(m_table.file, fmt::format("the spots '{}' and '{}' are at one place",
                                                   m_names[other->second], m_names[spot]));
    m_kept.push_back(spot);
    m_table.names.push_back(m_names[spot]);
    m_table.centres.push_back(**place);
    return {};
  }

  SpotTable& m_table;
  const SpotPlaces& m_places;
  std::vector<std::string> m_names;
  std::unordered_map<std::string_view, size_t> m_seen;
  std::unordered_map<const std::optional<Point>*, size_t> m_taken;
  std::vector<size_t> m_kept;
  size_t m_withoutPlace = 0;
};

}  // namespace

Result<SpotTable> readSpots(const std::filesystem::path& counts, const std::filesystem::path& places) {
  const Result<SpotFiles> files = findSpotFiles(counts, places);
  if (!files) return tl::unexpected(files.error());
  Result<SpotTable> table = readCounts(files->counts);
  if (!table) return table;
  table->listed = table->names.size();
  if (files->places.empty() && table->centres.empty())
    return refuseSpots(files->counts,
                       "it does not tell where its spots are (obsm/spatial); name a file of places");
  if (!files->places.empty()) {
    Result<SpotPlaces> where = readPlaces(files->places);
    if (!where) return tl::unexpected(where.error());
    table->centres.clear();
    if (Result<void> joined = PlacedSpots(*table, *where).join(); !joined)
      return tl::unexpected(joined.error());
    table->diameter = where->diameter;
  }
  if (table->centres.size() < 2 && !(table->diameter > 0))
    return refuseSpots(files->counts, "it has fewer than two spots");
  if (!(table->diameter > 0)) table->diameter = spotPitch(table->centres) / 2;
  return table;
}

}  // namespace geneglass
