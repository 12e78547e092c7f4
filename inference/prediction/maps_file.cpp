// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/maps_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/files/file_bytes.h"
#include "viewer/foundation/files/hdf5_access.h"

namespace geneglass {
namespace {

tl::unexpected<Error> unwritableMaps(const std::filesystem::path& file, const std::string& why) {
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), why));
}

void writeClasses(H5::Group& at, const SlideCall& call, hsize_t tiles) {
  H5::Group group = at.createGroup(call.facts.target);
  std::vector<std::string> names;
  for (const ClassFacts& each : call.facts.classes) names.push_back(each.name);
  writeStrings(group, "names", names);
  writeIntegers(group, "of_tile", {tiles},
                std::vector<int32_t>(call.classOfTile.begin(), call.classOfTile.end()));
}

std::array<uint64_t, 3> makeMaps(const std::filesystem::path& part, const Prediction& known) {
  const Hdf5Access access;
  std::array<uint64_t, 3> places = {};
  makeHdf5(part, Hdf5Checks::None, [&](H5::H5File& file) {
    const hsize_t genes = known.genes.size(), tiles = known.grid.count();
    std::vector<std::string> symbols;
    for (const GenePrediction& gene : known.genes) symbols.push_back(gene.symbol);
    writeIntegers(file, "coords", {tiles, 2}, known.grid.corners());
    for (size_t map = 0; map < 3; ++map) {
      const char* name = std::array{"attention", "expression", "contribution"}[map];
      const H5::DataSet dataset =
          addPlace(file, name, {genes, tiles}, H5::PredType::NATIVE_FLOAT, Hdf5Fill::Nothing);
      if (genes * tiles > 0) places[map] = placeOf(dataset);
    }
    if (const SlideCall* call = diagnosisOf(known)) writeFloats(file, "evidence", {tiles}, call->evidence);
    if (std::ranges::any_of(known.calls, &CallFacts::ofTiles, &SlideCall::facts)) {
      H5::Group classes = file.createGroup("classes");
      for (const SlideCall& call : known.calls)
        if (call.facts.ofTiles) writeClasses(classes, call, tiles);
    }
    if (known.domain) writeFloats(file, "domain_distance", {tiles}, known.domain->distance);
    writeStrings(file, "genes", symbols);
    writeAttribute(file, "slide_hash", known.slideHash);
    writeAttribute(file, "model_hash", known.modelHash);
    writeAttribute(file, "mpp", known.mpp);
    writeAttribute(file, "tile", known.grid.tile);
  });
  return places;
}

}  // namespace

Result<void> MapsFile::begin(const Prediction& known) {
  std::string reason;
  m_place.emplace(m_file);
  int code = m_place->reason();
  try {
    if (code == 0) m_places = makeMaps(m_place->path(), known);
  } catch (const H5::Exception& error) {
    reason = error.getDetailMsg();
  } catch (const std::exception& error) {
    reason = reasonOf(error);
  }
  const int descriptor = m_place->descriptor();
  if (code == 0 && reason.empty()) code = posix_fallocate(descriptor, 0, lseek(descriptor, 0, SEEK_END));
  if (code != 0) reason = std::strerror(code);
  if (reason.empty()) return {};
  m_place.reset();
  return unwritableMaps(m_file, reason);
}

Result<void> MapsFile::write(size_t place, size_t gene, const std::vector<float>& row) {
  const size_t bytes = row.size() * sizeof(float);
  const int error = writeBytesAt(m_place->descriptor(), row.data(), bytes, m_places[place] + gene * bytes);
  return error == 0 ? Result<void>() : unwritableMaps(m_file, std::strerror(error));
}

Result<void> MapsFile::add(size_t gene, const GeneMap& map) {
  std::vector<float> shares = map.attention;  // a_i = A_i / N
  if (shares.empty()) shares.assign(map.expression.size(), 1);
  for (float& share : shares) share /= static_cast<float>(shares.size());
  const std::array rows{&std::as_const(shares), &map.expression, &map.contribution};
  for (size_t place = 0; place < rows.size(); ++place)
    if (Result<void> written = write(place, gene, *rows[place]); !written) return written;
  return {};
}

Result<void> MapsFile::finish() {
  const int error = m_place->becomeFile();
  return error == 0 ? Result<void>() : unwritableMaps(m_file, std::strerror(error));
}

}  // namespace geneglass
