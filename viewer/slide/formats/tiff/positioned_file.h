// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

namespace geneglass {

/// A file open for reads at any position: no shared cursor, hence no lock. Any thread.
class PositionedFile final {
 public:
  explicit PositionedFile(const std::filesystem::path& file);
  ~PositionedFile();
  PositionedFile(const PositionedFile&) = delete;
  PositionedFile& operator=(const PositionedFile&) = delete;

  bool isOpen() const { return m_number >= 0; }
  const std::string& refusal() const { return m_refusal; }  ///< why it is not open; empty where it is
  int descriptor() const { return m_number; }               ///< the system's, this object's own
  uint64_t size() const { return m_size; }                  ///< bytes when it was opened

  /// Fills `bytes` from `offset` on. Blocks on the disk. Empty where it did, else why not.
  std::string read(uint64_t offset, std::span<uint8_t> bytes) const;

 private:
  int m_number = -1;
  std::string m_refusal;
  uint64_t m_size = 0;
};

}  // namespace geneglass
