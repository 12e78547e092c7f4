// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>

namespace geneglass {

/// What a finished package is, for the one who trained it.
struct ModelStanding {
  QString sentence;          ///< how well it predicts, and where it is
  bool encoderOnly = false;  ///< it predicts nothing itself
};

/// Reads the manifest; not on the GUI thread. A package that cannot be read is told in the sentence.
ModelStanding standingOf(const std::filesystem::path& folder);

}  // namespace geneglass
