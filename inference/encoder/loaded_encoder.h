// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>

#include "inference/encoder/encoder.h"
#include "inference/package/model_package.h"
#include "inference/package/precision.h"

namespace geneglass {

/// A package's encoder, loaded when it is first asked for and kept from then on: once for all slides. Any
/// thread; one at a time computes with it.
class LoadedEncoder final {
 public:
  explicit LoadedEncoder(std::shared_ptr<const ModelPackage> package);

  const ModelPackage& package() const { return *m_package; }

  /// The encoder, its borrower's alone.
  struct Lent {
    std::unique_lock<std::timed_mutex> lock;
    Encoder* encoder = nullptr;
  };
  /// Waits while another has it. Errors: those of loadEncoder(), and then the next one tries again; stopped
  /// while it waited.
  Result<Lent> lend(Precision precision, std::stop_token stop = {}) const;

 private:
  struct Place {
    std::timed_mutex mutex;
    std::optional<Encoder> encoder;
  };
  const std::shared_ptr<const ModelPackage> m_package;
  mutable std::array<Place, 2> m_places;  ///< of each precision
};

}  // namespace geneglass
