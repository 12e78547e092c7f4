// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewer/foundation/files/hdf5_writing.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "viewer/foundation/files/file_bytes.h"

namespace geneglass {
namespace {

/// An open file, as HDF5's drivers see one: H5FD_t is its first member.
struct Opened {
  H5FD_t base{};
  int descriptor = -1;
  haddr_t allocated = 0;  ///< bytes that HDF5 has given away
  haddr_t end = 0;        ///< of what was written, or would have been
  int* failure = nullptr;
};

Opened* of(H5FD_t* file) {
  return reinterpret_cast<Opened*>(file);
}
const Opened* of(const H5FD_t* file) {
  return reinterpret_cast<const Opened*>(file);
}

void note(const Opened& file) {
  if (*file.failure == 0) *file.failure = errno;
}

H5FD_t* openFile(const char* name, unsigned flags, hid_t access, haddr_t) {
  auto file = std::make_unique<Opened>();
  file->failure = *static_cast<int* const*>(H5Pget_driver_info(access));
  const int create = (flags & H5F_ACC_CREAT ? O_CREAT : 0) | (flags & H5F_ACC_TRUNC ? O_TRUNC : 0) |
                     (flags & H5F_ACC_EXCL ? O_EXCL : 0);
  file->descriptor = ::open(name, O_RDWR | O_CLOEXEC | create, 0666);
  if (file->descriptor < 0) {
    note(*file);
    return nullptr;
  }
  file->end = static_cast<haddr_t>(std::max<off_t>(0, lseek(file->descriptor, 0, SEEK_END)));
  return &file.release()->base;
}

herr_t closeFile(H5FD_t* file) {
  const std::unique_ptr<Opened> opened(of(file));
  if (::close(opened->descriptor) != 0) note(*opened);
  return 0;
}

/// What HDF5's own driver for files answers, so that the bytes are laid out in the same way.
herr_t query(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
           H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

haddr_t allocated(const H5FD_t* file, H5FD_mem_t) {
  return of(file)->allocated;
}

herr_t setAllocated(H5FD_t* file, H5FD_mem_t, haddr_t bytes) {
  of(file)->allocated = bytes;
  return 0;
}

haddr_t endOf(const H5FD_t* file, H5FD_mem_t) {
  return of(file)->end;
}

/// What is not there reads as zeros.
herr_t readBytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t place, size_t count, void* bytes) {
  const ReadBytes read = readBytesAt(of(file)->descriptor, bytes, count, place);
  if (read.error != 0) return -1;
  std::memset(static_cast<char*>(bytes) + read.count, 0, count - read.count);
  return 0;
}

herr_t writeBytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t place, size_t count, const void* bytes) {
  Opened& opened = *of(file);
  opened.end = std::max(opened.end, place + count);
  if (*opened.failure == 0) *opened.failure = writeBytesAt(opened.descriptor, bytes, count, place);
  return 0;
}

herr_t truncateToAllocated(H5FD_t* file, hid_t, hbool_t) {
  Opened& opened = *of(file);
  if (opened.allocated == opened.end) return 0;
  if (*opened.failure == 0 && ftruncate(opened.descriptor, static_cast<off_t>(opened.allocated)) != 0)
    note(opened);
  opened.end = opened.allocated;
  return 0;
}

/// HDF5 1.14 asks which drivers they are; numbers from 256 to 511 are free for use.
void numberDriver([[maybe_unused]] H5FD_class_t& facts, [[maybe_unused]] int driver) {
#ifdef H5FD_CLASS_VERSION
  facts.version = H5FD_CLASS_VERSION;
  facts.value = 256 + driver;
#endif
}

H5FD_class_t driverFacts() {
  H5FD_class_t facts{};
  numberDriver(facts, 0);
  facts.name = "geneglass";
  facts.maxaddr = (haddr_t(1) << 62);
  facts.fc_degree = H5F_CLOSE_WEAK;
  facts.fapl_size = sizeof(int*);
  facts.open = openFile;
  facts.close = closeFile;
  facts.query = query;
  facts.get_eoa = allocated;
  facts.set_eoa = setAllocated;
  facts.get_eof = endOf;
  facts.read = readBytes;
  facts.write = writeBytes;
  facts.truncate = truncateToAllocated;
  constexpr H5FD_mem_t kPlaces[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(kPlaces), std::end(kPlaces), facts.fl_map);
  return facts;
}

int unheeded = 0;  ///< what reading fails of, HDF5 is told

H5FD_t* openToRead(const char* name, unsigned, hid_t, haddr_t) {
  auto file = std::make_unique<Opened>();
  file->failure = &unheeded;
  file->descriptor = ::open(name, O_RDONLY | O_CLOEXEC);
  if (file->descriptor < 0) return nullptr;
  file->end = static_cast<haddr_t>(std::max<off_t>(0, lseek(file->descriptor, 0, SEEK_END)));
  return &file.release()->base;
}

herr_t queryToRead(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_DATA_SIEVE | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

herr_t refuseToWrite(H5FD_t*, H5FD_mem_t, hid_t, haddr_t, size_t, const void*) {
  return -1;
}

hid_t readingDriver() {
  static const H5FD_class_t facts = [] {
    H5FD_class_t reading = driverFacts();
    numberDriver(reading, 1);
    reading.name = "geneglass-reading";
    reading.fapl_size = 0;
    reading.open = openToRead;
    reading.query = queryToRead;
    reading.write = refuseToWrite;
    reading.truncate = nullptr;
    return reading;
  }();
  static const hid_t registered = H5FDregister(&facts);
  return registered;
}

/// Registered at the first use; HDF5 keeps a copy of the facts.
hid_t driver() {
  static const H5FD_class_t facts = driverFacts();
  static const hid_t registered = H5FDregister(&facts);
  return registered;
}

}  // namespace

H5::FileAccPropList hdf5Reading() {
  H5::FileAccPropList access;
  access.setDriver(readingDriver(), nullptr);
  return access;
}

H5::FileAccPropList Hdf5Writing::access() {
  H5::FileAccPropList access;
  int* const failure = &m_failure;
  access.setDriver(driver(), &failure);
  return access;
}

}  // namespace geneglass
