// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/learning/counts/hdf5_series.h"

#include <algorithm>

namespace geneglass {

constexpr hsize_t kUsualPart = hsize_t(1) << 18;
constexpr hsize_t kMostPart = hsize_t(1) << 27;  ///< HDF5 itself would need as much to unpack a chunk

Hdf5Series::Hdf5Series(H5::DataSet dataset) : m_dataset(std::move(dataset)) {
  const H5T_class_t kind = m_dataset.getTypeClass();
  const std::vector<hsize_t> shape = shapeOf(m_dataset);
  if ((kind != H5T_FLOAT && kind != H5T_INTEGER) || shape.size() != 1)
    throw H5::DataSetIException("read", "'" + m_dataset.getObjName() + "' is not a row of numbers");
  m_size = shape[0];
  m_partSize = kUsualPart;
  const H5::DSetCreatPropList properties = m_dataset.getCreatePlist();
  if (properties.getLayout() != H5D_CHUNKED) return;
  hsize_t chunk = 1;
  properties.getChunk(1, &chunk);
  m_partSize = (std::max(kUsualPart, chunk) / chunk) * chunk;
  if (chunk > kMostPart) throw H5::DataSetIException("read", "'" + m_dataset.getObjName() + "' is one block");
}

void Hdf5Series::readPart() {
  const hsize_t count = std::min(m_partSize, m_size - m_read);
  const H5::DataSpace memory(1, &count), file = m_dataset.getSpace();
  file.selectHyperslab(H5S_SELECT_SET, &count, &m_read);
  m_part.resize(size_t(count));
  m_dataset.read(m_part.data(), H5::PredType::NATIVE_DOUBLE, memory, file);
  m_read += count;
  m_at = 0;
}

}  // namespace geneglass
