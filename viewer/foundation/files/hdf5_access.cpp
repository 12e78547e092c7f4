// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/hdf5_access.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <system_error>

#include "viewer/foundation/exception_reason.h"
#include "viewer/foundation/file_probe.h"
#include "viewer/foundation/files/hdf5_writing.h"
#include "viewer/foundation/files/part_place.h"

namespace geneglass {
namespace {

std::mutex& hdf5Mutex() {
  static std::mutex mutex;
  return mutex;
}

/// Without the time of writing: the same content, the same bytes.
H5::DSetCreatPropList timeless() {
  H5::DSetCreatPropList properties;
  H5Pset_obj_track_times(properties.getId(), false);
  return properties;
}

template <typename T>
void writeNumbers(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                  std::span<const T> values, const H5::PredType& type) {
  const H5::DataSpace space(static_cast<int>(shape.size()), shape.data());
  const H5::DataSet dataset = at.createDataSet(name, type, space, timeless());
  if (!values.empty()) dataset.write(values.data(), type);
}

std::string reasonOf(const H5::Exception& error) {
  const std::string text = error.getDetailMsg();
  return text.empty() ? "it is damaged" : text;
}

}  // namespace

H5::FileAccPropList withoutLocking() {
  H5::FileAccPropList access;
  H5Pset_file_locking(access.getId(), false, true);
  return access;
}

H5::FileAccPropList withCheckSums(H5::FileAccPropList access) {
  access.setLibverBounds(H5F_LIBVER_V18, H5F_LIBVER_V18);
  return access;
}

/// Made when the first file is read; threads may read to the very end.
static FileProbe& hdf5Probe() {
  static auto* const probe = new FileProbe;
  return *probe;
}

/// Filters beyond HDF5's own would be code from a folder that the environment or a default names.
static void loadNoFilters() {
  static std::once_flag once;
  std::call_once(once, [] { H5PLset_loading_state(0); });
}

Hdf5Access::Hdf5Access() : m_lock(hdf5Mutex()) {
  H5::Exception::dontPrint();
  loadNoFilters();
}

Result<void> readHdf5(const std::filesystem::path& file, const std::function<Result<void>(H5::H5File&)>& read,
                      Hdf5Origin origin) {
  const auto unreadable = [&](const std::string& why) {
    return fail(fmt::format("Cannot read '{}': {}.", file.string(), why));
  };
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return unreadable("there is no such file");
  if (const std::string hollow = whyHollow(file); !hollow.empty()) return unreadable("it " + hollow);
  if (origin == Hdf5Origin::Foreign)
    if (const std::string befell = hdf5Probe().befell(FileProbe::Kind::Hdf5, file); !befell.empty())
      return unreadable(befell);
  const Hdf5Access access;
  std::unique_ptr<H5::H5File> opened;
  try {
    opened = std::make_unique<H5::H5File>(file.string(), H5F_ACC_RDONLY, H5::FileCreatPropList::DEFAULT,
                                          hdf5Reading());
  } catch (const H5::Exception&) {
    return unreadable("it is not an HDF5 file, or it is damaged");
  }
  try {
    return read(*opened);
  } catch (const H5::Exception& exception) {
    return unreadable(reasonOf(exception));
  } catch (const std::exception& exception) {
    return unreadable(reasonOf(exception));
  }
}

void makeHdf5(const std::filesystem::path& file, Hdf5Checks checks,
              const std::function<void(H5::H5File&)>& write) {
  Hdf5Writing writing;
  try {
    H5::H5File made(file.string(), H5F_ACC_TRUNC, H5::FileCreatPropList::DEFAULT,
                    checks == Hdf5Checks::Sums ? withCheckSums(writing.access()) : writing.access());
    write(made);
  } catch (const H5::Exception&) {
    if (writing.failure() == 0) throw;
  }
  if (writing.failure() != 0) throw DiskRefused(std::generic_category().message(writing.failure()));
}

/// Why `write` could not fill the new file `part`, or nothing.
static std::string fill(const std::filesystem::path& part, Hdf5Checks checks,
                        const std::function<void(H5::H5File&)>& write) {
  const Hdf5Access access;
  try {
    makeHdf5(part, checks, write);
    return {};
  } catch (const H5::Exception& exception) {
    return reasonOf(exception);
  } catch (const DiskRefused& refused) {
    return refused.what();
  }
}

static Result<void> writeWhole(const std::filesystem::path& file, Hdf5Checks checks,
                               const std::function<void(H5::H5File&)>& write) {
  PartPlace place(file);
  std::string reason;
  if (place.reason() == 0) reason = fill(place.path(), checks, write);
  if (reason.empty())
    if (const int code = place.becomeFile(); code != 0) reason = std::generic_category().message(code);
  if (reason.empty()) return {};
  return fail(fmt::format("Cannot write '{}': {}.", file.string(), reason));
}

Result<void> writeHdf5(const std::filesystem::path& file, const std::function<void(H5::H5File&)>& write) {
  return writeWhole(file, Hdf5Checks::None, write);
}

Result<void> writeCheckedHdf5(const std::filesystem::path& file,
                              const std::function<void(H5::H5File&)>& write) {
  return writeWhole(file, Hdf5Checks::Sums, write);
}

H5::DataSet addPlace(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                     const H5::PredType& type, Hdf5Fill fill) {
  H5::DSetCreatPropList properties = timeless();
  properties.setLayout(H5D_CONTIGUOUS);
  properties.setAllocTime(H5D_ALLOC_TIME_EARLY);
  properties.setFillTime(fill == Hdf5Fill::Zeros ? H5D_FILL_TIME_ALLOC : H5D_FILL_TIME_NEVER);
  const H5::DataSpace space(static_cast<int>(shape.size()), shape.data());
  return at.createDataSet(name, type, space, properties);
}

uint64_t placeOf(const H5::DataSet& dataset) {
  const haddr_t place = dataset.getOffset();
  if (place == HADDR_UNDEF) throw std::runtime_error("a dataset has no place");
  return place;
}

void writeFloats(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                 std::span<const float> values) {
  writeNumbers(at, name, shape, values, H5::PredType::NATIVE_FLOAT);
}

void writeIntegers(H5::Group& at, const std::string& name, const std::vector<hsize_t>& shape,
                   std::span<const int32_t> values) {
  writeNumbers(at, name, shape, values, H5::PredType::NATIVE_INT32);
}

void writeStrings(H5::Group& at, const std::string& name, const std::vector<std::string>& values) {
  const hsize_t count = values.size();
  H5::StrType type(H5::PredType::C_S1, H5T_VARIABLE);
  type.setCset(H5T_CSET_UTF8);
  std::vector<const char*> texts;
  for (const std::string& value : values) texts.push_back(value.c_str());
  const H5::DataSet dataset = at.createDataSet(name, type, H5::DataSpace(1, &count), timeless());
  if (count > 0) dataset.write(texts.data(), type);
}

void writeAttribute(H5::H5Object& at, const std::string& name, const std::string& value) {
  H5::StrType type(H5::PredType::C_S1, H5T_VARIABLE);
  type.setCset(H5T_CSET_UTF8);
  at.createAttribute(name, type, H5::DataSpace(H5S_SCALAR)).write(type, value);
}

void writeAttribute(H5::H5Object& at, const std::string& name, double value) {
  const H5::PredType& type = H5::PredType::NATIVE_DOUBLE;
  at.createAttribute(name, type, H5::DataSpace(H5S_SCALAR)).write(type, &value);
}

void writeAttribute(H5::H5Object& at, const std::string& name, int value) {
  const H5::PredType& type = H5::PredType::NATIVE_INT;
  at.createAttribute(name, type, H5::DataSpace(H5S_SCALAR)).write(type, &value);
}

void writeFixedText(H5::H5Object& at, const std::string& name, const std::string& value) {
  const H5::StrType type(H5::PredType::C_S1, value.size() + 1);
  at.createAttribute(name, type, H5::DataSpace(H5S_SCALAR)).write(type, value);
}

}  // namespace geneglass
