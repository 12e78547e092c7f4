// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/formats/tiff/positioned_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "viewer/foundation/files/file_bytes.h"

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
  const ReadBytes read = readBytesAt(m_number, bytes.data(), bytes.size(), offset);
  if (read.error != 0) return std::generic_category().message(read.error);
  return read.count < bytes.size() ? "the file became shorter" : "";
}

}  // namespace geneglass
