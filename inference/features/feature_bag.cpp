// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/features/feature_bag.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include "inference/features/bag_facts.h"
#include "inference/features/bag_quality.h"
#include "inference/features/foreign_layout.h"
#include "inference/features/foreign_tiles.h"
#include "inference/features/row_check.h"
#include "inference/features/torch_bag.h"
#include "inference/tissue/tile_state.h"
#include "viewer/foundation/files/hdf5_access.h"
#include "viewer/foundation/result.h"

namespace geneglass {
namespace {

tl::unexpected<Error> unreadable(const std::filesystem::path& file, const std::string& why) {
  return fail(fmt::format("Cannot read '{}': {}.", file.string(), why));
}

constexpr double kLargestPlace = 2147483647;  ///< level-0 px
constexpr double kLongestSide = 65536;        ///< columns or rows of a grid
constexpr double kMostCells = 1 << 26;        ///< columns x rows: maps of the whole grid must fit into memory
constexpr double kMostDamaged = kMostCells;
constexpr double kSmallestPixel = 0.001, kLargestPixel = 1000;  ///< micrometres

/// Of all attributes, for `facts_crc32`.
int32_t factsCheck(const FeatureBag& bag) {
  const TileGrid& grid = bag.grid;
  return textCheck(fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}", bag.slideHash, bag.encoderHash, bag.key, bag.mpp,
                               grid.tile, grid.stride, grid.columns, grid.rows, bag.damagedTiles));
}

/// N x D, also where a batch of one stands before it.
std::vector<hsize_t> rowsOf(const H5::DataSet& dataset) {
  std::vector<hsize_t> shape = shapeOf(dataset);
  if (shape.size() == 3 && shape[0] == 1) shape.erase(shape.begin());
  return shape;
}

/// How a bag is read.
struct BagWish {
  bool mayLeaveOut = false;  ///< rows whose check sum does not fit; else they are an error
  bool places = true;        ///< needed, also of a bag of another tool
  std::optional<double> mpp = {};
  std::optional<size_t> width = {};  ///< of the features, where only one is of use
};

/// Reads one bag out of its file.
class BagReader final {
 public:
  BagReader(const std::filesystem::path& file, H5::H5File& opened, const BagWish& wish)
      : m_file(file), m_opened(opened), m_wish(wish) {}

  Result<void> read() {
    const Result<void> rows = openFeatures().and_then([&] { return checkLengths(); });
    if (!rows) return rows;
    m_bag.file = m_file;
    if (!m_wish.places && !m_opened.attrExists("encoder_hash"))
      return chooseRows().map([&] { m_bag.grid = tilesInLine(m_bag.features.rows); });
    return readPlaces()
        .and_then([&] { return readForeign(); })
        .and_then([&] { return chooseRows(); })
        .and_then([&] { return readFacts(); })
        .and_then([&] { return m_isOurs ? placeCells() : placeRectangles(); })
        .and_then([&] { return readQuality(); });
  }

  SoundRows take() { return {std::move(m_bag), m_unsound}; }

 private:
  tl::unexpected<Error> refused(const std::string& why) const { return unreadable(m_file, why); }

  /// Their shape; the numbers are read once all else fits.
  Result<void> openFeatures() {
    const char* name = hasPath(m_opened, "features") ? "features" : "feats";  // as STAMP names them
    if (!hasPath(m_opened, name)) return refused("it holds no 'features'");
    m_features = soundDataSet(m_opened, name, kPackedFloats);
    const std::vector<hsize_t> shape = rowsOf(m_features);
    if (shape.size() != 2 || shape[0] == 0 || shape[1] == 0) return refused("its 'features' are not N x D");
    if (double(shape[0]) > kMostCells)
      return refused(fmt::format("it holds {} tiles, more than a slide has", shape[0]));
    if (m_wish.width && shape[1] != *m_wish.width)
      return refused(fmt::format("it has {} features a tile where {} are needed", shape[1], *m_wish.width));
    m_bag.features.rows = shape[0];
    m_bag.features.columns = shape[1];
    return {};
  }

  /// What there is one of for each tile.
  Result<void> checkLengths() const {
    for (const auto& [name, why] : {std::pair("row_crc32", "it does not hold a check sum of each tile"),
                                    std::pair("state", "it does not say of each tile what it is")})
      if (hasPath(m_opened, name) &&
          shapeOf(soundDataSet(m_opened, name)) != std::vector<hsize_t>{m_bag.features.rows})
        return refused(why);
    return {};
  }

  Result<void> readPlaces() {
    if (!hasPath(m_opened, "coords")) return refused("it holds no 'coords', the positions of its tiles");
    const H5::DataSet dataset = soundDataSet(m_opened, "coords");
    const std::vector<hsize_t> shape = rowsOf(dataset);
    if (shape.size() != 2 || shape[1] != 2) return refused("its 'coords' are not N x 2");
    if (shape[0] != m_bag.features.rows)
      return refused(fmt::format("it holds {} features but {} positions", m_bag.features.rows, shape[0]));
    m_places = readDoubles(dataset);
    for (const double place : m_places)
      if (!(std::abs(place) <= kLargestPlace))
        return refused(fmt::format("a tile lies at {}, which is on no slide", place));
    return {};
  }

  /// Places in micrometres become pixels.
  Result<void> readForeign() {
    m_isOurs = m_opened.attrExists("stride");
    const Result<ForeignTiles> foreign = foreignTilesOf(m_opened, soundDataSet(m_opened, "coords"));
    if (!foreign) return refused(foreign.error().sentence);
    m_foreign = *foreign;
    m_bag.slideName = m_foreign.slideName;
    m_bag.slideSize = m_foreign.slideSize;
    m_bag.slideSizeWithin = m_foreign.slideSizeWithin;
    if (!m_foreign.inMicrometres) return {};
    if (!m_wish.mpp)
      return refused("its tiles lie in micrometres, and how large the slide's pixels are is not known");
    m_foreign.tile /= *m_wish.mpp;
    for (double& place : m_places) {
      place /= *m_wish.mpp;
      if (!(std::abs(place) <= kLargestPlace))
        return refused(fmt::format("a tile lies at {} pixels, which is on no slide", place));
    }
    return {};
  }

  /// The rows that are usable, all where nothing is said of it, and whose check sums fit.
  Result<void> chooseRows() {
    const bool mayLeaveOut = m_wish.mayLeaveOut;
    if (m_places.empty()) m_places.resize(2 * m_bag.features.rows);

    std::vector<double> checks, states;
    if (hasPath(m_opened, "row_crc32")) checks = readDoubles(soundDataSet(m_opened, "row_crc32"));
    if (hasPath(m_opened, "state")) states = readDoubles(soundDataSet(m_opened, "state"));
    const size_t rows = m_bag.features.rows;
    m_checked = !checks.empty();
    if (!m_checked && mayLeaveOut) return refused("it bears no check sums: an older version made it");
    m_bag.features.values = readFloats(m_features);
    size_t kept = 0;
    for (size_t row = 0; row < rows; ++row) {
      if (!states.empty() && !isState(states[row]))
        return refused(fmt::format("it says {} of tile {}, which is no state of a tile", states[row], row));
      if (!states.empty() && states[row] != double(TileState::Usable)) continue;
      if (m_checked && checks[row] != double(checkOf(row))) {
        if (!mayLeaveOut)
          return refused(fmt::format("the features of tile {} do not fit their check sum", row));
        ++m_unsound;
        continue;
      }
      for (const float value : m_bag.features.row(row))
        if (!std::isfinite(value)) return refused("some of its features are not finite numbers");
      std::copy_n(m_bag.features.row(row).begin(), m_bag.features.columns, m_bag.features.row(kept).begin());
      m_places[2 * kept] = m_places[2 * row];
      m_places[2 * kept + 1] = m_places[2 * row + 1];
      ++kept;
    }
    m_bag.features.rows = kept;
    m_bag.features.values.resize(kept * m_bag.features.columns);
    m_places.resize(2 * kept);
    return {};
  }

  static bool isState(double number) {
    return number == std::floor(number) && number >= double(TileState::Waiting) &&
           number <= double(TileState::Blurred);
  }

  int32_t checkOf(size_t row) const {
    const std::array corner{static_cast<int32_t>(m_places[2 * row]),
                            static_cast<int32_t>(m_places[2 * row + 1])};
    return rowCheck(TileState::Usable, corner, m_bag.features.row(row));
  }

  /// A whole number of the file's or, beside its coordinates, of another tool's.
  Result<void> readWhole(const char* name, double otherwise, double least, double most, int& number) {
    const H5::DataSet coords = soundDataSet(m_opened, "coords");
    const double value = m_isOurs ? numberAttribute(m_opened, name, otherwise)
                                  : readAttribute(m_opened, name, readAttribute(coords, name, otherwise));
    if (!(value >= least && value <= most) || value != std::floor(value))
      return refused(fmt::format("its '{}' is {}, it must be a whole number from {} to {:.0f}", name, value,
                                 least, most));
    number = static_cast<int>(value);
    return {};
  }

  Result<void> readFacts() {
    m_bag.slideHash = textAttribute(m_opened, "slide_hash", std::string());
    m_bag.encoderHash = textAttribute(m_opened, "encoder_hash", std::string());
    m_bag.key = textAttribute(m_opened, "feature_key", std::string());
    m_bag.mpp = numberAttribute(m_opened, "mpp", 0.0);
    if (m_bag.mpp != 0 && !(m_bag.mpp >= kSmallestPixel && m_bag.mpp <= kLargestPixel))
      return refused(fmt::format("its 'mpp' is {}, and a pixel has from {} to {} micrometres", m_bag.mpp,
                                 kSmallestPixel, kLargestPixel));
    TileGrid& grid = m_bag.grid;
    const Result<void> read =
        readWhole("stride", 1, 1, kLargestPlace, grid.stride)
            .and_then([&] { return readWhole("tile", grid.stride, 1, kLargestPlace, grid.tile); })
            .and_then([&] { return readWhole("columns", 0, 0, kLongestSide, grid.columns); })
            .and_then([&] { return readWhole("rows", 0, 0, kLongestSide, grid.rows); })
            .and_then([&] { return readWhole("damaged_tiles", 0, 0, kMostDamaged, m_bag.damagedTiles); });
    if (read && m_checked && readAttribute(m_opened, "facts_crc32", -1.0) != double(factsCheck(m_bag)))
      return refused("what it says of itself does not fit its check sum");
    return read;
  }

  Result<void> readQuality() {
    Result<std::optional<SlideQuality>> quality = readBagQuality(m_opened, m_bag.grid);
    if (!quality) return refused(quality.error().sentence);
    m_bag.quality = std::move(*quality);
    return {};
  }

  /// Another tool's tiles, wherever they lie.
  Result<void> placeRectangles() {
    const H5::DataSet coords = soundDataSet(m_opened, "coords");
    const bool saysSide = m_opened.attrExists("tile") || coords.attrExists("tile") ||
                          (m_foreign.tile == 0 && coords.attrExists("stride"));
    if (const Result<void> fits = checkCells(); !fits) return fits;
    Result<TileGrid> grid = layForeignTiles(m_places, saysSide ? double(m_bag.grid.tile) : m_foreign.tile);
    if (!grid) return refused(grid.error().sentence);
    m_bag.grid = std::move(*grid);
    return {};
  }

  /// Upper left corners onto cells.
  Result<void> placeCells() {
    TileGrid& grid = m_bag.grid;
    const TileGrid said = grid;
    for (size_t i = 0; i + 1 < m_places.size(); i += 2) {
      const double column = m_places[i] / grid.stride, row = m_places[i + 1] / grid.stride;
      if (!(column >= 0 && row >= 0 && column < kLongestSide && row < kLongestSide) ||
          column != std::floor(column) || row != std::floor(row))
        return refused(
            fmt::format("the position ({}, {}) of tile {} does not lie on the grid of {} pixels that tile 0 "
                        "lies on",
                        m_places[i], m_places[i + 1], i / 2, grid.stride));
      if ((said.columns > 0 && column >= said.columns) || (said.rows > 0 && row >= said.rows))
        return refused(fmt::format("tile {} lies in column {}, row {} of a grid of {} x {}", i / 2, column,
                                   row, said.columns, said.rows));
      grid.cells.push_back({static_cast<int>(column), static_cast<int>(row)});
      grid.columns = std::max(grid.columns, static_cast<int>(column) + 1);
      grid.rows = std::max(grid.rows, static_cast<int>(row) + 1);
    }
    return checkCells().and_then([&] { return checkCounts(); });
  }

  /// No cell has two tiles, and not more are damaged than there are.
  Result<void> checkCounts() const {
    const TileGrid& grid = m_bag.grid;
    const size_t cells = size_t(grid.columns) * size_t(grid.rows);
    std::vector<bool> taken(cells);
    for (size_t tile = 0; tile < grid.cells.size(); ++tile) {
      const size_t cell =
          size_t(grid.cells[tile].row) * size_t(grid.columns) + size_t(grid.cells[tile].column);
      if (taken[cell]) return refused(fmt::format("tile {} lies where another does", tile));
      taken[cell] = true;
    }
    if (m_bag.damagedTiles > 0 && size_t(m_bag.damagedTiles) > cells)
      return refused(fmt::format("{} tiles of it are said to be damaged, of a grid of {} x {}",
                                 m_bag.damagedTiles, grid.columns, grid.rows));
    return {};
  }

  Result<void> checkCells() const {
    const TileGrid& grid = m_bag.grid;
    if (double(grid.columns) * grid.rows > kMostCells)
      return refused(fmt::format("its grid of {} x {} tiles is too large", grid.columns, grid.rows));
    return {};
  }

  const std::filesystem::path& m_file;
  H5::H5File& m_opened;
  const BagWish m_wish;
  H5::DataSet m_features;
  ForeignTiles m_foreign;
  FeatureBag m_bag;
  std::vector<double> m_places;  ///< x y x y ..., level-0 px
  bool m_isOurs = false;         ///< or says its lattice as ours do
  bool m_checked = false;
  size_t m_unsound = 0;
};

Result<SoundRows> readTorchRows(const std::filesystem::path& file, const BagWish& wish) {
  Result<TorchBag> read = readTorchBag(file);
  if (!read) return tl::unexpected(read.error());
  if (wish.mayLeaveOut) return unreadable(file, "it bears no check sums");
  SoundRows rows;
  rows.bag.file = file;
  rows.bag.features = std::move(read->features);
  if (wish.width && rows.bag.features.columns != *wish.width)
    return unreadable(file, fmt::format("it has {} features a tile where {} are needed",
                                        rows.bag.features.columns, *wish.width));
  if (!wish.places) {
    rows.bag.grid = tilesInLine(rows.bag.features.rows);
    return rows;
  }
  if (read->places.empty()) return unreadable(file, "it holds no 'coords', the positions of its tiles");
  Result<TileGrid> grid = layForeignTiles(read->places, 0);
  if (!grid) return unreadable(file, grid.error().sentence);
  rows.bag.grid = std::move(*grid);
  return rows;
}

Result<SoundRows> readRows(const std::filesystem::path& file, const BagWish& wish) {
  SoundRows rows;
  if (file.extension() == ".pt") return readTorchRows(file, wish);
  const auto take = [&](H5::H5File& opened) {
    BagReader reader(file, opened, wish);
    const Result<void> read = reader.read();
    if (read) rows = reader.take();
    return read;
  };
  const auto origin = wish.mayLeaveOut ? Hdf5Origin::Cache : Hdf5Origin::Foreign;
  return readHdf5(file, take, origin).map([&] { return std::move(rows); });
}

}  // namespace

void writeBagFacts(H5::H5File& file, const FeatureBag& bag) {
  writeIntegers(file, "coords", {bag.grid.count(), 2}, bag.grid.corners());
  writeFixedText(file, "slide_hash", bag.slideHash);
  writeFixedText(file, "encoder_hash", bag.encoderHash);
  writeFixedText(file, "feature_key", bag.key);
  writeAttribute(file, "mpp", bag.mpp);
  writeAttribute(file, "tile", bag.grid.tile);
  writeAttribute(file, "stride", bag.grid.stride);
  writeAttribute(file, "columns", bag.grid.columns);
  writeAttribute(file, "rows", bag.grid.rows);
  writeAttribute(file, "damaged_tiles", bag.damagedTiles);
  writeAttribute(file, "facts_crc32", double(factsCheck(bag)));
}

/// Of a bag all of whose tiles are usable.
static std::vector<int32_t> checksOf(const FeatureBag& bag) {
  const std::vector<int32_t> corners = bag.grid.corners();
  std::vector<int32_t> checks;
  for (size_t row = 0; row < bag.features.rows; ++row)
    checks.push_back(
        rowCheck(TileState::Usable, std::span(corners).subspan(2 * row, 2), bag.features.row(row)));
  return checks;
}

Result<void> writeBag(const std::filesystem::path& file, const FeatureBag& bag) {
  if (bag.features.rows != bag.grid.cells.size())
    return fail(fmt::format("Cannot write '{}': {} rows of features for {} tiles.", file.string(),
                            bag.features.rows, bag.grid.cells.size()));
  return writeCheckedHdf5(file, [&](H5::H5File& opened) {
    writeFloats(opened, "features", {bag.features.rows, bag.features.columns}, bag.features.values);
    writeBagFacts(opened, bag);
    if (bag.quality) writeBagQuality(opened, *bag.quality, bag.grid);
    writeIntegers(opened, "row_crc32", {bag.features.rows}, checksOf(bag));
  });
}

Result<FeatureBag> readBag(const std::filesystem::path& file, std::optional<double> mpp,
                           std::optional<size_t> width) {
  return readRows(file, {.mpp = mpp, .width = width}).map([](SoundRows rows) { return std::move(rows.bag); });
}

Result<FeatureBag> readBagWithoutPlaces(const std::filesystem::path& file) {
  return readRows(file, {.places = false}).map([](SoundRows rows) { return std::move(rows.bag); });
}

Result<SoundRows> readSoundRows(const std::filesystem::path& file) {
  return readRows(file, {.mayLeaveOut = true});
}

std::string slideHashOf(const std::filesystem::path& file) {
  std::string hash;
  const Result<void> read = readHdf5(file, [&](H5::H5File& opened) -> Result<void> {
    hash = readAttribute(opened, "slide_hash", std::string());
    return {};
  });
  return read ? hash : "";
}

}  // namespace geneglass
