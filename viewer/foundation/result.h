// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace geneglass {

/// One sentence for the user that names the file (or the thing) and the reason.
struct Error {
  std::string sentence;
};

/// A value, or why there is none.
template <typename T>
using Result = tl::expected<T, Error>;

/// `return fail("cannot open 'a.svs': the file is empty.");`
inline tl::unexpected<Error> fail(std::string sentence) {
  return tl::unexpected<Error>(Error{std::move(sentence)});
}

}  // namespace geneglass
