// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>

struct evp_md_ctx_st;

namespace geneglass {

/// SHA-256 of bytes that come piece by piece. Throws std::bad_alloc where OpenSSL has no memory, since a sum
/// of less than all would be taken for another's. One thread.
class Sha256Sum final {
 public:
  Sha256Sum();
  void add(const void* bytes, size_t count);
  std::string finish();  ///< 64 digits of base 16; nothing is added after it

 private:
  std::unique_ptr<evp_md_ctx_st, void (*)(evp_md_ctx_st*)> m_context;
};

}  // namespace geneglass
