// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>

#include "inference/package/model_package.h"
#include "inference/package/precision.h"
#include "viewer/foundation/matrix.h"
#include "viewer/slide/image.h"

namespace geneglass {

/// Turns tiles into features: a TorchScript module, or a built-in architecture with the package's weights.
/// One thread at a time; it uses the processor's cores itself.
class Encoder final {
 public:
  Encoder(Encoder&&) noexcept;
  Encoder& operator=(Encoder&&) noexcept;
  ~Encoder();

  const EncoderFacts& facts() const;
  Precision precision() const;

  /// Processor threads that encode() computes with; 0 = all, which is also where it begins.
  void useThreads(int threads);

  /// n tiles of facts().tile x facts().tile pixels -> n x D. Transparent pixels count as white.
  /// The same tile has the same features whichever others it comes with and however many threads there are:
  /// bit for bit with a built-in architecture. `stop` is asked by each thread every other tile or, where a
  /// tile takes long, within it. Errors: a tile of another size, out of memory, a module that does not return
  /// [n, D], stopped.
  Result<Matrix> encode(std::span<const Image> tiles, std::stop_token stop = {});

  /// For a pump with threads of its own: makes ready for so many at a time, or for as many as are of use.
  /// Errors: out of memory.
  Result<size_t> prepareLanes(size_t threads);
  /// Tiles that one call of encodeOn() should get.
  size_t together() const;
  /// As encode(), on the calling thread, which holds OneOpenMpThread: n tiles -> n x D. One call at a time
  /// for each `lane` < prepareLanes().
  Result<void> encodeOn(size_t lane, std::span<const Image> tiles, std::span<float> features,
                        const std::stop_token& stop = {});

 private:
  friend Result<Encoder> loadEncoder(const ModelPackage&, Precision, const std::stop_token&);
  struct Network;
  explicit Encoder(std::unique_ptr<Network> network);
  tl::unexpected<Error> failed(const std::string& why) const;
  void compute(size_t lane, std::span<const Image> tiles, std::span<float> features,
               const std::stop_token& stop) const;
  Matrix encodeAll(std::span<const Image> tiles, const std::stop_token& stop) const;
  Result<Matrix> encodeInHalves(std::span<const Image> tiles, const std::stop_token& stop);
  std::unique_ptr<Network> m_network;
};

/// Errors name the package and the reason: an unreadable file, missing tensors, a width that differs from the
/// manifest's; other features than the package's self test stored (encoder_self_test.h); int8 where the
/// package was not calibrated, a precision that its architecture has not or the processor lacks the
/// instructions of; stopped, which is asked as encode()
/// does: the self test of a large encoder takes a minute.
Result<Encoder> loadEncoder(const ModelPackage& package, Precision precision = Precision::Float32,
                            const std::stop_token& stop = {});

}  // namespace geneglass
