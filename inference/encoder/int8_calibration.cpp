// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/int8_calibration.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/own_threads.h"

namespace geneglass {
namespace {

constexpr size_t kBins = 2048;
constexpr size_t kLeastBins = 128;  ///< no cut below this part of the largest
using Histogram = std::array<uint64_t, kBins>;

float largestOf(std::span<const float> values) {
  float largest = 0;
  for (float value : values) largest = std::max(largest, std::abs(value));
  return largest;
}

void count(std::span<const float> values, float largest, Histogram& histogram) {
  const float factor = kBins / largest;
  for (float value : values) ++histogram[std::min(kBins - 1, static_cast<size_t>(std::abs(value) * factor))];
}

/// Squared error, in bins, of `levels` steps up to `bins` and of cutting off the rest.
double squaredError(const Histogram& histogram, size_t bins, int levels) {
  const double size = double(bins) / levels;
  double sum = 0;
  for (size_t i = 0; i < kBins; ++i) {
    const double value = double(i) + 0.5;
    const double error = value - size * std::min<double>(levels, std::nearbyint(value / size));
    sum += double(histogram[i]) * error * error;
  }
  return sum;
}

/// In bins.
size_t bestRange(Histogram histogram, int levels) {
  histogram[0] = 0;  // zeros cost nothing
  size_t best = kBins;
  double least = squaredError(histogram, kBins, levels);
  for (size_t bins = kLeastBins; bins < kBins; bins += 16)
    if (const double error = squaredError(histogram, bins, levels); error < least) {
      least = error;
      best = bins;
    }
  return best;
}

/// Shows every tile's activations to `see(thread, step, values)`.
template <typename See>
void observe(const ConvolutionNetwork& network, std::span<const Image> tiles, int threads,
             const std::stop_token& stop, const See& see) {
  std::vector<ConvolutionNetwork::Lane> lanes;
  for (size_t i = 0; i < ownThreads(threads); ++i) lanes.push_back(network.lane());
  std::vector<std::vector<float>> features(
      lanes.size(), std::vector<float>(static_cast<size_t>(network.plan().steps.back().out)));
  inOwnThreads(tiles.size(), 1, threads, [&](size_t thread, size_t tile, size_t) {
    if (stop.stop_requested()) throw std::runtime_error("it was stopped");
    network.run(lanes[thread], tiles[tile], features[thread],
                [&](size_t step, std::span<const float> values) { see(thread, step, values); });
  });
}

class Calibration final {
 public:
  Calibration(const ConvolutionNetwork& network, std::span<const Image> tiles, int threads)
      : m_network(network),
        m_tiles(tiles),
        m_threads(threads),
        m_steps(network.plan().steps.size()),
        m_largest(m_steps, 0) {}

  void findLargest(const std::stop_token& stop) {
    std::vector<std::vector<float>> each(ownThreads(m_threads), m_largest);
    observe(m_network, m_tiles, m_threads, stop,
            [&](size_t thread, size_t step, std::span<const float> values) {
              each[thread][step] = std::max(each[thread][step], largestOf(values));
            });
    for (const std::vector<float>& one : each)
      for (size_t i = 0; i < m_steps; ++i) m_largest[i] = std::max(m_largest[i], one[i]);
    for (float& largest : m_largest) largest = std::max(largest, 1e-20f);
  }

  void cutOff(const std::stop_token& stop) {
    std::vector<std::vector<Histogram>> each(ownThreads(m_threads), std::vector<Histogram>(m_steps));
    observe(m_network, m_tiles, m_threads, stop,
            [&](size_t thread, size_t step, std::span<const float> values) {
              count(values, m_largest[step], each[thread][step]);
            });
    for (size_t i = 0; i < m_steps; ++i) {
      Histogram all = each[0][i];
      for (size_t thread = 1; thread < each.size(); ++thread)
        for (size_t bin = 0; bin < kBins; ++bin) all[bin] += each[thread][i][bin];
      m_largest[i] *= float(bestRange(all, levels(i))) / kBins;
    }
  }

  Int8Scales scales() const {
    Int8Scales result;
    for (size_t i = 0; i < m_steps; ++i) result.activations.push_back(m_largest[i] / float(levels(i)));
    return result;
  }

 private:
  /// Steps on one side of zero.
  int levels(size_t step) const { return m_network.plan().steps[step].rectifies ? 255 : 127; }

  const ConvolutionNetwork& m_network;
  const std::span<const Image> m_tiles;
  const int m_threads;
  const size_t m_steps;
  std::vector<float> m_largest;  ///< what the highest number stands for, per step
};

}  // namespace

Result<Int8Scales> calibrateInt8(const ConvolutionNetwork& float32, std::span<const Image> tiles,
                                 Int8Range range, int threads, std::stop_token stop) {
  if (tiles.empty()) return fail("there are no tiles to calibrate int8 with");
  try {
    Calibration calibration(float32, tiles, threads);
    calibration.findLargest(stop);
    if (range == Int8Range::LeastSquares) calibration.cutOff(stop);
    return calibration.scales();
  } catch (const std::exception& error) {
    return fail(reasonOf(error));
  }
}

}  // namespace geneglass
