// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/part_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "viewer/foundation/files/file_bytes.h"

namespace geneglass {

PartFile::PartFile(std::filesystem::path file)
    : m_file(std::move(file)), m_place(m_file), m_reason(m_place.reason()) {}

void PartFile::writeAt(uint64_t place, const void* bytes, size_t count) {
  if (m_reason == 0) m_reason = writeBytesAt(m_place.descriptor(), bytes, count, place);
  m_size = std::max(m_size, place + count);
}

size_t PartFile::readAt(uint64_t place, void* bytes, size_t count) {
  return m_reason == 0 ? readBytesAt(m_place.descriptor(), bytes, count, place).count : 0;
}

Result<void> PartFile::state() const {
  if (m_reason == 0) return {};
  return fail(
      fmt::format("Cannot write '{}': {}.", m_file.string(), std::generic_category().message(m_reason)));
}

Result<void> PartFile::finish() {
  if (m_reason == 0)
    m_reason = m_place.becomeFile();
  else
    m_place.giveUp();
  return state();
}

}  // namespace geneglass
