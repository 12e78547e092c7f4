// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/exchange/maps_rows.h"

namespace geneglass {

MapsRows::MapsRows(const std::filesystem::path& file, const char* map)
    : m_file(file.string(), H5F_ACC_RDONLY, H5::FileCreatPropList::DEFAULT, withoutLocking()),
      m_map(m_file.openDataSet(map)) {}

void MapsRows::read(size_t first, size_t count, std::span<float> rows) const {
  if (rows.empty()) return;
  const hsize_t begin[] = {first, 0}, size[] = {count, rows.size() / count};
  H5::DataSpace there = m_map.getSpace();
  there.selectHyperslab(H5S_SELECT_SET, size, begin);
  m_map.read(rows.data(), H5::PredType::NATIVE_FLOAT, H5::DataSpace(2, size), there);
}

}  // namespace geneglass
