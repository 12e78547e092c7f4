// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/content_hash.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace geneglass {
namespace {

constexpr uint64_t kMebibyte = 1u << 20;
constexpr uint64_t kBlockSize = 64u << 10;

tl::unexpected<Error> cannotRead(const std::filesystem::path& file, std::string_view reason) {
  return fail(fmt::format("Cannot read '{}': {}.", file.string(), reason));
}

struct Digest {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  Digest() { EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr); }
  void add(const void* bytes, size_t count) { EVP_DigestUpdate(context.get(), bytes, count); }
  std::string digits() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned int count = 0;
    EVP_DigestFinal_ex(context.get(), sum.data(), &count);
    std::string text;
    for (unsigned int i = 0; i < count; ++i) text += fmt::format("{:02x}", sum[i]);
    return text;
  }
};

void addNumber(Digest& digest, uint64_t number) {
  std::array<unsigned char, 8> bytes{};
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<unsigned char>(number >> (8 * i));
  digest.add(bytes.data(), bytes.size());
}

/// Adds bytes [from, from + count) of the file; the reason where they cannot be read.
std::string addRange(Digest& digest, const PositionedFile& file, uint64_t from, uint64_t count) {
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
std::string addFile(Digest& digest, const PositionedFile& file, const Samples& samples) {
  const uint64_t size = file.size();
  addNumber(digest, size);
  if (size <= samples.wholeUpTo) return addRange(digest, file, 0, size);
  std::string reason = addRange(digest, file, 0, samples.ends);
  const uint64_t between = size - 2 * samples.ends - kBlockSize;
  for (uint64_t i = 0; i < samples.blocks && reason.empty(); ++i)
    reason = addRange(digest, file, samples.ends + between / (samples.blocks - 1) * i, kBlockSize);
  return reason.empty() ? addRange(digest, file, size - samples.ends, samples.ends) : reason;
}

std::string addPart(Digest& digest, const std::filesystem::path& path) {
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
  Digest digest;
  if (!file.isOpen()) return cannotRead(path, file.refusal());
  if (const std::string reason = addFile(digest, file, kOfSlide); !reason.empty())
    return cannotRead(path, reason);
  for (const std::filesystem::path& part : parts)
    if (const std::string reason = addPart(digest, part); !reason.empty()) return cannotRead(part, reason);
  return digest.digits();
}

Result<std::string> contentHash(const std::filesystem::path& file) {
  return contentHash(PositionedFile(file), file);
}

}  // namespace geneglass
