// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/socket_bytes.h"

#include <sys/socket.h>

#include <cerrno>

namespace geneglass {

bool sendBytes(int file, const void* bytes, size_t count) {
  for (const auto* at = static_cast<const char*>(bytes); count > 0;) {
    const ssize_t done = ::send(file, at, count, MSG_NOSIGNAL);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    at += done;
    count -= static_cast<size_t>(done);
  }
  return true;
}

bool receiveBytes(int file, void* bytes, size_t count) {
  for (auto* at = static_cast<char*>(bytes); count > 0;) {
    const ssize_t done = ::recv(file, at, count, 0);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    at += done;
    count -= static_cast<size_t>(done);
  }
  return true;
}

}  // namespace geneglass
