// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/slide/content_hash.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <string_view>
#include <system_error>
#include <vector>

namespace geneglass {
namespace {

constexpr uint64_t mebibyte = 1u << 20;
constexpr uint64_t wholeUpTo = 8 * mebibyte;
constexpr uint64_t blockSize = 64u << 10;
constexpr uint64_t blockCount = 64;

tl::unexpected<Error> cannotRead(const std::filesystem::path& file, std::string_view reason) {
  return fail(fmt::format("Cannot read '{}': {}.", file.string(), reason));
}

/// An open file; closes itself.
struct Descriptor {
  int number = -1;
  explicit Descriptor(const std::filesystem::path& file)
      : number(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~Descriptor() {
    if (number >= 0) close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

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

/// Adds bytes [from, from + count) of the file; the reason where they cannot be read.
std::string addRange(Digest& digest, int descriptor, uint64_t from, uint64_t count) {
  std::vector<char> buffer(mebibyte);
  while (count > 0) {
    const ssize_t got =
        pread(descriptor, buffer.data(), std::min<uint64_t>(count, buffer.size()), static_cast<off_t>(from));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::generic_category().message(errno);
    if (got == 0) return "it became shorter while it was read";
    digest.add(buffer.data(), static_cast<size_t>(got));
    from += static_cast<uint64_t>(got);
    count -= static_cast<uint64_t>(got);
  }
  return {};
}

std::string addSamples(Digest& digest, int descriptor, uint64_t size) {
  if (size <= wholeUpTo) return addRange(digest, descriptor, 0, size);
  std::string reason = addRange(digest, descriptor, 0, mebibyte);
  const uint64_t between = size - 2 * mebibyte - blockSize;
  for (uint64_t i = 0; i < blockCount && reason.empty(); ++i)
    reason = addRange(digest, descriptor, mebibyte + between / (blockCount - 1) * i, blockSize);
  return reason.empty() ? addRange(digest, descriptor, size - mebibyte, mebibyte) : reason;
}

}  // namespace

Result<std::string> contentHash(const std::filesystem::path& file) {
  const Descriptor descriptor(file);
  struct stat facts {};
  if (descriptor.number < 0 || fstat(descriptor.number, &facts) != 0)
    return cannotRead(file, std::generic_category().message(errno));
  const auto size = static_cast<uint64_t>(facts.st_size);
  Digest digest;
  std::array<unsigned char, 8> sizeBytes{};
  for (size_t i = 0; i < sizeBytes.size(); ++i) sizeBytes[i] = static_cast<unsigned char>(size >> (8 * i));
  digest.add(sizeBytes.data(), sizeBytes.size());
  if (const std::string reason = addSamples(digest, descriptor.number, size); !reason.empty())
    return cannotRead(file, reason);
  return digest.digits();
}

}  // namespace geneglass
