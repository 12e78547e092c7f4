// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/encoder/loaded_encoder.h"

#include <fmt/format.h>

#include <utility>

namespace geneglass {

/// Told under the mutex: once the next borrower has it, the place may end.
void LoadedEncoder::Lent::Return::operator()(Place* place) const {
  const std::scoped_lock lock(place->mutex);
  place->isLent = false;
  place->returned.notify_one();
}

LoadedEncoder::LoadedEncoder(std::shared_ptr<const ModelPackage> package) : m_package(std::move(package)) {}

bool LoadedEncoder::isLoaded(Precision precision) const {
  Place& place = m_places[static_cast<size_t>(precision)];
  const std::scoped_lock lock(place.mutex);
  return place.isLoaded;
}

Result<LoadedEncoder::Lent> LoadedEncoder::lend(Precision precision, std::stop_token stop) const {
  Place& place = m_places[static_cast<size_t>(precision)];
  {
    std::unique_lock lock(place.mutex);
    if (!place.returned.wait(lock, stop, [&] { return !place.isLent; }))
      return fail(fmt::format("Waiting for the encoder of '{}' was cancelled.", m_package->folder.string()));
    place.isLent = true;
  }
  Lent lent(place);
  if (!place.encoder) {
    Result<Encoder> loaded = loadEncoder(*m_package, precision, stop);
    if (!loaded) return tl::unexpected(loaded.error());
    place.encoder.emplace(std::move(*loaded));
    const std::scoped_lock lock(place.mutex);
    place.isLoaded = true;
  }
  return lent;
}

}  // namespace geneglass
