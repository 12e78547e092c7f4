// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/spots/measure_slide.h"

#include "inference/learning/spots/read_spots.h"
#include "inference/learning/spots/spot_report.h"

namespace geneglass {

static std::vector<float> seriesOf(const Matrix& values, size_t column) {
  std::vector<float> series;
  for (size_t row = 0; row < values.rows; ++row) series.push_back(values.at(row, column));
  return series;
}

static MeasuredSpots plainOf(const SpotComparison& comparison, const std::string& slideHash) {
  MeasuredSpots spots{.file = comparison.file.string(),
                      .slideHash = slideHash,
                      .diameter = comparison.diameter,
                      .centres = comparison.centres,
                      .genes = {},
                      .meanR = comparison.meanPearson,
                      .meanLow = comparison.meanPearsonInterval.low,
                      .meanHigh = comparison.meanPearsonInterval.high};
  for (size_t gene = 0; gene < comparison.scores.size(); ++gene) {
    const SpotScore& score = comparison.scores[gene];
    spots.genes.push_back({score.gene.symbol, seriesOf(comparison.measuredValues, gene),
                           seriesOf(comparison.predictedValues, gene), score.pearson,
                           score.pearsonInterval.low, score.pearsonInterval.high});
  }
  return spots;
}

Result<SlideMeasurement> measureSlide(const std::filesystem::path& folder, const OpenedSlide& opened,
                                      const LoadedModel& model, int threads, std::stop_token stop,
                                      const OnProgress& progress) {
  const Result<SpotTable> table = readSpots(folder, {});
  if (!table) return tl::unexpected(table.error());
  if (const auto fits = lieOn(*table, *opened.slide); !fits) return tl::unexpected(fits.error());
  const Result<SpotPrediction> prediction = predictSpots(opened, *table, model, threads, stop, progress);
  if (!prediction) return tl::unexpected(prediction.error());
  const Result<SpotComparison> comparison = compareSpots(*prediction, *table, kSpotSeed, stop);
  if (!comparison) return tl::unexpected(comparison.error());
  return SlideMeasurement{std::make_shared<const MeasuredSpots>(plainOf(*comparison, opened.slide->hash)),
                          leftOutOf(*comparison)};
}

}  // namespace geneglass
