// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>

namespace geneglass::testing {

/// A port of this machine that nobody listens at just now; 0 where there is none.
inline uint16_t freePort() {
  const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in own{};
  own.sin_family = AF_INET;
  own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof own;
  auto* address = reinterpret_cast<sockaddr*>(&own);
  const bool isFound = ::bind(handle, address, size) == 0 && getsockname(handle, address, &size) == 0;
  ::close(handle);
  return isFound ? ntohs(own.sin_port) : uint16_t(0);
}

}  // namespace geneglass::testing
