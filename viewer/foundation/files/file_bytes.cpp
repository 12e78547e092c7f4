// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/file_bytes.h"

#include <unistd.h>

#include <cerrno>

namespace geneglass {

int writeBytesAt(int descriptor, const void* bytes, size_t count, uint64_t place) {
  const auto* from = static_cast<const char*>(bytes);
  for (size_t done = 0; done < count;) {
    const ssize_t written = pwrite(descriptor, from + done, count - done, static_cast<off_t>(place + done));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    if (written == 0) return ENOSPC;
    done += static_cast<size_t>(written);
  }
  return 0;
}

ReadBytes readBytesAt(int descriptor, void* bytes, size_t count, uint64_t place) {
  auto* to = static_cast<char*>(bytes);
  ReadBytes read;
  while (read.count < count) {
    const ssize_t got =
        pread(descriptor, to + read.count, count - read.count, static_cast<off_t>(place + read.count));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) read.error = errno;
    if (got <= 0) break;
    read.count += static_cast<size_t>(got);
  }
  return read;
}

}  // namespace geneglass
