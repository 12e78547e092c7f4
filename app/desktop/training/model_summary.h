// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <optional>

#include "inference/package/model_package.h"

namespace geneglass {

/// What one wants to know of a model before one believes it.
struct ModelSummary {
  std::filesystem::path folder;
  QString name;
  QString statement;  ///< of what tissue, as the package says it
  int slides = 0;     ///< it learnt from; 0: not recorded
  int genes = 0;
  int well = 0;                   ///< genes that are well predicted
  std::optional<double> medianR;  ///< held-out, over all its genes
  bool isSynthetic = false;       ///< the package says that it was judged on made slides
  bool isProgram = false;         ///< its encoder is TorchScript: a program that somebody wrote
  QString refusal;                ///< why it cannot be used, a sentence; empty where it can
};

ModelSummary summaryOf(const ModelPackage& package);
/// Reads the package; not on the GUI thread.
ModelSummary summaryIn(const std::filesystem::path& folder);

/// "breast-her2st: 3 slides, median r 0.28": a line that is always in sight.
QString shortText(const ModelSummary& model);
/// The same with tissue and genes, in sentences.
QString longText(const ModelSummary& model);

}  // namespace geneglass
