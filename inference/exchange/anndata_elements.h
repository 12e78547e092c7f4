// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string>
#include <vector>

// For .cpp files of inference only: HDF5 stays inside the layer.
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {

/// The elements of which AnnData 0.8 and later make a file; each says by attributes what it is. Texts become
/// valid UTF-8, without which its readers open nothing.

/// What an element is: "anndata" 0.1.0, "array" 0.2.0, ...
void markElement(H5::H5Object& element, const char* type, const char* version);

H5::Group addMapping(H5::Group& at, const std::string& name);
void addText(H5::Group& at, const std::string& name, const std::string& text);
void addNumber(H5::Group& at, const std::string& name, double number);
void addFlag(H5::Group& at, const std::string& name, bool flag);
void addTexts(H5::Group& at, const std::string& name, const std::vector<std::string>& texts);
void addFloats(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
               std::span<const float> values);
void addDoubles(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                std::span<const double> values);
void addIntegers(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                 std::span<const int32_t> values);
void addBytes(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
              std::span<const uint8_t> values);
/// As h5py writes truth values.
void addFlags(H5::Group& at, const std::string& name, const std::vector<bool>& flags);

/// Numbers that stand for texts: codes are indices into `categories`.
void addCategories(H5::Group& at, const std::string& name, std::span<const int32_t> codes,
                   const std::vector<std::string>& categories);

/// A table: its rows have names, its columns are elements that are added to group().
class AnnDataFrame final {
 public:
  AnnDataFrame(H5::Group& at, const std::string& name, const std::vector<std::string>& rows);
  H5::Group& group() { return m_group; }
  H5::Group& column(const std::string& name) {  ///< that is added next
    m_columns.push_back(name);
    return m_group;
  }
  void finish();  ///< once, after the last column

 private:
  H5::Group m_group;
  std::vector<std::string> m_columns;
};

}  // namespace geneglass
