// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/loaded_encoder.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace geneglass {

LoadedEncoder::LoadedEncoder(std::shared_ptr<const ModelPackage> package) : m_package(std::move(package)) {}

Result<LoadedEncoder::Lent> LoadedEncoder::lend(Precision precision, std::stop_token stop) const {
  Place& place = m_places[static_cast<size_t>(precision)];
  std::unique_lock lock(place.mutex, std::defer_lock);
  while (!lock.try_lock_for(std::chrono::milliseconds(20)))
    if (stop.stop_requested())
      return fail(fmt::format("Waiting for the encoder of '{}' was cancelled.", m_package->folder.string()));
  if (!place.encoder) {
    Result<Encoder> loaded = loadEncoder(*m_package, precision);
    if (!loaded) return tl::unexpected(loaded.error());
    place.encoder.emplace(std::move(*loaded));
  }
  return Lent{std::move(lock), &*place.encoder};
}

}  // namespace geneglass
