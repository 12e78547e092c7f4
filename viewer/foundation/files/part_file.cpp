// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/part_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "viewer/foundation/files/file_bytes.h"

namespace geneglass {

PartFile::PartFile(std::filesystem::path file) : m_file(std::move(file)), m_part(m_file.string() + ".part") {
  removeUnfinishedFiles();
  m_descriptor = ::open(m_part.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  m_reason = m_descriptor < 0 ? errno : 0;
  if (m_descriptor >= 0) m_note.emplace(m_part);
}

PartFile::~PartFile() {
  if (m_descriptor < 0) return;
  ::close(m_descriptor);
  std::error_code ignored;
  std::filesystem::remove(m_part, ignored);
}

void PartFile::writeAt(uint64_t place, const void* bytes, size_t count) {
  if (m_reason == 0) m_reason = writeBytesAt(m_descriptor, bytes, count, place);
  m_size = std::max(m_size, place + count);
}

size_t PartFile::readAt(uint64_t place, void* bytes, size_t count) {
  return m_reason == 0 ? readBytesAt(m_descriptor, bytes, count, place).count : 0;
}

Result<void> PartFile::state() const {
  if (m_reason == 0) return {};
  return fail(
      fmt::format("Cannot write '{}': {}.", m_file.string(), std::generic_category().message(m_reason)));
}

/// A share may tell only at the end that it is full.
Result<void> PartFile::finish() {
  if (m_descriptor < 0) return state();
  if (::close(std::exchange(m_descriptor, -1)) != 0 && m_reason == 0) m_reason = errno;
  std::error_code error, ignored;
  if (m_reason == 0) std::filesystem::rename(m_part, m_file, error);
  if (error) m_reason = error.value();
  if (m_reason != 0) std::filesystem::remove(m_part, ignored);
  m_note.reset();
  return state();
}

}  // namespace geneglass
