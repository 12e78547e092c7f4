// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// How contrast learning went, as a CSV that grows: step,epoch,tiles,loss,neighbour_accuracy. One thread.
class ContrastCurve final {
 public:
  struct Row {
    double step = 0;               ///< 1-based, the last of those the row is about
    double epoch = 0;              ///< 1-based
    double tiles = 0;              ///< seen so far
    double loss = 0;               ///< mean over the steps since the row before
    double neighbourAccuracy = 0;  ///< NaN, in the file nothing, where it was not measured
  };

  /// Begins the file with these rows. Error: it cannot be written.
  static Result<ContrastCurve> begin(std::filesystem::path file, std::vector<Row> rows);
  void add(const Row& row);  ///< in the file at once
  const std::vector<Row>& rows() const { return m_rows; }

 private:
  explicit ContrastCurve(std::filesystem::path file) : m_file(std::move(file)) {}
  std::filesystem::path m_file;
  std::vector<Row> m_rows;
};

/// Rows as columns of numbers, to be kept, and back.
std::map<std::string, std::vector<double>> columnsOf(const std::vector<ContrastCurve::Row>& rows);
std::vector<ContrastCurve::Row> rowsOf(const std::map<std::string, std::vector<double>>& columns);

}  // namespace geneglass
