// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <condition_variable>
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
  struct Place;

 public:
  explicit LoadedEncoder(std::shared_ptr<const ModelPackage> package);

  const ModelPackage& package() const { return *m_package; }

  /// The encoder, its borrower's alone until this ends.
  class Lent final {
   public:
    Encoder& encoder() const { return *m_place->encoder; }

   private:
    friend class LoadedEncoder;
    struct Return {
      void operator()(Place* place) const;
    };
    explicit Lent(Place& place) : m_place(&place) {}
    std::unique_ptr<Place, Return> m_place;
  };
  /// Not so: lend() reads the weights first, which takes seconds for large ones.
  bool isLoaded(Precision precision) const;
  /// Waits while another has it. Errors: those of loadEncoder(), and then the next one tries again; stopped
  /// while it waited or loaded.
  Result<Lent> lend(Precision precision, std::stop_token stop = {}) const;

 private:
  struct Place {
    std::mutex mutex;
    std::condition_variable_any returned;
    bool isLent = false;             ///< under the mutex
    bool isLoaded = false;           ///< under the mutex; what `encoder` tells its borrower
    std::optional<Encoder> encoder;  ///< the borrower's
  };
  const std::shared_ptr<const ModelPackage> m_package;
  mutable std::array<Place, kPrecisions.size()> m_places;  ///< of each precision
};

}  // namespace geneglass
