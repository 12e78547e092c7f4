// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {

/// A data frame of AnnData (obs, var, raw/var) in an HDF5 file. Needs an Hdf5Access; throws H5::Exception.
class AnnotatedFrame final {
 public:
  /// Throws where there is no such group, or it is of AnnData before 0.7.
  AnnotatedFrame(const H5::H5File& file, const std::string& path);

  bool has(const std::string& column) const;
  std::vector<std::string> index() const;
  /// Texts, or texts by their categories.
  std::vector<std::string> texts(const std::string& column) const;
  /// Numbers, truths (0, 1), or categories that are numbers.
  std::vector<double> numbers(const std::string& column) const;

 private:
  H5::Group m_group;
};

/// Whether there is something at each step of the path.

}  // namespace geneglass
