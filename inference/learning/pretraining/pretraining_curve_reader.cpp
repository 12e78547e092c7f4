// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/pretraining/pretraining_curve_reader.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <optional>
#include <string>

#include "viewer/foundation/files/csv_line.h"

namespace geneglass {
namespace {

constexpr std::string_view kStepHeader = "step,epoch,tiles,loss,neighbour_accuracy";
constexpr size_t kCells = 5;

tl::unexpected<Error> refuseStep(const std::filesystem::path& file, size_t row, const std::string& reason) {
  return fail(fmt::format("Cannot show the training curve '{}': row {}: {}.", file.string(), row, reason));
}

std::optional<ContrastCurve::Row> stepOf(const std::string& line) {
  const std::vector<std::string> cells = cellsOf(line);
  if (cells.size() != kCells) return {};
  std::array<double, kCells> values{};
  for (size_t i = 0; i < kCells; ++i) {
    const std::optional<float> value = numberOf(cells[i]);
    if (!value && (!cells[i].empty() || i < 3)) return {};
    values[i] = value ? double(*value) : std::numeric_limits<double>::quiet_NaN();
  }
  return ContrastCurve::Row{values[0], values[1], values[2], values[3], values[4]};
}

std::string firstLineOf(std::istream& stream) {
  std::string start(kStepHeader.size() + 1, '\0');
  stream.read(start.data(), std::streamsize(start.size()));
  start.resize(size_t(stream.gcount()));
  return start;
}

}  // namespace

bool isPretrainingCurve(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string start = firstLineOf(stream);
  return !start.empty() && (std::string(kStepHeader) + '\n').starts_with(start);
}

Result<PretrainingCurve> readPretrainingCurve(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string start = firstLineOf(stream);
  const std::string whole = std::string(kStepHeader) + '\n';
  if (!whole.starts_with(start))
    return refuseStep(file, 1, fmt::format("the header must be {}", kStepHeader));
  PretrainingCurve curve;
  std::string line;
  for (size_t row = 2; std::getline(stream, line); ++row) {
    if (stream.eof()) break;  // no end of line: it is being written
    if (isBlank(line)) continue;
    const std::optional<ContrastCurve::Row> read = stepOf(line);
    if (!read) return refuseStep(file, row, fmt::format("'{}' is no step", line.substr(0, 80)));
    curve.rows.push_back(*read);
  }
  return curve;
}

}  // namespace geneglass
