// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>
#include <optional>

#include "inference/package/model_package.h"

namespace geneglass {

/// What a finished package is, for the one who trained it.
struct ModelStanding {
  QString sentence;          ///< how well it predicts, and where it is
  bool encoderOnly = false;  ///< it predicts nothing itself
};

/// Over all genes that its heads predict; nothing of a package without genes.
std::optional<double> medianHeldOutR(const ModelPackage& package);

/// Reads the manifest; not on the GUI thread. A package that cannot be read is told in the sentence.
ModelStanding standingOf(const std::filesystem::path& folder);

}  // namespace geneglass
