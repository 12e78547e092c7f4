// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/heads/training_curve.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>

#include "viewer/foundation/files/text_file.h"

namespace geneglass {
namespace {

constexpr const char* kHeader = "fold,gene,epoch,training_loss,validation_loss,validation_r\n";

std::string cell(double value) {
  return std::isfinite(value) ? fmt::format("{:.6g}", value) : "";
}

}  // namespace

Result<TrainingCurve> TrainingCurve::begin(std::filesystem::path file) {
  TrainingCurve curve(std::move(file));
  if (const Result<void> written = curve.finish(); !written) return tl::unexpected(written.error());
  return curve;
}

void TrainingCurve::add(const std::string& fold, const std::string& gene, const EpochReport& report) {
  const std::string row =
      fmt::format("{},{},{},{},{},{}\n", fold, gene, report.epoch, cell(report.trainingLoss),
                  cell(report.validationLoss), cell(report.validationR));
  if (!m_rows.emplace(std::tuple(fold, gene, report.epoch), row).second) return;
  std::ofstream(m_file, std::ios::app) << row;
}

Result<void> TrainingCurve::finish() const {
  std::string text = kHeader;
  for (const auto& [place, row] : m_rows) text += row;
  return writeText(m_file, text);
}

}  // namespace geneglass
