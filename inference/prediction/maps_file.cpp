// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/maps_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "viewer/foundation/hdf5_access.h"
#include "viewer/foundation/hdf5_writing.h"

namespace geneglass {
namespace {

tl::unexpected<Error> unwritableMaps(const std::filesystem::path& file, const std::string& why) {
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), why));
}

std::filesystem::path partOf(const std::filesystem::path& file) {
  return file.string() + ".part";
}

/// G x N floats that have their place in the file from now on, bytes from its begin.
uint64_t addMaps(H5::H5File& file, const char* name, hsize_t genes, hsize_t tiles) {
  H5::DSetCreatPropList properties;
  properties.setLayout(H5D_CONTIGUOUS);
  properties.setAllocTime(H5D_ALLOC_TIME_EARLY);
  properties.setFillTime(H5D_FILL_TIME_NEVER);
  H5Pset_obj_track_times(properties.getId(), false);
  const hsize_t shape[2] = {genes, tiles};
  const H5::DataSet dataset =
      file.createDataSet(name, H5::PredType::NATIVE_FLOAT, H5::DataSpace(2, shape), properties);
  if (genes * tiles == 0) return 0;
  const haddr_t place = dataset.getOffset();
  if (place == HADDR_UNDEF) throw std::runtime_error("a dataset has no place");
  return place;
}

std::array<uint64_t, 3> makeMaps(const std::filesystem::path& part, const Prediction& known) {
  const Hdf5Access access;
  Hdf5Writing writing;
  std::array<uint64_t, 3> places = {};
  {
    H5::H5File file(part.string(), H5F_ACC_TRUNC, H5::FileCreatPropList::DEFAULT, writing.access());
    const hsize_t genes = known.genes.size(), tiles = known.grid.count();
    std::vector<std::string> symbols;
    for (const GenePrediction& gene : known.genes) symbols.push_back(gene.symbol);
    writeIntegers(file, "coords", {tiles, 2}, known.grid.corners());
    for (size_t map = 0; map < 3; ++map)
      places[map] = addMaps(file, std::array{"attention", "expression", "contribution"}[map], genes, tiles);
    if (known.diagnosis) writeFloats(file, "evidence", {tiles}, known.diagnosis->evidence);
    writeStrings(file, "genes", symbols);
    writeAttribute(file, "slide_hash", known.slideHash);
    writeAttribute(file, "model_hash", known.modelHash);
    writeAttribute(file, "mpp", known.mpp);
    writeAttribute(file, "tile", known.grid.tile);
  }
  if (writing.failure() != 0) throw std::runtime_error(std::strerror(writing.failure()));
  return places;
}

}  // namespace

MapsFile::~MapsFile() {
  if (m_descriptor < 0) return;
  ::close(m_descriptor);
  std::error_code error;
  std::filesystem::remove(partOf(m_file), error);
}

Result<void> MapsFile::begin(const Prediction& known) {
  const std::filesystem::path part = partOf(m_file);
  std::string reason;
  try {
    m_places = makeMaps(part, known);
    m_descriptor = ::open(part.c_str(), O_WRONLY | O_CLOEXEC);
    if (m_descriptor < 0) reason = std::strerror(errno);
  } catch (const H5::Exception& error) {
    reason = error.getDetailMsg();
  } catch (const std::exception& error) {
    reason = error.what();
  }
  if (reason.empty())
    if (const int code = posix_fallocate(m_descriptor, 0, lseek(m_descriptor, 0, SEEK_END)); code != 0)
      reason = std::strerror(code);
  if (reason.empty()) return {};
  std::error_code error;
  std::filesystem::remove(part, error);
  return unwritableMaps(m_file, reason);
}

Result<void> MapsFile::write(size_t place, size_t gene, const std::vector<float>& row) {
  const auto* from = reinterpret_cast<const char*>(row.data());
  size_t count = row.size() * sizeof(float);
  for (auto to = static_cast<off_t>(m_places[place] + gene * count); count > 0;) {
    const ssize_t written = pwrite(m_descriptor, from, count, to);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return unwritableMaps(m_file, std::strerror(written < 0 ? errno : ENOSPC));
    from += written;
    to += written;
    count -= static_cast<size_t>(written);
  }
  return {};
}

Result<void> MapsFile::add(size_t gene, const GeneMap& map) {
  std::vector<float> shares = map.attention;  // a_i = A_i / N
  for (float& share : shares) share /= static_cast<float>(shares.size());
  const std::array rows{&std::as_const(shares), &map.expression, &map.contribution};
  for (size_t place = 0; place < rows.size(); ++place)
    if (Result<void> written = write(place, gene, *rows[place]); !written) return written;
  return {};
}

Result<void> MapsFile::finish() {
  std::error_code error;
  if (::close(m_descriptor) != 0) error = {errno, std::generic_category()};
  m_descriptor = -1;
  if (!error) std::filesystem::rename(partOf(m_file), m_file, error);
  if (!error) return {};
  const std::string reason = error.message();
  std::filesystem::remove(partOf(m_file), error);
  return unwritableMaps(m_file, reason);
}

}  // namespace geneglass
