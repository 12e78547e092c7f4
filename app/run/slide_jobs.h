// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

namespace geneglass {

/// A slide that a run works on.
struct SlideJob {
  std::string file;                ///< as it was given; of a manifest, where its row leads
  std::string name;                ///< what its results are called
  std::optional<double> mpp = {};  ///< micrometres per pixel, instead of what the file says
};

/// Reads a manifest: a CSV with the column `slide`, relative to the file, and, where they are there, `mpp`
/// and `name` (else slideNameOf()); an empty cell of those says nothing, other columns are passed over.
/// Whether a slide is there its turn shows. Errors name the file and the row: no such column, or two; an
/// empty slide; an mpp that is none; a name that names no file; a slide or a name given twice; no rows; what
/// CsvReader refuses.
Result<std::vector<SlideJob>> readManifest(const std::filesystem::path& file);

/// One part of a list of slides: a slide is in the same part whichever others the list holds, by the hash of
/// its name.
struct Shard {
  int number = 1;  ///< 1 to count
  int count = 1;

  bool holds(const std::string& name) const;
};

/// Of "2/4". The error is a part of a sentence: "'5/4' is no part: ...".
Result<Shard> readShard(const std::string& text);

}  // namespace geneglass
