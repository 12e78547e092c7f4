// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "viewer/foundation/geometry.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Where the spots of a slide lie, by their names in the table of counts.
class SpotPlaces final {
 public:
  std::filesystem::path file;
  double diameter = 0;       ///< of a spot, level-0 pixels; 0 where nothing tells
  bool tellsTissue = false;  ///< it says of each spot whether it is under tissue

  /// Where the spot lies; nowhere where it is not under tissue. Null: its place is not said. A name is a
  /// barcode, or an array position, which may be adjusted ("5.98x9.02").
  const std::optional<Point>* find(const std::string& name) const;

  /// False where the spot is there already.
  bool add(const std::string& barcode, const std::optional<Point>& place);
  /// `found`: where on the array the spot was found, if that is told.
  bool add(const Point& position, const std::optional<Point>& found, const std::optional<Point>& place);
  bool empty() const { return m_byName.empty(); }

 private:
  using Hundredths = std::pair<long, long>;
  static Hundredths hundredthsOf(const Point& position);

  std::unordered_map<std::string, std::optional<Point>> m_byName;
  std::map<Hundredths, std::optional<Point>> m_byFound;
};

/// Reads Space Ranger's tissue_positions*.csv, gzip or plain, or .parquet, with scalefactors_json.json beside
/// it for the spots' diameter where it is there, or a tab separated table that has the columns x, y, pixel_x
/// and pixel_y and may have new_x and new_y (her2st, spot_data-*.tsv). Errors name the file and the row: a
/// missing column, a cell that is no place, a spot given twice, no rows.
Result<SpotPlaces> readPlaces(const std::filesystem::path& file);

}  // namespace geneglass
