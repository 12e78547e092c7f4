// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <span>

namespace geneglass {

/// Reads bytes one after another. What lies beyond the end reads as 0, and from then on isWhole() is false.
class ByteCursor final {
 public:
  explicit ByteCursor(std::span<const uint8_t> bytes) : m_bytes(bytes) {}

  bool isWhole() const { return m_whole; }
  size_t left() const { return m_bytes.size(); }
  /// Gives up: what was read is not what it should be.
  void fail() { m_whole = false, m_bytes = {}; }

  std::span<const uint8_t> take(size_t count) {
    if (count > m_bytes.size()) return fail(), std::span<const uint8_t>();
    const std::span<const uint8_t> taken = m_bytes.first(count);
    m_bytes = m_bytes.subspan(count);
    return taken;
  }
  uint8_t byte() {
    const auto taken = take(1);
    return taken.empty() ? 0 : taken[0];
  }
  /// Of this machine's order, the least byte first, as all formats here have it.
  template <typename T>
  T number() {
    T value{};
    if (const auto taken = take(sizeof(T)); !taken.empty()) std::memcpy(&value, taken.data(), sizeof(T));
    return value;
  }
  /// Seven bits a byte, the least first.
  uint64_t varint() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const uint8_t next = byte();
      value |= uint64_t(next & 0x7f) << shift;
      if ((next & 0x80) == 0) return value;
    }
    fail();
    return 0;
  }

 private:
  std::span<const uint8_t> m_bytes;
  bool m_whole = true;
};

}  // namespace geneglass
