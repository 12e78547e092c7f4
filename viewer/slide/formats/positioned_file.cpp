// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/positioned_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace geneglass {

/// O_NONBLOCK: a pipe that took the file's place is not waited on. Regular files do not know it.
PositionedFile::PositionedFile(const std::filesystem::path& file)
    : m_number(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {
  struct stat facts {};
  if (m_number < 0)
    m_refusal = std::generic_category().message(errno);
  else if (fstat(m_number, &facts) == 0)
    m_size = static_cast<uint64_t>(facts.st_size);
}

PositionedFile::~PositionedFile() {
  if (m_number >= 0) ::close(m_number);
}

std::string PositionedFile::read(uint64_t offset, std::span<uint8_t> bytes) const {
  if (offset > m_size || bytes.size() > m_size - offset) return "its bytes lie beyond the end of the file";
  while (!bytes.empty()) {
    const ssize_t count = pread(m_number, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return std::generic_category().message(errno);
    if (count == 0) return "the file became shorter";
    bytes = bytes.subspan(static_cast<size_t>(count));
    offset += static_cast<uint64_t>(count);
  }
  return {};
}

}  // namespace geneglass
