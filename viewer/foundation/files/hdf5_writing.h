// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <H5Cpp.h>

namespace geneglass {

/// How a new HDF5 file is opened, and what the disk refused of it. HDF5 itself is told that all was written:
/// where it cannot close a file, it keeps pieces of it and the program crashes at its end. Use under an
/// Hdf5Access; outlives the file.
class Hdf5Writing final {
 public:
  H5::FileAccPropList access();

  /// errno of the first call that failed, 0 for none. Complete once the file is closed.
  int failure() const { return m_failure; }

 private:
  int m_failure = 0;
};

/// How a file is opened for reading, under an Hdf5Access: as by HDF5's own driver, but each read goes to the
/// file. HDF5 1.10 gathers small ones otherwise, and copies from beyond what it gathered where a damaged file
/// names a place near 2^64.
H5::FileAccPropList hdf5Reading();

}  // namespace geneglass
