// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For .cpp files of inference and its tests only: HDF5 stays inside the layer.
#include <H5Cpp.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "viewer/foundation/files/hdf5_reading.h"
#include "viewer/foundation/result.h"

namespace geneglass {

/// Held while HDF5 is used: the library as Debian builds it bears one thread at a time. Keeps HDF5 from
/// printing.
class Hdf5Access final {
 public:
  Hdf5Access();

 private:
  std::scoped_lock<std::mutex> m_lock;
};

/// How files are opened here: without HDF5's own lock, which would take a growing bag's for another
/// process's; what is complete was renamed to its place.
H5::FileAccPropList withoutLocking();

/// As withoutLocking(), for files that must not be believed once a byte of them has changed: HDF5 puts check
/// sums on all but the numbers themselves. Without them, reading such a file can end the program.
H5::FileAccPropList withCheckSums(H5::FileAccPropList access);

enum class Hdf5Origin {
  Foreign,  ///< whoever made it: another process goes over it first (hdf5_tour.h), since HDF5 may end that
  Cache,    ///< made here, with check sums
};
/// Opens `file` under an Hdf5Access and calls `read`; what HDF5 throws becomes "Cannot read 'FILE': ...".
Result<void> readHdf5(const std::filesystem::path& file, const std::function<Result<void>(H5::H5File&)>& read,
                      Hdf5Origin origin = Hdf5Origin::Foreign);

/// Calls `write` on a new file at a PartPlace and renames it to `file` when all went well: written whole or
/// not at all. Errors name the file and the system's reason; what `write` throws, but for HDF5's exceptions,
/// is thrown here.
Result<void> writeHdf5(const std::filesystem::path& file, const std::function<void(H5::H5File&)>& write);
/// The same, made withCheckSums().
Result<void> writeCheckedHdf5(const std::filesystem::path& file,
                              const std::function<void(H5::H5File&)>& write);

enum class Hdf5Checks { None, Sums };

/// The disk refused a part of a file; what() is the system's reason.
struct DiskRefused final : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Makes a new file and calls `write`, under an Hdf5Access of the caller's. Throws what `write` throws, and
/// DiskRefused, whatever HDF5 said of that.
void makeHdf5(const std::filesystem::path& file, Hdf5Checks checks,
              const std::function<void(H5::H5File&)>& write);

enum class Hdf5Fill { Nothing, Zeros };
/// A dataset that has its place in the file from now on, to be written there without HDF5.
H5::DataSet addPlace(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                     const H5::PredType& type, Hdf5Fill fill);
/// Where its numbers begin, bytes from the file's begin. Throws std::runtime_error where it has no place.
uint64_t placeOf(const H5::DataSet& dataset);

void writeFloats(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                 std::span<const float> values);
void writeIntegers(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                   std::span<const int32_t> values);
void writeStrings(H5::Group& at, const std::string& name, const std::vector<std::string>& values);
void writeAttribute(H5::H5Object& at, const std::string& name, const std::string& value);
void writeAttribute(H5::H5Object& at, const std::string& name, double value);
void writeAttribute(H5::H5Object& at, const std::string& name, int value);
/// Of a fixed length, which lies under the check sums of withCheckSums().
void writeFixedText(H5::H5Object& at, const std::string& name, const std::string& value);

}  // namespace geneglass
