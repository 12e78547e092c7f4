// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <span>

// For .cpp files of inference only: HDF5 stays inside the layer.
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {

/// One of the maps of a finished NAME.maps.h5, read some genes at a time. Used under an Hdf5Access of the
/// caller's; what HDF5 does not like it throws.
class MapsRows final {
 public:
  /// `map`: attention, expression or contribution.
  MapsRows(const std::filesystem::path& file, const char* map);

  /// `rows`: `count` genes x N tiles.
  void read(size_t first, size_t count, std::span<float> rows) const;

 private:
  H5::H5File m_file;
  H5::DataSet m_map;
};

}  // namespace geneglass
