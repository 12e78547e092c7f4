// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/stain_estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>
#include <vector>

namespace geneglass {
namespace {

using Matrix3 = std::array<std::array<double, 3>, 3>;

constexpr double kLeastDensity = 0.15;  ///< Macenko's beta
constexpr int kDarkestLevel = 8;        ///< of 255: below it the scanner clips, and density is anything
constexpr size_t kLeastPixels = 400;
constexpr double kLeastDegrees = 8;
constexpr double kMostDegrees = 60;
constexpr double kMostFromStandard = 40;  ///< degrees
constexpr double kGreyest = 0.75;         ///< least of the three densities to the largest
constexpr double kLowShare = 0.01;

double dot(const StainVector& a, const StainVector& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

StainVector mixed(const StainVector& a, double ofA, const StainVector& b, double ofB) {
  return {a[0] * ofA + b[0] * ofB, a[1] * ofA + b[1] * ofB, a[2] * ofA + b[2] * ofB};
}

StainVector unit(const StainVector& a) {
  const double length = std::sqrt(dot(a, a));
  return length > 0 ? mixed(a, 1 / length, a, 0) : a;
}

std::vector<StainVector> stainedDensities(const Image& picture) {
  std::vector<StainVector> densities;
  for (const uint32_t pixel : picture.pixels) {
    const std::array<int, 3> light{redOf(pixel), greenOf(pixel), blueOf(pixel)};
    if (alphaOf(pixel) < 255 || *std::ranges::min_element(light) < kDarkestLevel) continue;
    StainVector density;
    for (size_t i = 0; i < 3; ++i) density[i] = -std::log(light[i] / 255.0);
    const auto [least, most] = std::ranges::minmax(density);
    const bool coloured = least < kGreyest * most && density[2] < most;
    if (coloured && (density[0] + density[1] + density[2]) / 3 > kLeastDensity) densities.push_back(density);
  }
  return densities;
}

StainVector meanOf(const std::vector<StainVector>& densities) {
  StainVector sum{0, 0, 0};
  for (const StainVector& density : densities) sum = mixed(sum, 1, density, 1);
  return mixed(sum, 1 / static_cast<double>(densities.size()), sum, 0);
}

Matrix3 covarianceOf(const std::vector<StainVector>& densities, const StainVector& mean) {
  Matrix3 covariance{};
  for (const StainVector& density : densities) {
    const StainVector apart = mixed(density, 1, mean, -1);
    for (size_t row = 0; row < 3; ++row)
      for (size_t column = 0; column < 3; ++column) covariance[row][column] += apart[row] * apart[column];
  }
  return covariance;
}

/// One of Jacobi's rotations: makes symmetric[p][q] zero and turns the columns of `axes` along.
void rotate(Matrix3& symmetric, Matrix3& axes, size_t p, size_t q) {
  const double angle = std::atan2(2 * symmetric[p][q], symmetric[q][q] - symmetric[p][p]) / 2;
  const double cosine = std::cos(angle);
  const double sine = std::sin(angle);
  const auto turn = [&](double& first, double& second) {
    const double before = first;
    first = cosine * before - sine * second;
    second = sine * before + cosine * second;
  };
  for (size_t row = 0; row < 3; ++row) turn(symmetric[row][p], symmetric[row][q]);
  for (size_t column = 0; column < 3; ++column) turn(symmetric[p][column], symmetric[q][column]);
  for (size_t row = 0; row < 3; ++row) turn(axes[row][p], axes[row][q]);
}

/// The eigenvector of the least eigenvalue: what stands upright on the plane of the other two.
StainVector leastAxis(Matrix3 symmetric) {
  constexpr int kSweeps = 12;  // three by three: Jacobi converges in five or six
  Matrix3 axes{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    rotate(symmetric, axes, 0, 1);
    rotate(symmetric, axes, 0, 2);
    rotate(symmetric, axes, 1, 2);
  }
  size_t least = 0;
  for (size_t i = 1; i < 3; ++i)
    if (symmetric[i][i] < symmetric[least][least]) least = i;
  return {axes[0][least], axes[1][least], axes[2][least]};
}

/// In the plane upright on `normal`, the directions where the angle's outermost percentiles lie. Angles are
/// taken from the mean density, so that none of them wraps.
std::pair<StainVector, StainVector> extremes(const std::vector<StainVector>& densities,
                                             const StainVector& mean, const StainVector& normal) {
  const StainVector first = unit(mixed(mean, 1, normal, -dot(mean, normal)));
  const StainVector second{normal[1] * first[2] - normal[2] * first[1],
                           normal[2] * first[0] - normal[0] * first[2],
                           normal[0] * first[1] - normal[1] * first[0]};
  std::vector<double> angles;
  angles.reserve(densities.size());
  for (const StainVector& density : densities)
    angles.push_back(std::atan2(dot(density, second), dot(density, first)));
  const auto directionAt = [&](double share) {
    const auto place =
        angles.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(angles.size() - 1));
    std::nth_element(angles.begin(), place, angles.end());
    StainVector direction = mixed(first, std::cos(*place), second, std::sin(*place));
    for (double& part : direction) part = std::max(0.0, part);
    return unit(direction);
  };
  return {directionAt(kLowShare), directionAt(1 - kLowShare)};
}

double redToGreen(const StainVector& stain) {
  return stain[0] / std::max(stain[0] + stain[1], 1e-9);
}

}  // namespace

double degreesBetween(const StainVector& a, const StainVector& b) {
  return std::acos(std::clamp(dot(unit(a), unit(b)), -1.0, 1.0)) * 180 / std::numbers::pi;
}

StainEstimate estimateStains(const Image& picture) {
  const std::vector<StainVector> densities = stainedDensities(picture);
  if (densities.size() < kLeastPixels)
    return {{},
            "There is too little stained tissue to estimate the stains from: the standard ones are used."};
  const StainVector mean = meanOf(densities);
  auto [haematoxylin, eosin] = extremes(densities, mean, leastAxis(covarianceOf(densities, mean)));
  if (redToGreen(eosin) > redToGreen(haematoxylin)) std::swap(haematoxylin, eosin);
  const double degrees = degreesBetween(haematoxylin, eosin);
  if (degrees < kLeastDegrees || degrees > kMostDegrees)
    return {{},
            fmt::format("The colours of this slide are no two stains ({:.0f} degrees between them): the "
                        "standard ones are used.",
                        degrees)};
  const StainVectors standard;
  const double apart =
      std::max(degreesBetween(haematoxylin, standard.haematoxylin), degreesBetween(eosin, standard.eosin));
  if (apart > kMostFromStandard)
    return {
        {},
        fmt::format("The colours of this slide do not look like haematoxylin and eosin ({:.0f} degrees from "
                    "them): the standard ones are used.",
                    apart)};
  return {{haematoxylin, eosin}, {}};
}

}  // namespace geneglass
