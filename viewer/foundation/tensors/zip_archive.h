// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "viewer/foundation/result.h"

struct zip;

namespace geneglass {

/// A zip file, read whole members at a time; its check sums are compared. One thread at a time.
class ZipArchive final {
 public:
  /// Errors name the file: no zip, not whole, more than 100,000 members, or members that lie over each other.
  static Result<ZipArchive> open(const std::filesystem::path& file);

  /// In the order of the file.
  std::vector<std::string> names() const;

  /// Errors, to follow "...: ": no such member, larger than 1 GiB, damaged, more than it can unpack
  /// to (claimed_bytes.h).
  Result<std::vector<uint8_t>> bytes(const std::string& name) const;

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  explicit ZipArchive(zip* archive) : m_archive(archive) {}
  std::unique_ptr<zip, Close> m_archive;
};

}  // namespace geneglass
