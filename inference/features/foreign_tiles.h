// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

// For .cpp files of inference only: HDF5 stays inside the layer.
#include "viewer/foundation/files/hdf5_access.h"
#include "viewer/foundation/geometry.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// What another tool's bag says of its tiles: TRIDENT and CLAM beside its coordinates, STAMP at the file.
struct ForeignTiles {
  double tile = 0;              ///< side; 0: it does not say
  bool inMicrometres = false;   ///< places and side; else level-0 pixels
  std::string slideName = {};   ///< without folder and ending; empty: it does not say
  Size slideSize = {};          ///< level-0 pixels; 0 x 0: it does not say
  int64_t slideSizeWithin = 0;  ///< by how much that may be off
};

/// Attributes that are absent or of another kind say nothing. `coords`: the dataset of places. Errors, to
/// follow "...: ": places in a unit that is not known, or tiles of a level of which the size is not said.
Result<ForeignTiles> foreignTilesOf(const H5::H5File& file, const H5::DataSet& coords);

}  // namespace geneglass
