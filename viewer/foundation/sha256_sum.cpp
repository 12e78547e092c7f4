// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/sha256_sum.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <new>

namespace geneglass {
namespace {

/// For want of memory alone does it fail.
void need(bool made) {
  if (!made) throw std::bad_alloc();
}

}  // namespace

Sha256Sum::Sha256Sum() : m_context(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
  need(m_context && EVP_DigestInit_ex(m_context.get(), EVP_sha256(), nullptr) == 1);
}

void Sha256Sum::add(const void* bytes, size_t count) {
  need(EVP_DigestUpdate(m_context.get(), bytes, count) == 1);
}

std::string Sha256Sum::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int length = 0;
  need(EVP_DigestFinal_ex(m_context.get(), sum.data(), &length) == 1);
  std::string text;
  for (unsigned int i = 0; i < length; ++i) text += fmt::format("{:02x}", sum[i]);
  return text;
}

}  // namespace geneglass
