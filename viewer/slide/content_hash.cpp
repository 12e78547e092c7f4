// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/content_hash.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "viewer/foundation/sha256_sum.h"

namespace geneglass {
namespace {

constexpr uint64_t kMebibyte = 1u << 20;
constexpr uint64_t kBlockSize = 64u << 10;

tl::unexpected<Error> cannotRead(const std::filesystem::path& file, std::string_view reason) {
  return fail(fmt::format("Cannot read '{}': {}.", file.string(), reason));
}

void addNumber(Sha256Sum& digest, uint64_t number) {
  std::array<unsigned char, 8> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(number >> (8 * i));
  digest.add(bytes.data(), bytes.size());
}

/// Adds bytes [from, from + count) of the file; the reason where they cannot be read.
std::string addRange(Sha256Sum& digest, const PositionedFile& file, uint64_t from, uint64_t count) {
  std::vector<uint8_t> buffer(std::min(count, kMebibyte));
  for (uint64_t size = 0; count > 0; from += size, count -= size) {
    size = std::min<uint64_t>(count, buffer.size());
    const auto bytes = std::span(buffer).first(size);
    if (std::string reason = file.read(from, bytes); !reason.empty()) return reason;
    digest.add(bytes.data(), size);
  }
  return {};
}

/// How much of a large file counts.
struct Samples {
  uint64_t wholeUpTo;  ///< bytes; a file that is no larger counts whole
  uint64_t ends;       ///< bytes at the start and as many at the end
  uint64_t blocks;     ///< of `blockSize`, spread evenly between the ends
};
constexpr Samples kOfSlide{8 * kMebibyte, kMebibyte, 64};
constexpr Samples kOfPart{kMebibyte / 2, kBlockSize, 6};

/// The size, and what of the bytes counts.
std::string addFile(Sha256Sum& digest, const PositionedFile& file, const Samples& samples) {
  const uint64_t size = file.size();
  addNumber(digest, size);
  if (size <= samples.wholeUpTo) return addRange(digest, file, 0, size);
  std::string reason = addRange(digest, file, 0, samples.ends);
  const uint64_t between = size - 2 * samples.ends - kBlockSize;
  for (uint64_t i = 0; i < samples.blocks && reason.empty(); ++i)
    reason = addRange(digest, file, samples.ends + between / (samples.blocks - 1) * i, kBlockSize);
  return reason.empty() ? addRange(digest, file, size - samples.ends, samples.ends) : reason;
}

std::string addPart(Sha256Sum& digest, const std::filesystem::path& path) {
  const PositionedFile file(path);
  if (!file.isOpen()) return file.refusal();
  const std::string name = path.filename().string();
  addNumber(digest, name.size());
  digest.add(name.data(), name.size());
  return addFile(digest, file, kOfPart);
}

}  // namespace

Result<std::string> contentHash(const PositionedFile& file, const std::filesystem::path& path,
                                std::span<const std::filesystem::path> parts) {
  Sha256Sum digest;
  if (!file.isOpen()) return cannotRead(path, file.refusal());
  if (const std::string reason = addFile(digest, file, kOfSlide); !reason.empty())
    return cannotRead(path, reason);
  for (const std::filesystem::path& part : parts)
    if (const std::string reason = addPart(digest, part); !reason.empty()) return cannotRead(part, reason);
  return digest.finish();
}

Result<std::string> contentHash(const std::filesystem::path& file) {
  return contentHash(PositionedFile(file), file);
}

}  // namespace geneglass
