// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {

/// A long row of numbers in an HDF5 file that is read once from its begin to its end, a part at a time. Needs
/// an Hdf5Access; throws H5::Exception, also where the dataset is no row of numbers.
class Hdf5Series final {
 public:
  explicit Hdf5Series(H5::DataSet dataset);

  hsize_t size() const { return m_size; }
  /// The next number, whatever type the file holds; not to be called after the last.
  double next() {
    if (m_at == m_part.size()) readPart();
    return m_part[m_at++];
  }

 private:
  void readPart();

  H5::DataSet m_dataset;
  hsize_t m_size = 0, m_read = 0;
  hsize_t m_partSize = 0;  ///< whole chunks, so that each is unpacked once
  size_t m_at = 0;
  std::vector<double> m_part;
};

}  // namespace geneglass
