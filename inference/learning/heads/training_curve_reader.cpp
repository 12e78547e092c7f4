// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/training_curve_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <optional>

#include "viewer/foundation/files/csv_line.h"

namespace geneglass {
namespace {

constexpr std::string_view kHeader = "fold,gene,epoch,training_loss,validation_loss,validation_r";
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

tl::unexpected<Error> refuse(const std::filesystem::path& file, size_t row, const std::string& reason) {
  return fail(fmt::format("Cannot show the training curve '{}': row {}: {}.", file.string(), row, reason));
}

/// NaN for an empty cell; nothing for what is no number.
std::optional<double> valueOf(const std::string& cell) {
  if (cell.empty()) return kNothing;
  const std::optional<float> value = numberOf(cell);
  return value ? std::optional<double>(*value) : std::nullopt;
}

struct Row {
  std::string fold;
  std::string gene;
  EpochReport report;
};

std::optional<Row> rowOf(const std::string& line) {
  const std::vector<std::string> cells = cellsOf(line);
  if (cells.size() != 6 || cells[0].empty()) return {};
  const std::optional<float> epoch = numberOf(cells[2]);
  const auto training = valueOf(cells[3]), validation = valueOf(cells[4]), r = valueOf(cells[5]);
  if (!epoch || *epoch < 1 || *epoch != std::floor(*epoch) || *epoch > 1e6f || !training || !validation || !r)
    return {};
  return Row{cells[0], cells[1], {int(*epoch), 0, *training, *validation, *r}};
}

/// Puts rows in their places, whatever order they come in.
class CurveCollector final {
 public:
  void add(Row row) {
    const auto [place, fresh] = m_places.try_emplace({row.fold, row.gene}, m_curve.runs.size());
    if (fresh) m_curve.runs.push_back({row.fold, row.gene, {}});
    m_curve.latest = place->second;
    std::vector<EpochReport>& epochs = m_curve.runs[place->second].epochs;
    const auto after = std::lower_bound(epochs.begin(), epochs.end(), row.report.epoch,
                                        [](const EpochReport& one, int epoch) { return one.epoch < epoch; });
    if (after == epochs.end() || after->epoch != row.report.epoch) epochs.insert(after, row.report);
  }
  ReadCurve finish() {
    m_curve.begun = true;
    return std::move(m_curve);
  }

 private:
  ReadCurve m_curve;
  std::map<std::pair<std::string, std::string>, size_t> m_places;
};

/// Whether the header is there: false where it is not whole yet.
Result<bool> readHeader(std::istream& stream, const std::filesystem::path& file) {
  std::string start(kHeader.size() + 1, '\0');
  stream.read(start.data(), std::streamsize(start.size()));
  start.resize(size_t(stream.gcount()));
  const std::string whole = std::string(kHeader) + '\n';
  if (start == whole) return true;
  if (whole.starts_with(start)) return false;
  return refuse(file, 1, fmt::format("the header must be {}", kHeader));
}

/// The mean of `value` over the runs at an epoch, each no later than its last.
double meanAt(const std::vector<const CurveRun*>& runs, size_t index, double EpochReport::*value) {
  double sum = 0;
  int count = 0;
  for (const CurveRun* run : runs) {
    const double one = run->epochs[std::min(index, run->epochs.size() - 1)].*value;
    if (std::isnan(one)) continue;
    sum += one;
    ++count;
  }
  return count > 0 ? sum / count : kNothing;
}

CurveRun meanOf(const std::string& fold, const std::vector<const CurveRun*>& runs) {
  if (runs.size() == 1) return {fold, "", runs.front()->epochs};
  const CurveRun* longest = *std::max_element(runs.begin(), runs.end(), [](const auto* a, const auto* b) {
    return a->epochs.size() < b->epochs.size();
  });
  CurveRun mean{fold, "", {}};
  for (size_t index = 0; index < longest->epochs.size(); ++index)
    mean.epochs.push_back({longest->epochs[index].epoch, 0, meanAt(runs, index, &EpochReport::trainingLoss),
                           meanAt(runs, index, &EpochReport::validationLoss),
                           meanAt(runs, index, &EpochReport::validationR)});
  return mean;
}

}  // namespace

Result<ReadCurve> readTrainingCurve(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return ReadCurve{};
  const Result<bool> header = readHeader(stream, file);
  if (!header) return tl::unexpected(header.error());
  if (!*header) return ReadCurve{};
  CurveCollector collector;
  std::string line;
  for (size_t row = 2; std::getline(stream, line); ++row) {
    if (stream.eof()) break;  // no end of line: it is being written
    if (isBlank(line)) continue;
    std::optional<Row> read = rowOf(line);
    if (!read) return refuse(file, row, fmt::format("'{}' is no epoch", line.substr(0, 80)));
    collector.add(std::move(*read));
  }
  return collector.finish();
}

std::vector<CurveRun> meanOverGenes(const std::vector<CurveRun>& runs) {
  std::vector<std::string> folds;
  std::map<std::string, std::vector<const CurveRun*>> ofFold;
  for (const CurveRun& run : runs) {
    if (!ofFold.count(run.fold)) folds.push_back(run.fold);
    ofFold[run.fold].push_back(&run);
  }
  std::vector<CurveRun> means;
  for (const std::string& fold : folds) means.push_back(meanOf(fold, ofFold[fold]));
  return means;
}

int bestEpochOf(const CurveRun& run) {
  int best = -1;
  for (size_t index = 0; index < run.epochs.size(); ++index) {
    const double loss = run.epochs[index].validationLoss;
    if (!std::isnan(loss) && (best < 0 || loss < run.epochs[size_t(best)].validationLoss)) best = int(index);
  }
  return best;
}

}  // namespace geneglass
